import type { Check } from './check.ts';
import { findTexts } from './find-texts.ts';

export const containsAll: Check = {
  kind: 'contains-all',
  namespace: 'promptsmith',
  summary: 'The answer contains every one of the texts; upper and lower case differ.',
  parameters: [
    {
      name: 'values',
      alias: 'value',
      type: 'texts',
      required: true,
      fallsBackToExpected: true,
      notEmpty: true,
      description: 'The texts to look for; one text is a list of one.',
    },
  ],
  example: `uses: promptsmith/contains-all
with: [refund, 14 days]`,
  run: ({ text, args }) => findTexts(text, args.texts('values'), 'all', false),
};
