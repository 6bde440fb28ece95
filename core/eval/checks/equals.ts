import { jsonEquals } from '../../json.ts';
import { type Check, formatJson, judged, quote } from './check.ts';

export const equals: Check = {
  kind: 'equals',
  namespace: 'promptsmith',
  summary:
    'The answer is exactly the text, nothing trimmed; with a list or map as value the answer is parsed as JSON and compared deeply.',
  parameters: [
    {
      name: 'value',
      type: 'json',
      required: true,
      fallsBackToExpected: true,
      description: 'The text, or the list or map that the answer must be as JSON.',
    },
  ],
  example: `uses: promptsmith/equals
with: { value: { sentiment: positive } }`,
  run: ({ text, args }) => {
    const value = args.json('value') ?? null;
    if (typeof value === 'string') {
      return text === value
        ? judged(true, 'the answer is the expected text')
        : judged(false, `the answer is not ${quote(value)}`, value);
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      return judged(false, `the answer is no JSON: ${(error as Error).message}`, formatJson(value));
    }
    return jsonEquals(parsed, value)
      ? judged(true, 'the answer is the expected value')
      : judged(false, 'the answer is another value than expected', formatJson(value));
  },
};
