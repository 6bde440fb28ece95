import type { Check } from './check.ts';
import { findTexts } from './find-texts.ts';

export const icontains: Check = {
  kind: 'icontains',
  namespace: 'promptsmith',
  summary: 'The answer contains the text; upper and lower case are alike.',
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
  example: `uses: promptsmith/icontains
with: refund policy`,
  run: ({ text, args }) => findTexts(text, [args.text('value')], 'all', true),
};
