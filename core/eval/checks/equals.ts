import { jsonEquals } from '../../json.ts';
import { type Check, formatJson, judged, quote } from './check.ts';
import { describeUnseenDifference } from './unseen-difference.ts';

export const equals: Check = {
  kind: 'equals',
  namespace: 'promptsmith',
  summary:
    'The answer is exactly the value. Nothing is trimmed. With a list or map, the answer is parsed as JSON and compared deeply.',
  parameters: [
    {
      name: 'value',
      type: 'json',
      required: true,
      fallsBackToExpected: true,
      description: 'The expected text, or the expected JSON value as a list or map.',
    },
  ],
  example: `uses: promptsmith/equals
with: { value: { sentiment: positive } }`,
  readsWhole: () => true,
  expects: (fault) => fault === 'empty',
  run: ({ text, args }) => {
    const value = args.json('value') ?? null;
    if (typeof value === 'string') {
      if (text === value) return judged(true, 'the answer is the expected text');
      const unseen = describeUnseenDifference(text, value, (a, b) => a === b);
      return judged(false, `the answer is not ${quote(value)}${unseen}`, value);
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      return judged(
        false,
        `the answer is not JSON: ${(error as Error).message}`,
        formatJson(value),
      );
    }
    return jsonEquals(parsed, value)
      ? judged(true, 'the answer is the expected value')
      : judged(false, 'the answer is not the expected value', formatJson(value));
  },
};
