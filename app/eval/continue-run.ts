import type { ComparedSummary } from '#core/eval/compare/quality.ts';
import { computeHashes } from '#core/eval/hashes.ts';
import { parseJobId } from '#core/eval/ids.ts';
import { HOLDOUT } from '#core/eval/plan/holdout.ts';
import type { CaseFilter } from '#core/eval/plan/plan.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { UserError } from '#core/user-error.ts';
import { openRunStore, type RunStore } from '#io/runs/run-store.ts';
import { collectRows, type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';
import type { BaselineChoice } from './choose-baseline.ts';
import type { EvalOptions } from './eval-options.ts';
import { type Continuation, countLeftOut, findContinuation } from './find-continuation.ts';

/** The stored run that goes on. */
export interface ContinuedRun {
  /** Its id; absent: the newest one. */
  readonly run?: string;
}

/** How a stored run goes on. */
export interface RunContinuation {
  readonly options: EvalOptions;
  /** What it was compared with before, else the default. */
  readonly baseline: BaselineChoice;
}

/** Options that ask only what a stored run has no answer for, as part of that run. Throws UserError if that is nothing. */
export async function continueRun(
  input: PromptInput,
  { run: wanted }: ContinuedRun,
): Promise<RunContinuation> {
  const { path, project } = input;
  const store = openRunStore(project.root);
  const runs = await store.list(promptIdOf(input));
  const stored = wanted === undefined ? runs[0] : runs.find(({ id }) => id === wanted);
  if (!stored?.summary) throw new UserError(`${path}: no run is stored that can continue.`);
  const { summary } = stored;
  if (findContinuation(summary) === null)
    throw new UserError(`${path}: run ${summary.run.id} has all its answers.`);
  const { models, repeat, replay, seed } = summary.run;
  const [only] = models;
  // Naming models means that these are compared; the file's own needs no name.
  const isOwn = models.length === 1 && only === input.prompt.model;
  return {
    options: {
      ...(isOwn ? {} : { models }),
      repeat,
      replay,
      seed,
      filter: await readFilter(summary, store),
      resume: { run: summary.run.id, retryErrors: true },
    },
    baseline: await chooseBase(summary, store),
  };
}

/**
 * How a stored run can go on with the prompt as it is now; null if nothing is missing, or if the prompt, its
 * rows or its evaluators have changed since.
 */
export function findOpenContinuation(input: PromptInput, summary: Summary): Continuation | null {
  const { judge = null } = input.settings.eval;
  const now = computeHashes(input.prompt, collectRows(input), judge);
  const { hashes } = summary.run;
  const isSame =
    now.prompt === hashes.prompt && now.data === hashes.data && now.checks === hashes.checks;
  return isSame ? findContinuation(summary) : null;
}

/** The cases of a run: those it has begun, where a selection left others out; else all that it was to ask. */
async function readFilter({ run }: Summary, store: RunStore): Promise<CaseFilter> {
  if (countLeftOut(run) === 0) return run.leftOut?.holdout === 0 ? {} : { withoutTags: [HOLDOUT] };
  const ids = new Set<string>();
  for await (const event of store.events(run.promptId, run.id)) {
    const key = 'job' in event ? parseJobId(event.job) : null;
    if (key) ids.add(key.case);
  }
  return { ids };
}

/** The baseline of a run that goes on: a comparison with the same run again, if that is still stored. */
async function chooseBase(summary: Summary, store: RunStore): Promise<BaselineChoice> {
  if (countLeftOut(summary.run) > 0) return { kind: 'none' };
  const { comparison, comparisons } = summary as ComparedSummary;
  const before = comparison ?? comparisons?.[0];
  const isStored =
    before !== undefined &&
    before.base !== summary.run.id &&
    (await store.list()).some(({ id }) => id === before.base);
  return isStored
    ? { kind: 'named', spec: before.base, name: before.baseName, whenMissing: 'refuse' }
    : { kind: 'default', runs: false };
}
