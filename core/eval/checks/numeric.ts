import {
  areEqualDecimals,
  computeDifference,
  type Decimal,
  formatDecimal,
  isAtMost,
  multiplyDecimals,
  parseDecimal,
} from '../../decimal.ts';
import type { Arguments } from './arguments.ts';
import { type Check, type CheckVerdict, judged } from './check.ts';
import { readNumber, readNumbers } from './read-numbers.ts';

export const numeric: Check = {
  kind: 'numeric',
  namespace: 'promptsmith',
  summary:
    'The answer contains exactly one number, and it equals the value within a tolerance. Digits may be grouped (`1,234`, `1 234 567`, `1_000`, `12,34,567`, `1.234,50`) and are compared exactly, whatever their number. Several different numbers fail; select one with `transform: regex:…`.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      fallsBackToExpected: true,
      notEmpty: true,
      description: 'The expected number.',
    },
    {
      name: 'tolerance',
      type: 'number',
      required: false,
      default: 0,
      description: 'The maximum absolute difference.',
    },
    {
      name: 'relative',
      type: 'number',
      required: false,
      default: 0,
      description: 'The maximum difference as a share of the value; 0.01 is 1 %.',
    },
  ],
  example: `uses: promptsmith/numeric
with: { value: 42, tolerance: 0.5 }`,
  validate: (args) => {
    const value = args.has('value') ? readValue(args) : null;
    return value && 'error' in value ? value.error : null;
  },
  run: ({ text, args }) => {
    const value = readValue(args);
    if ('error' in value) return { kind: 'error', message: value.error };
    const margin = readMargin(value.number, args);
    if ('error' in margin) return { kind: 'error', message: margin.error };
    const expected = { ...value, margin: margin.number };
    const { asList, asDecimal, ambiguous } = readNumbers(text);
    const verdict = judgeNumbers(asList, expected);
    if (ambiguous === null) return verdict;
    const other = judgeNumbers(asDecimal, expected);
    // Where both readings say the same, it does not matter which one is meant.
    if (isPassed(verdict) === isPassed(other)) return verdict;
    return {
      kind: 'error',
      message: `"${ambiguous}" in the answer is ambiguous: one number with a decimal comma passes or fails otherwise than two numbers. Ask for a decimal point`,
    };
  },
};

interface ExpectedNumber {
  readonly number: Decimal;
  /** As it is written. */
  readonly shown: string;
  readonly margin: Decimal;
}

/** Reads `value`; also a number such as 0x1F, which YAML knows. */
function readValue(args: Arguments): Omit<ExpectedNumber, 'margin'> | { readonly error: string } {
  const shown = args.text('value').trim();
  const read = readNumber(shown);
  if ('value' in read) return { number: read.value, shown };
  const plain = Number(shown);
  const number = Number.isFinite(plain) && shown !== '' ? parseDecimal(String(plain)) : null;
  return number ? { number, shown } : { error: `\`value\` ${read.error}` };
}

function readMargin(
  value: Decimal,
  args: Arguments,
): { readonly number: Decimal } | { readonly error: string } {
  const [tolerance, relative] = ['tolerance', 'relative'].map((name) =>
    parseDecimal(String(args.number(name) ?? 0)),
  );
  if (!tolerance || !relative || tolerance.isNegative || relative.isNegative)
    return { error: '`tolerance` and `relative` must not be negative' };
  const share = multiplyDecimals(relative, { ...value, isNegative: false });
  if (!share) return { error: '`value` is too long for `relative`' };
  return { number: isAtMost(tolerance, share) ? share : tolerance };
}

function judgeNumbers(numbers: readonly Decimal[], expected: ExpectedNumber): CheckVerdict {
  const { number: value, shown, margin } = expected;
  const [number] = numbers;
  if (number === undefined) return judged(false, 'the answer contains no number', shown);
  if (numbers.length > 1) {
    const some = numbers.slice(0, 3).map(formatDecimal).join(', ');
    const more = numbers.length > 3 ? ' …' : '';
    return judged(false, `the answer contains several numbers (${some}${more})`, shown);
  }
  const written = formatDecimal(number);
  if (areEqualDecimals(number, value)) return judged(true, `${written} is the expected number`);
  const off = computeDifference(number, value);
  const detail = off
    ? `${written} is off by ${shorten(off)} from ${shown}`
    : `${written} is not ${shown}`;
  const range = margin.digits === '0' ? shown : `${shown} ± ${shorten(margin)}`;
  return judged(off !== null && isAtMost(off, margin), detail, range);
}

function isPassed(verdict: CheckVerdict): boolean {
  return verdict.kind === 'judged' && verdict.passed;
}

/** Six significant digits of a fraction; a whole number has all of its digits. */
function shorten(number: Decimal): string {
  return number.exponent >= 0
    ? formatDecimal(number)
    : String(Number(Number(formatDecimal(number)).toPrecision(6)));
}
