import { type Check, judged } from './check.ts';

/** A number that is not part of a word: `1,234.5`, `-3e8`. */
const NUMBER =
  /(?<![\p{L}\p{N}_]|\d\.)[-+−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?/gu;

export const numeric: Check = {
  kind: 'numeric',
  namespace: 'promptsmith',
  summary:
    'The answer contains exactly one number, and it equals the value within a tolerance. Several different numbers fail; select one with `transform: regex:…`.',
  parameters: [
    {
      name: 'value',
      type: 'number',
      required: true,
      fallsBackToExpected: true,
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
  run: ({ text, args }) => {
    const value = args.number('value') ?? Number.NaN;
    const tolerance = args.number('tolerance') ?? 0;
    const relative = args.number('relative') ?? 0;
    if (tolerance < 0 || relative < 0)
      return { kind: 'error', message: '`tolerance` and `relative` must not be negative' };
    const numbers = numbersIn(text);
    const [number] = numbers;
    if (number === undefined) return judged(false, 'the answer contains no number', String(value));
    if (numbers.length > 1) {
      const shown = numbers.slice(0, 3).join(', ');
      return judged(
        false,
        `the answer contains several numbers (${shown}${numbers.length > 3 ? ' …' : ''})`,
        String(value),
      );
    }
    const margin = Math.max(tolerance, relative * Math.abs(value));
    // In binary fractions 0.4 − 0.3 is slightly more than 0.1.
    const slack = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(number));
    const off = Math.abs(number - value);
    const detail = `${number} is ${off === 0 ? 'the expected number' : `off by ${trim(off)} from ${value}`}`;
    return judged(
      off <= margin + slack,
      detail,
      margin === 0 ? String(value) : `${value} ± ${trim(margin)}`,
    );
  },
};

/** Finds the distinct numbers of a text, at most four. */
function numbersIn(text: string): number[] {
  const found = new Set<number>();
  for (const [match] of text.matchAll(NUMBER)) {
    found.add(Number(match.replaceAll(',', '').replace('−', '-')));
    if (found.size > 3) break;
  }
  return [...found];
}

function trim(number: number): string {
  return String(Number(number.toPrecision(6)));
}
