import type { Check, CheckInput, Verdict } from './check.ts';
import { RETRIEVAL_PARAMETERS, rankedIds } from './ranked-ids.ts';
import { scored, shownScore } from './scored.ts';

/** How many of the first `k` ids are relevant, and of how many. */
interface Hits {
  readonly hits: number;
  readonly k: number;
  readonly relevant: number;
}

/** One retrieval kind: its score from the hits, and where it passes. */
export function retrievalCheck(
  kind: string,
  summary: string,
  usual: number,
  needsK: boolean,
  scoreOf: (hits: Hits) => number,
): Check {
  const parameters = RETRIEVAL_PARAMETERS.map((parameter) =>
    parameter.name === 'k' ? { ...parameter, required: needsK } : parameter,
  );
  return {
    kind,
    namespace: 'promptsmith',
    summary: `${summary} Passes from ${usual}, or from \`threshold\`.`,
    parameters,
    example: `uses: promptsmith/${kind}
transform: json:documents
with: { value: [doc-7, doc-12], k: 5 }`,
    run: (input) => verdictOf(input, usual, scoreOf),
  };
}

function verdictOf(
  { text, args, evaluator }: CheckInput,
  usual: number,
  scoreOf: (hits: Hits) => number,
): Verdict {
  const relevant = new Set(args.texts('value').map((id) => id.trim()));
  const limit = args.number('k');
  if (limit !== undefined && limit < 1) return { kind: 'error', message: '`k` is at least 1' };
  const ids = rankedIds(text);
  const k = limit ?? ids.length;
  const hits = ids.slice(0, k).filter((id) => relevant.has(id)).length;
  const score = scoreOf({ hits, k, relevant: relevant.size });
  const first = limit === undefined ? `its ${ids.length}` : `the first ${k} of ${ids.length}`;
  const said = `${hits} of ${relevant.size} relevant ids among ${first} ids, a score of ${shownScore(score)}`;
  return scored(score, evaluator, usual, said, [...relevant].join('\n'));
}
