import type { Check } from './check.ts';
import { findTexts } from './find-texts.ts';

export const contains: Check = {
  kind: 'contains',
  namespace: 'promptsmith',
  summary: 'The answer contains the text; upper and lower case differ.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      fallsBackToExpected: true,
      notEmpty: true,
      description: 'The text to look for.',
    },
  ],
  example: `uses: promptsmith/contains
with: refund policy`,
  run: ({ text, args }) => findTexts(text, [args.text('value')], 'all', false),
};
