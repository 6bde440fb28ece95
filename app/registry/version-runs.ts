import type { Hashes } from '#core/eval/hashes.ts';
import { createPlan } from '#core/eval/plan/plan.ts';
import { findEvidence, findResult } from '#core/eval/report/assess-run.ts';
import { Report } from '#core/eval/report/report.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { openBundle } from '#core/registry/bundle.ts';
import type { ComparedPrompt } from '#core/registry/change.ts';
import { findFitRuns } from '#core/registry/find-fit-runs.ts';
import { resolvePolicy } from '#core/registry/policy.ts';
import type { AttachedEval, Registry, VersionRecord } from '#core/registry/registry.ts';
import { openRunStore, type RunStore } from '#io/runs/run-store.ts';
import type { Project } from '../prompt/project.ts';

/** The runs that may be about a version, and the ids of those that are attached to it. */
export interface VersionRuns {
  /** The newest first. */
  readonly runs: readonly AttachedEval[];
  readonly attached: ReadonlySet<string>;
}

/** Reads the runs that are attached to a version, and those of its text that the project has stored. */
export async function readRuns(
  registry: Registry,
  name: string,
  version: VersionRecord,
  project: Pick<Project, 'root'>,
): Promise<VersionRuns> {
  const runs = await registry.evals(name, version.version);
  const attached = new Set(runs.map(({ run }) => run.id));
  const opened = openBundle(await registry.bundle(name, version.version));
  for (const run of await readRunsOfText(openRunStore(project.root), name, {
    ...opened,
    hashes: version.hashes,
  }))
    if (!attached.has(run.run.id)) runs.push(run);
  return { runs: runs.sort((a, b) => (a.run.at < b.run.at ? 1 : -1)), attached };
}

/** Reads the stored runs that sent just this text, the newest first. `name` is the id of the prompt. */
export async function readRunsOfText(
  store: RunStore,
  name: string,
  { document, rows, hashes }: ComparedPrompt & { readonly hashes: Hashes },
): Promise<AttachedEval[]> {
  const { cases } = createPlan(document, { models: [], rows });
  const runs: AttachedEval[] = [];
  for (const { summary } of await store.list(name).catch(() => [])) {
    if (summary?.run.hashes.prompt !== hashes.prompt) continue;
    const report = await readReport(store, summary);
    const whole = report?.summary();
    if (report && whole) runs.push({ ...whole, cases: report.cases(cases) });
  }
  return runs;
}

/** Null for a run whose events cannot be read. */
async function readReport(store: RunStore, { run }: Summary): Promise<Report | null> {
  const report = new Report();
  try {
    for await (const event of store.events(run.promptId, run.id)) report.add(event);
    return report;
  } catch {
    return null;
  }
}

/**
 * Attaches to a version the newest run of the project that is fit as evidence: one for each model, and of
 * several the one with the strongest answers. Resolves to what was attached.
 */
export async function attachFitRuns(
  registry: Registry,
  name: string,
  version: VersionRecord,
  project: Pick<Project, 'root' | 'settings'>,
): Promise<readonly AttachedEval[]> {
  const { runs, attached } = await readRuns(registry, name, version, project);
  const prompt = openBundle(await registry.bundle(name, version.version));
  const { maxErrorRate } = resolvePolicy('production', project.settings);
  // Which answers count is a matter of each label's policy.
  const policy = { maxErrorRate, evidence: 'samples', maxAnswerAge: 36_500 } as const;
  const models = [...new Set(runs.flatMap(({ run }) => run.models))];
  const fit = new Map<string, AttachedEval>();
  for (const model of models) {
    const document = { ...prompt.document, model };
    const { pooled } = findFitRuns(
      { version, prompt: { ...prompt, document }, runs },
      { policy, now: Date.now(), checks: version.hashes.checks },
    );
    const [newest] = pooled?.runs ?? [];
    if (newest) fit.set(newest.run.id, newest);
  }
  const added = [...fit.values()].filter(({ run }) => !attached.has(run.id));
  for (const run of added) await registry.attachEval(name, version.version, run);
  return added;
}

/** `run 2026… on openai/gpt-4o-mini, 46/48`. */
export function describeAttached(run: AttachedEval): string {
  const results = run.run.models.flatMap((model) => findResult(run, model) ?? []);
  const shown = results.map(({ model, cases, answers }) => {
    const source = findEvidence(answers);
    return `${model}, ${cases.passed}/${cases.passed + cases.failed}${source === 'model' ? '' : ` (${source})`}`;
  });
  return `run ${run.run.id} on ${shown.join('; ')}`;
}
