import type { Check } from './check.ts';
import { formatScore, scoredVerdict } from './scored-verdict.ts';
import { countNgrams, splitWords } from './words.ts';

const DEFAULT_THRESHOLD = 0.5;
const MAX_NGRAM = 4;

/**
 * BLEU (Papineni et al. 2002) for one answer: clipped precision of n-grams of 1 to 4 words, with a brevity
 * penalty for the closest reference. For n-grams of two words or more, one is added to hits and total (Lin
 * and Och 2004), because a single answer rarely shares four consecutive words.
 */
export const bleu: Check = {
  kind: 'bleu',
  namespace: 'promptsmith',
  summary: `The answer shares n-grams of one to four words with the references and is not shorter than the closest one: BLEU, smoothed after Lin and Och. Passes with a score of at least ${DEFAULT_THRESHOLD}, or of \`threshold\`.`,
  parameters: [
    {
      name: 'value',
      alias: 'values',
      type: 'texts',
      required: true,
      fallsBackToExpected: true,
      notEmpty: true,
      description: 'The reference text, or a list of them.',
    },
  ],
  example: `uses: promptsmith/bleu
with: [The parcel arrives on Monday, It will arrive on Monday]
threshold: 0.4`,
  run: ({ text, args, evaluator }) => {
    const references = args.texts('value');
    const words = references.map(splitWords);
    if (words.some((reference) => reference.length === 0))
      return { kind: 'error', message: 'a reference contains no words' };
    const score = computeBleu(splitWords(text), words);
    const said = `BLEU is ${formatScore(score)}`;
    return scoredVerdict(score, evaluator, DEFAULT_THRESHOLD, said, references.join('\n'));
  },
};

function computeBleu(
  candidate: readonly string[],
  references: readonly (readonly string[])[],
): number {
  if (candidate.length === 0) return 0;
  let logs = 0;
  for (let n = 1; n <= MAX_NGRAM; n++) {
    const most = new Map<string, number>();
    for (const reference of references) {
      for (const [gram, count] of countNgrams(reference, n))
        most.set(gram, Math.max(count, most.get(gram) ?? 0));
    }
    let hits = 0;
    for (const [gram, count] of countNgrams(candidate, n))
      hits += Math.min(count, most.get(gram) ?? 0);
    const runs = Math.max(0, candidate.length - n + 1);
    const smooth = n > 1 ? 1 : 0;
    if (hits + smooth === 0) return 0;
    logs += Math.log((hits + smooth) / (runs + smooth)) / MAX_NGRAM;
  }
  const { length } = candidate;
  const closest = references
    .map((reference) => reference.length)
    .reduce((best, next) => {
      const [a, b] = [Math.abs(best - length), Math.abs(next - length)];
      return b < a || (b === a && next < best) ? next : best;
    });
  const brevity = length >= closest ? 1 : Math.exp(1 - closest / length);
  return Math.min(1, brevity * Math.exp(logs));
}
