import type { Check } from './check.ts';
import { formatScore, scoredVerdict } from './scored-verdict.ts';
import { countNgrams, splitWords } from './words.ts';

const DEFAULT_THRESHOLD = 0.75;

/** ROUGE-N (Lin 2004) as an F score. An n-gram counts as often as both texts contain it. */
export const rougeN: Check = {
  kind: 'rouge-n',
  namespace: 'promptsmith',
  summary: `The answer shares n-grams of words with the value: the F score of ROUGE-N. Passes with a score of at least ${DEFAULT_THRESHOLD}, or of \`threshold\`.`,
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      fallsBackToExpected: true,
      description: 'The reference text.',
    },
    {
      name: 'n',
      type: 'integer',
      required: false,
      default: 1,
      description: 'The length of an n-gram in words, 1 to 9.',
    },
  ],
  example: `uses: promptsmith/rouge-n
with: { value: The parcel arrives on Monday, n: 1 }
threshold: 0.6`,
  run: ({ text, args, evaluator }) => {
    const value = args.text('value');
    const n = args.number('n') ?? 1;
    if (n < 1 || n > 9) return { kind: 'error', message: '`n` must be from 1 to 9' };
    const reference = countNgrams(splitWords(value), n);
    if (reference.size === 0) {
      return {
        kind: 'error',
        message: `\`value\` has fewer than ${n} ${n === 1 ? 'word' : 'words'}`,
      };
    }
    const candidate = countNgrams(splitWords(text), n);
    let shared = 0;
    for (const [gram, count] of candidate) shared += Math.min(count, reference.get(gram) ?? 0);
    const score = (2 * shared) / (sum(candidate) + sum(reference));
    return scoredVerdict(
      score,
      evaluator,
      DEFAULT_THRESHOLD,
      `ROUGE-${n} is ${formatScore(score)}`,
      value,
    );
  },
};

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
