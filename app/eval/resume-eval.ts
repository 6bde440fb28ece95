import { listJobs, type Plan } from '#core/eval/plan/plan.ts';
import type { Redaction } from '#core/eval/run/redaction.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import type { RunStore } from '#io/runs/run-store.ts';
import { type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';
import type { EvalOptions, ResumeRequest } from './eval-options.ts';
import { findResumeProblem } from './find-resume-problem.ts';
import { type ResumedRun, resumeRun } from './resume-run.ts';

/** What a run is resumed with. */
export interface ResumingEval {
  readonly path: string;
  readonly input: PromptInput;
  readonly options: EvalOptions;
  readonly store: RunStore;
  readonly plan: Plan;
  readonly redaction: Redaction | null;
  readonly hideSecrets: (text: string) => string;
}

/** Reads the run that is resumed. Throws UserError when there is none, or when it cannot be resumed. */
export async function readResumed(
  { path, input, options, store, plan, redaction, hideSecrets }: ResumingEval,
  { run, rescore = false, retryErrors = false }: ResumeRequest,
): Promise<ResumedRun> {
  const promptId = promptIdOf(input);
  if (run === undefined) throw new UserError(`${path}: no unfinished run to resume.`);
  if (!(await store.list(promptId)).some(({ id }) => id === run))
    throw new UserError(`${path}: run ${run} does not exist.`);
  const resumed = await resumeRun(store, { promptId, id: run }, plan.hashes, {
    rescore,
    retryErrors,
    redaction,
    derived: readDerived(plan),
    hidden: hideSecrets,
  }).catch((error: Error) => ({ error: error.message }));
  if ('error' in resumed) throw new UserError(`${path}: ${resumed.error}.`);
  const replay = options.replay ?? false;
  const { earlier } = resumed;
  const asks =
    !replay && [...listJobs(plan)].some(({ id }) => !earlier.isDone(id) && !earlier.findAnswer(id));
  const planned = { ...plan, ...readShard(options), replay, asks };
  const problem = findResumeProblem(resumed.header, planned);
  if (problem !== null) throw new UserError(`${path}: ${run} ${problem}.`);
  return resumed;
}

/** The part of the cases that runs, as a run's header stores it. */
export function readShard({ filter }: EvalOptions): Pick<RunHeader, 'shard'> {
  const { shard } = filter ?? {};
  return shard ? { shard: `${shard.index}/${shard.of}` } : {};
}

/** The metrics computed from the means of others, as a run's header stores them. */
export function readDerived({ document }: Plan): Pick<RunHeader, 'derived'> {
  const named = document.derivedMetrics.map(({ name, text }) => [name, text] as const);
  return named.length === 0 ? {} : { derived: Object.fromEntries(named) };
}
