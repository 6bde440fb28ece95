import { type Check, judged } from './check.ts';

/** A number that is no part of a word: `1,234.5`, `-3e8`. */
const NUMBER =
  /(?<![\p{L}\p{N}_]|\d\.)[-+−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?/gu;

export const numeric: Check = {
  kind: 'numeric',
  namespace: 'promptsmith',
  summary:
    'The one number in the answer equals the value, within a tolerance. Several numbers fail: pick one with `transform: regex:…`.',
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
      description: 'How far off it may be.',
    },
    {
      name: 'relative',
      type: 'number',
      required: false,
      default: 0,
      description: 'How far off it may be, as a share of the value: 0.01 is one percent.',
    },
  ],
  example: `uses: promptsmith/numeric
with: { value: 42, tolerance: 0.5 }`,
  run: ({ text, args }) => {
    const value = args.number('value') ?? Number.NaN;
    const tolerance = args.number('tolerance') ?? 0;
    const relative = args.number('relative') ?? 0;
    if (tolerance < 0 || relative < 0)
      return { kind: 'error', message: 'a tolerance is not below 0' };
    const numbers = numbersIn(text);
    const [number] = numbers;
    if (number === undefined) return judged(false, 'the answer holds no number', String(value));
    if (numbers.length > 1) {
      const shown = numbers.slice(0, 3).join(', ');
      return judged(
        false,
        `the answer holds several numbers (${shown}${numbers.length > 3 ? ' …' : ''})`,
        String(value),
      );
    }
    const margin = Math.max(tolerance, relative * Math.abs(value));
    // 0.4 is within 0.1 of 0.3, whatever binary fractions make of it.
    const slack = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(number));
    const off = Math.abs(number - value);
    const detail = `${number} is ${off === 0 ? 'the expected number' : `${trim(off)} off ${value}`}`;
    return judged(
      off <= margin + slack,
      detail,
      margin === 0 ? String(value) : `${value} ± ${trim(margin)}`,
    );
  },
};

/** The distinct numbers of a text, at most four. */
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
