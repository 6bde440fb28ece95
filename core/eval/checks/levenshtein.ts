import { levenshteinDistance } from '../../edit-distance.ts';
import { countCodePoints } from '../../text.ts';
import { type Check, judged } from './check.ts';

/** Cells of the distance table that one answer may cost: some 10 ms. */
const MAX_CELLS = 2_000_000;
/** Cells that a threshold of the user's own may cost: some 200 ms. */
const MAX_CELLS_OF_THRESHOLD = 40_000_000;

export const levenshtein: Check = {
  kind: 'levenshtein',
  namespace: 'promptsmith',
  summary:
    'At most so many characters must be added, removed or replaced to turn the answer into the value. The score is 1 − distance / length of the longer text.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      fallsBackToExpected: true,
      description: 'The text to compare with.',
    },
    {
      name: 'threshold',
      type: 'number',
      required: false,
      default: 5,
      description: 'The largest distance that passes.',
    },
  ],
  example: `uses: promptsmith/levenshtein
with: { value: Kuala Lumpur, threshold: 2 }`,
  thresholdParameter: 'threshold',
  run: ({ text, args }) => {
    const value = args.text('value');
    const threshold = args.number('threshold') ?? 5;
    if (threshold < 0) return { kind: 'error', message: '`threshold` is not below 0' };
    const reach = MAX_CELLS_OF_THRESHOLD / (1 + Math.max(text.length, value.length));
    if (threshold > reach) {
      return {
        kind: 'error',
        message: `texts this long are compared up to ${Math.floor(reach)} edits`,
      };
    }
    const longer = Math.max(countCodePoints(text), countCodePoints(value));
    const limit = Math.max(Math.floor(threshold), Math.floor(MAX_CELLS / (longer + 1)));
    const distance = levenshteinDistance(text, value, limit);
    if (distance === null) {
      return judged(false, `over ${limit} edits away; the score counts as 0`, value);
    }
    const passed = distance <= threshold;
    const detail = `${distance} ${distance === 1 ? 'edit' : 'edits'} away, at most ${threshold} allowed`;
    const score = longer === 0 ? 1 : 1 - distance / longer;
    return { kind: 'judged', score, passed, detail, ...(passed ? {} : { expected: value }) };
  },
};
