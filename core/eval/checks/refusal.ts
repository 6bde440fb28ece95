import { type Check, judged, quote } from './check.ts';
import { REFUSALS } from './refusal-phrases.ts';

/** A refusal comes first; later sentences quote, explain or qualify. */
const MAX_BEGINNING = 600;

const OPENING_TAG = /^\s*<\w+>/;

export const refusal: Check = {
  kind: 'refusal',
  namespace: 'promptsmith',
  summary:
    'The answer refuses the request: the provider’s filter stopped it, or it starts with a common refusal in English, German, French, Spanish, Italian, Portuguese, Dutch, Chinese or Japanese. Mostly used as `not-refusal`.',
  parameters: [],
  example: 'uses: promptsmith/refusal',
  expects: (fault) => fault === 'refused' || fault === 'empty',
  run: ({ text, answer }) => {
    if (answer.finishReason === 'content-filter')
      return judged(true, 'the provider’s filter stopped the answer');
    const thoughts = answer.raw?.replace(OPENING_TAG, '') ?? '';
    for (const beginning of [text, thoughts].map(readBeginning)) {
      const match = REFUSALS.map((phrase) => phrase.exec(beginning)).find((found) => found);
      if (match) return judged(true, `the answer refuses: ${quote(match[0])}`);
    }
    return judged(false, 'the answer does not refuse', 'a refusal');
  },
};

function readBeginning(text: string): string {
  return text.trimStart().slice(0, MAX_BEGINNING).toLowerCase().replace(/[’‘ʼ]/g, "'");
}
