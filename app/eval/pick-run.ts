import { sharesInterface } from '#core/eval/compare/compare.ts';
import type { Hashes } from '#core/eval/hashes.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import type { StoredRun } from '#io/runs/run-store.ts';

/** Where the calls of a plan go. */
export function originsOf({ models }: Pick<Plan, 'models'>): Pick<RunHeader, 'origins'> {
  return { origins: models.map(({ origin }) => origin) };
}

/**
 * The newest finished run that `plan` can be compared with, one of all cases first; null when there is
 * none. `own` is the run that is resumed: it cannot be its own baseline.
 */
export function pickLastRun(
  runs: readonly StoredRun[],
  plan: Plan,
  own: string | undefined,
): RunHeader | null {
  const finished = listComparable(runs, plan).filter(({ id }) => id !== own);
  // A single case that was run alone does not represent the prompt.
  return finished.find((run) => run.cases >= plan.cases.length) ?? finished[0] ?? null;
}

/**
 * The newest finished run of a prompt with just this hash; runs of all cases, with the same models and
 * evaluators as `plan`, first. Null when there is none.
 */
export function pickRunOf(
  prompt: Hashes['prompt'],
  runs: readonly StoredRun[],
  plan: Plan,
): RunHeader | null {
  const models = plan.models.map(({ id }) => id).join();
  const rank = (run: RunHeader): number =>
    // A run of a few cases says little about the others.
    (run.cases >= plan.cases.length ? 4 : 0) +
    (run.models.join() === models ? 2 : 0) +
    (run.hashes.checks === plan.hashes.checks ? 1 : 0);
  const same = listComparable(runs, plan).filter(({ hashes }) => hashes.prompt === prompt);
  return same.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** Finished runs that used models of the same kind as the plan: the editor's own, or providers'. */
function listComparable(runs: readonly StoredRun[], plan: Plan): RunHeader[] {
  return runs.flatMap(({ summary }) =>
    summary?.end === 'done' && sharesInterface(summary.run, originsOf(plan)) ? [summary.run] : [],
  );
}
