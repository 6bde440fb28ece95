import { type Check, judged, quote } from './check.ts';

export const startsWith: Check = {
  kind: 'starts-with',
  namespace: 'promptsmith',
  summary: 'The answer starts with the text; upper and lower case differ, nothing is trimmed.',
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
  example: `uses: promptsmith/starts-with
with: "Dear customer"`,
  run: ({ text, args }) => {
    const value = args.text('value');
    return text.startsWith(value)
      ? judged(true, `the answer starts with ${quote(value)}`)
      : judged(false, `the answer does not start with ${quote(value)}`, value);
  },
};
