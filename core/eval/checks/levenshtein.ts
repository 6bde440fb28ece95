import { levenshteinDistance } from '../../edit-distance.ts';
import { countCodePoints } from '../../text.ts';
import { type Check, judged } from './check.ts';

/** Cells of the distance table for one answer: about 10 ms. */
const MAX_CELLS = 2_000_000;
/** Cells for a threshold that the user sets: about 200 ms. */
const MAX_CELLS_OF_THRESHOLD = 40_000_000;

export const levenshtein: Check = {
  kind: 'levenshtein',
  namespace: 'promptsmith',
  summary:
    'The edit distance between the answer and the value is at most `threshold` characters. The score is 1 − distance / length of the longer text.',
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
      description: 'The maximum distance.',
    },
  ],
  example: `uses: promptsmith/levenshtein
with: { value: Kuala Lumpur, threshold: 2 }`,
  thresholdParameter: 'threshold',
  run: ({ text, args }) => {
    const value = args.text('value');
    const threshold = args.number('threshold') ?? 5;
    if (threshold < 0) return { kind: 'error', message: '`threshold` must not be negative' };
    const reach = MAX_CELLS_OF_THRESHOLD / (1 + Math.max(text.length, value.length));
    if (threshold > reach) {
      return {
        kind: 'error',
        message: `\`threshold\` is limited to ${Math.floor(reach)} for texts of this length`,
      };
    }
    const longer = Math.max(countCodePoints(text), countCodePoints(value));
    const limit = Math.max(Math.floor(threshold), Math.floor(MAX_CELLS / (longer + 1)));
    const distance = levenshteinDistance(text, value, limit);
    if (distance === null) {
      return judged(false, `more than ${limit} edits; the score is 0`, value);
    }
    const passed = distance <= threshold;
    const detail = `${distance} ${distance === 1 ? 'edit' : 'edits'}, at most ${threshold} allowed`;
    const score = longer === 0 ? 1 : 1 - distance / longer;
    return { kind: 'judged', score, passed, detail, ...(passed ? {} : { expected: value }) };
  },
};
