import type { Hash } from '../../hash.ts';
import {
  countUnasked,
  describeEnd,
  describeMissingJobs,
  exceedsErrorRate,
} from './conclude-run.ts';
import type { AnswerSources, CaseSummary, ModelResult, Summary } from './summary.ts';

/**
 * What a stored run is used for: `result`, the last result of its prompt; `baseline`, what another run is
 * compared with; `gate`, the evidence for a promotion.
 */
export type RunUse = 'result' | 'baseline' | 'gate';

/** Where answers may come from, each including the ones before it. */
export type Evidence = 'model' | 'recorded' | 'samples';

/** What a run must be about to be used. What is absent is not required. */
export interface RunDemand {
  readonly maxErrorRate: number;
  /** The hashes of what is sent and of the evaluators. */
  readonly prompt?: Hash;
  readonly checks?: Hash;
  /** The hash of the rows, and the ids of the cases that they are, without skipped ones. */
  readonly data?: { readonly hash: Hash; readonly ids: readonly string[] };
  /** The model whose results count; null: that of a prompt without a model, the run's first. */
  readonly model?: string | null;
  readonly evidence?: Evidence;
  /** The oldest time (ISO 8601) of an answer from the cache. */
  readonly oldestAnswer?: string;
}

/** Why a run is not fit for a use. */
export interface RunProblem {
  readonly code:
    | 'unfinished'
    | 'partial'
    | 'stopped-early'
    | 'inconclusive'
    | 'other-prompt'
    | 'other-data'
    | 'other-checks'
    | 'other-model'
    | 'no-checks'
    | 'evidence'
    | 'old-answers';
  /** A clause in lower case without a period. */
  readonly text: string;
}

/** A run with what is known of its cases; older versions do not record which cases they left out. */
export type AssessedRun = Pick<Summary, 'run' | 'end' | 'early' | 'totals' | 'results'> & {
  readonly cases?: readonly Pick<CaseSummary, 'id' | 'outcome'>[];
};

/** Lists why a run is not fit for a use; empty if it is. */
export function assessRun(use: RunUse, run: AssessedRun, demand: RunDemand): RunProblem[] {
  const { prompt, checks } = demand;
  const { hashes } = run.run;
  const problems: RunProblem[] = [];
  const add = (code: RunProblem['code'], text: string): void => void problems.push({ code, text });
  if (run.end !== 'done') add('unfinished', describeEnd(run.end));
  if (prompt !== undefined && hashes.prompt !== prompt)
    add('other-prompt', 'it ran another text or other parameters');
  if (checks !== undefined && hashes.checks !== checks)
    add('other-checks', 'it was judged by other evaluators or another judge');
  if (run.early) add('stopped-early', 'it stopped early');
  const partial = describePart(use, run, demand);
  if (partial !== null) add('partial', partial);
  if (use === 'gate' && demand.data && hashes.data !== demand.data.hash)
    add('other-data', 'it ran other test rows');
  const result = findResult(run, demand.model);
  if (!result) add('other-model', `it ran on ${run.run.models.join(', ')}, not on ${demand.model}`);
  else {
    const planned = countPlannedJobs(result, run.run.repeat);
    if (run.end === 'done' && !run.early && result.jobs.asked < planned)
      add('partial', `it asked only ${result.jobs.asked} of ${planned} repeats of its cases`);
    if (exceedsErrorRate(result.jobs, demand.maxErrorRate))
      add('inconclusive', describeMissingJobs(result.jobs));
    if (use !== 'result' && result.passRate === null && result.jobs.answered >= result.jobs.asked)
      add('no-checks', 'no case has a check');
    for (const problem of listSourceProblems(result.answers, demand)) problems.push(problem);
  }
  return problems;
}

/** Older versions could resume a run with fewer repeats than it had begun with. */
function countPlannedJobs({ cases }: ModelResult, repeat: number): number {
  return (cases.passed + cases.failed + cases.errored + cases.noChecks) * repeat;
}

/** The results of a model in a run; of its first model if the prompt has none. */
export function findResult(
  { results }: Pick<Summary, 'results'>,
  model: string | null | undefined,
): ModelResult | undefined {
  return model === null || model === undefined
    ? results[0]
    : results.find((one) => one.model === model);
}

/** Where answers are from, as words: the weakest kind that occurs. */
export function findEvidence({ sample, recording }: AnswerSources): Evidence {
  if (sample > 0) return 'samples';
  return recording > 0 ? 'recorded' : 'model';
}

const STRENGTH: readonly Evidence[] = ['model', 'recorded', 'samples'];

function* listSourceProblems(answers: AnswerSources, demand: RunDemand): Generator<RunProblem> {
  const { evidence, oldestAnswer } = demand;
  if (evidence === undefined) return;
  const found = findEvidence(answers);
  if (STRENGTH.indexOf(found) > STRENGTH.indexOf(evidence))
    yield {
      code: 'evidence',
      text:
        found === 'samples'
          ? 'its answers are samples written by hand'
          : 'its answers are from recordings',
    };
  if (evidence !== 'model' || oldestAnswer === undefined || found !== 'model') return;
  if (answers.cache > 0 && answers.undated > 0)
    yield { code: 'old-answers', text: 'it does not record how old its cached answers are' };
  else if (answers.oldest !== null && answers.oldest < oldestAnswer)
    yield {
      code: 'old-answers',
      text: `its oldest answer is of ${answers.oldest.slice(0, 10)}, which is too old`,
    };
}

/** What a run left out; null if it asked all cases that the use needs. */
function describePart(use: RunUse, run: AssessedRun, { data }: RunDemand): string | null {
  const { leftOut, shard, allowMissing } = run.run;
  if (allowMissing) return 'it sent placeholders without a value';
  if (shard !== undefined) return `it is shard ${shard}`;
  const unasked = countUnasked(run);
  if (unasked > 0) return `it has not asked ${unasked} of ${run.run.cases} cases`;
  if (leftOut) {
    const { only, filter, shard: others, holdout } = leftOut;
    const parts = [
      ...(only > 0 ? ['`only`'] : []),
      ...(filter > 0 ? ['a filter'] : []),
      ...(others > 0 ? ['a shard'] : []),
    ];
    if (parts.length > 0)
      return `${parts.join(' and ')} left out ${only + filter + others} of its cases`;
    if (use === 'gate' && holdout > 0)
      return `it left out ${holdout} holdout ${holdout === 1 ? 'case' : 'cases'} (--holdout includes them)`;
  }
  if (!data || run.run.hashes.data !== data.hash) {
    // Whether a run of an older version is whole can only be read from its rows.
    return leftOut || use === 'result' ? null : 'it does not record which cases it left out';
  }
  // A baseline may lack the holdout.
  const allowed = use === 'gate' ? 0 : (leftOut?.holdout ?? 0);
  const missing = countAbsent(run, data.ids);
  return missing <= allowed ? null : `it left out ${missing} of ${data.ids.length} cases`;
}

/** Cases of these ids that were not asked; a skipped one was not. */
function countAbsent({ cases: known, totals: t }: AssessedRun, ids: readonly string[]): number {
  if (!known) return Math.max(0, ids.length - t.passed - t.failed - t.errored - t.noChecks);
  const asked = new Set(known.flatMap(({ id, outcome }) => (outcome === 'skipped' ? [] : [id])));
  return ids.filter((id) => !asked.has(id)).length;
}
