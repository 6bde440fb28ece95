import { openInput, type PromptFile } from '#app/prompt/open-input.ts';
import { collectRows, type PromptInput, promptIdOf } from '#app/prompt/prompt-input.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { parseJobId } from '#core/eval/ids.ts';
import { createPlan, type Plan } from '#core/eval/plan/plan.ts';
import { Report } from '#core/eval/report/report.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import type { AnswerEvent } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import { openRunStore, type RunStore, type StoredRun } from '#io/runs/run-store.ts';

/** A stored run with the cases of the prompt file as they are now. */
export interface OpenRun {
  readonly input: PromptInput;
  readonly path: string;
  readonly store: RunStore;
  readonly plan: Plan;
  readonly summary: Summary & { readonly comparisons: readonly Comparison[] };
  readonly report: Report;
  readonly calls: ReadonlyMap<string, { ms: number; n: number; cost: number | null }>;
}

/** Opens a stored run of a prompt. Throws UserError when it does not exist. */
export async function openRun(prompt: PromptFile, run: string): Promise<OpenRun> {
  const input = await openInput(prompt);
  const store = openRunStore(input.project.root);
  const id = promptIdOf(input);
  const stored = (await store.list(id)).find((one) => one.id === run);
  if (!stored) throw new UserError(`${input.path}: run ${run} is no longer stored.`);
  const report = new Report();
  const calls = new Map<string, { ms: number; n: number; cost: number | null }>();
  for await (const event of store.events(id, run)) {
    report.add(event);
    if (event.t === 'answer') addCall(calls, event);
  }
  const summary = stored.summary ?? report.summary();
  if (!summary) throw new UserError(`${input.path}: run ${run} has no start event.`);
  return {
    input,
    path: input.path,
    store,
    plan: createPlan(input.prompt, { rows: collectRows(input), models: [] }),
    summary: { ...summary, comparisons: readComparisons(summary) },
    report,
    calls,
  };
}

function addCall(
  calls: Map<string, { ms: number; n: number; cost: number | null }>,
  { job, answer, cached, cost }: AnswerEvent,
): void {
  const key = parseJobId(job);
  if (!key) return;
  const name = `${key.case}|${key.model}`;
  const made = calls.get(name) ?? { ms: 0, n: 0, cost: 0 };
  calls.set(name, made);
  made.cost = made.cost === null || cost === null ? null : made.cost + (cached ? 0 : cost);
  if (!answer || cached) return;
  made.ms += answer.latencyMs;
  made.n++;
}

/** Finds a stored run of any prompt of the project. */
export async function findRun(store: RunStore, id: string): Promise<StoredRun | undefined> {
  return (await store.list()).find((one) => one.id === id);
}

/** The comparisons that are stored with the summary of a run. */
function readComparisons(summary: object): readonly Comparison[] {
  const { comparison, comparisons } = summary as {
    comparison?: Comparison;
    comparisons?: readonly Comparison[];
  };
  return comparisons ?? (comparison ? [comparison] : []);
}
