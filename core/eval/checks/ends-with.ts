import { type Check, judged, quote } from './check.ts';

export const endsWith: Check = {
  kind: 'ends-with',
  namespace: 'promptsmith',
  summary: 'The answer ends with the text; upper and lower case differ, nothing is trimmed.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      fallsBackToExpected: true,
      notEmpty: true,
      description: 'The text.',
    },
  ],
  example: `uses: promptsmith/ends-with
with: "Kind regards"`,
  run: ({ text, args }) => {
    const value = args.text('value');
    return text.endsWith(value)
      ? judged(true, `the answer ends with ${quote(value)}`)
      : judged(false, `the answer does not end with ${quote(value)}`, value);
  },
};
