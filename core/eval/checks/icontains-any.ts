import type { Check } from './check.ts';
import { findTexts } from './find-texts.ts';

export const icontainsAny: Check = {
  kind: 'icontains-any',
  namespace: 'promptsmith',
  summary: 'The answer contains at least one of the texts; upper and lower case are alike.',
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
  example: `uses: promptsmith/icontains-any
with: [refund, credit note]`,
  run: ({ text, args }) => findTexts(text, args.texts('values'), 'any', true),
};
