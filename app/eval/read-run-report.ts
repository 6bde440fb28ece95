import { join } from 'node:path';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { summarizeVerdict } from '#core/eval/compare/summarize-verdict.ts';
import { computeHashes } from '#core/eval/hashes.ts';
import { createPlan } from '#core/eval/plan/plan.ts';
import { CaseLog } from '#core/eval/report/case-log.ts';
import { describePasses } from '#core/eval/report/describe-result.ts';
import { isComparison } from '#core/eval/report/is-summary.ts';
import { Report } from '#core/eval/report/report.ts';
import { buildRunReport, type RunReport } from '#core/eval/report/run-report.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { redactEvent } from '#core/eval/run/redaction.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { UserError } from '#core/user-error.ts';
import { relativePath } from '#io/files.ts';
import type { RunStore } from '#io/runs/run-store.ts';
import { createSecretMask } from '#io/secrets.ts';
import type { Project, Projects } from '../prompt/project.ts';
import { collectRows, type PromptInput, readPromptInput } from '../prompt/prompt-input.ts';
import type { ListedRun } from './describe-runs.ts';
import { collectStoredSources } from './report-sources.ts';
import { sortAsPlanned } from './run-prepared.ts';

/** A stored run with everything that a report of it answers. */
export interface StoredRunReport {
  readonly report: RunReport;
  /** What its prompt file has changed since; null if it cannot be read. */
  readonly changes: readonly ('prompt' | 'test rows' | 'evaluators')[] | null;
  /** False if the criteria are unknown, because the file has changed: only the pass rate is reported. */
  readonly isJudged: boolean;
}

/** Where a stored run is read from. */
export interface RunSource {
  readonly store: RunStore;
  readonly project: Project;
  readonly projects: Projects;
}

/**
 * Reads a stored run, with what its prompt file says now about its cases. Throws UserError when it cannot be
 * read.
 */
export async function readRunReport(
  { id, promptId, summary: known }: ListedRun,
  { store, project, projects }: RunSource,
): Promise<StoredRunReport> {
  const input = known && (await readInput(known.run, project, projects));
  const prompt = input?.prompt ?? parsePrompt('');
  const hidden = await createSecretMask(prompt);
  const report = new Report();
  const log = new CaseLog();
  try {
    for await (const event of store.events(promptId, id)) {
      report.add(event);
      log.add(redactEvent(event, hidden));
    }
  } catch (error) {
    throw new UserError(`${(error as Error).message}.`);
  }
  const summary = known ?? report.summary();
  if (!summary) throw new UserError(`run ${id} has no event yet.`);
  const rows = input ? collectRows(input) : [];
  const plan = createPlan(prompt, { models: [], rows });
  const cases = sortAsPlanned(report.cases(plan.cases), plan);
  const settings = input?.settings ?? project.settings;
  const comparisons = readComparisons(summary);
  const [compared] = comparisons;
  const changes = input && listChanges(input, summary);
  const sources = collectStoredSources({
    input: { path: summary.run.path, prompt, settings },
    plan,
    summary,
    cases,
    comparisons,
    hidden,
  });
  const isJudged = sources.conclusion.kind === 'inconclusive' || changes?.length === 0;
  const baseline = compared ? { name: compared.base } : null;
  const built = buildRunReport({ ...sources, log, baseline });
  return { report: isJudged ? built : withoutConclusion(built), changes, isJudged };
}

/** The prompt file of a run as it is now; null if it cannot be read, as that of a published version. */
async function readInput(
  { path }: Summary['run'],
  { root }: Project,
  projects: Projects,
): Promise<PromptInput | null> {
  const file = join(root, path);
  // A run of another machine may name any path.
  if (relativePath(root, file) === null) return null;
  return await readPromptInput(file, root, projects).catch(() => null);
}

/** The report without what depends on the criteria of the file. */
function withoutConclusion(report: RunReport): RunReport {
  const { totals, passRate, run } = report.summary;
  const text = describePasses({ cases: totals, jobs: totals.jobs, passRate }, run.repeat);
  const verdicts = report.comparisons
    .filter(({ comparison }) => comparison.baseModel === undefined)
    .map(({ comparison }) => summarizeVerdict(comparison, comparison.base));
  return {
    ...report,
    result: [text, ...verdicts].map((one) => ({ tone: 'open', text: one })),
    acceptance: [],
  };
}

function listChanges(input: PromptInput, { run }: Summary): StoredRunReport['changes'] {
  const now = computeHashes(input.prompt, collectRows(input), run.judge ?? null);
  return [
    ...(now.prompt === run.hashes.prompt ? [] : (['prompt'] as const)),
    ...(now.data === run.hashes.data ? [] : (['test rows'] as const)),
    ...(now.checks === run.hashes.checks ? [] : (['evaluators'] as const)),
  ];
}

/** Reads the comparisons that are stored with the summary of a run. */
function readComparisons(summary: object): readonly Comparison[] {
  const { comparison, comparisons } = summary as {
    comparison?: Comparison;
    comparisons?: readonly Comparison[];
  };
  return (comparisons ?? (comparison ? [comparison] : [])).filter(isComparison);
}
