import type { Check } from './check.ts';
import { findTexts } from './find-texts.ts';

export const containsAny: Check = {
  kind: 'contains-any',
  namespace: 'promptsmith',
  summary: 'The answer contains at least one of the texts; upper and lower case differ.',
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
  example: `uses: promptsmith/contains-any
with: [refund, credit note]`,
  run: ({ text, args }) => findTexts(text, args.texts('values'), 'any', false),
};
