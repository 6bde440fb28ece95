import type { Json } from '../../prompt/node.ts';
import type { Check, CheckInput, CheckParameter, CheckVerdict } from './check.ts';
import { formatScore, scoredVerdict } from './scored-verdict.ts';

/** The number of relevant ids among the first `k`, and of all relevant ids. */
interface Hits {
  readonly hits: number;
  readonly k: number;
  readonly relevant: number;
}

/** Creates a retrieval check that passes with a score of at least `usual`. */
export function createRetrievalCheck(
  kind: string,
  summary: string,
  usual: number,
  needsK: boolean,
  scoreOf: (hits: Hits) => number,
): Check {
  const parameters = RETRIEVAL_PARAMETERS.map((parameter) =>
    parameter.name === 'k'
      ? {
          ...parameter,
          required: needsK,
          description: needsK ? parameter.description : `${parameter.description} Without it, all.`,
        }
      : parameter,
  );
  return {
    kind,
    namespace: 'promptsmith',
    summary: `${summary} Passes with a score of at least ${usual}, or of \`threshold\`.`,
    parameters,
    example: `uses: promptsmith/${kind}
transform: json:documents
with: { value: [doc-7, doc-12], k: 5 }`,
    run: (input) => judgeRanking(input, usual, scoreOf),
  };
}

function judgeRanking(
  { text, args, evaluator }: CheckInput,
  usual: number,
  scoreOf: (hits: Hits) => number,
): CheckVerdict {
  const relevant = new Set(args.texts('value').map((id) => id.trim()));
  const limit = args.number('k');
  if (limit !== undefined && limit < 1) return { kind: 'error', message: '`k` must be at least 1' };
  const ids = parseRankedIds(text);
  const k = limit ?? ids.length;
  const hits = ids.slice(0, k).filter((id) => relevant.has(id)).length;
  const score = scoreOf({ hits, k, relevant: relevant.size });
  const first = limit === undefined ? `its ${ids.length}` : `the first ${k} of ${ids.length}`;
  const said = `${hits} of ${relevant.size} relevant ids among ${first} ids, score ${formatScore(score)}`;
  return scoredVerdict(score, evaluator, usual, said, [...relevant].join('\n'));
}

/** The parameters of the retrieval kinds. */
export const RETRIEVAL_PARAMETERS: readonly CheckParameter[] = [
  {
    name: 'value',
    alias: 'values',
    type: 'texts',
    required: true,
    fallsBackToExpected: true,
    notEmpty: true,
    description: 'The relevant ids.',
  },
  {
    name: 'k',
    type: 'integer',
    required: false,
    description: 'The number of ids to consider, from the start of the list.',
  },
];

/**
 * Reads the ids in an answer, best first, without duplicates: a JSON list of ids or of maps with an `id`,
 * one id per line, or ids separated by commas.
 */
export function parseRankedIds(text: string): string[] {
  const items = parseJsonList(text) ?? text.split(text.trim().includes('\n') ? '\n' : ',');
  const ids = new Set<string>();
  for (const item of items) {
    const id = readId(item);
    if (id !== '') ids.add(id);
  }
  return [...ids];
}

function parseJsonList(text: string): readonly Json[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    return JSON.parse(text) as Json[];
  } catch {
    return null;
  }
}

function readId(item: Json): string {
  if (item === null || typeof item === 'boolean') return '';
  if (typeof item !== 'object') return String(item).trim();
  if (Array.isArray(item)) return '';
  const { id } = item as { readonly [key: string]: Json };
  return typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
}

export const hitRate = createRetrievalCheck(
  'hit-rate',
  'At least one relevant id is among the first `k` of the answer’s list. The mean over the cases is the hit rate.',
  1,
  false,
  ({ hits }) => (hits > 0 ? 1 : 0),
);

export const precisionAtK = createRetrievalCheck(
  'precision-at-k',
  'The share of the first `k` places of the answer’s list that contain a relevant id. Empty places count as irrelevant.',
  0.5,
  true,
  ({ hits, k }) => hits / k,
);

export const recallAtK = createRetrievalCheck(
  'recall-at-k',
  'The share of the relevant ids that are among the first `k` of the answer’s list.',
  0.5,
  false,
  ({ hits, relevant }) => hits / relevant,
);
