import { findOpenContinuation } from '#app/eval/continue-run.ts';
import { collectStoredSources } from '#app/eval/report-sources.ts';
import { sortAsPlanned } from '#app/eval/run-prepared.ts';
import type { PromptFile } from '#app/prompt/open-input.ts';
import { CaseLog } from '#core/eval/report/case-log.ts';
import { isPartialRun } from '#core/eval/report/is-partial-run.ts';
import type { CaseFailure } from '#core/eval/report/list-failures.ts';
import { Report } from '#core/eval/report/report.ts';
import { buildRunReport, type ReportBaseline } from '#core/eval/report/run-report.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import { tabulateModels } from '#core/eval/report/tabulate-models.ts';
import { redactEvent } from '#core/eval/run/redaction.ts';
import type { AnswerEvent, RunEvent } from '#core/eval/run-event.ts';
import { createSecretMask } from '#io/secrets.ts';
import type { CaseResult, ResultRow, ResultsData } from '../results/messages.ts';
import { findRun, type OpenRun, openRun } from './open-run.ts';

/** Failures that the page shows in full above the table. */
const MAX_FAILURES = 20;

/** Reads a stored run for the results view. Throws UserError when it does not exist. */
export async function readResults(prompt: PromptFile, run: string): Promise<ResultsData> {
  const open = await openRun(prompt, run);
  const { input, summary } = open;
  const cases = sortAsPlanned(open.report.cases(open.plan.cases), open.plan);
  const bases = await readBases(open);
  const report = await readReport(open, cases, bases);
  const names = new Map([...report.failures, ...report.others].map(({ id, name }) => [id, name]));
  const { missing } = report;
  const [own] = summary.run.models;
  const isOwn = ({ model }: CaseFailure): boolean => model === own;
  const failures = [
    ...report.failures.filter(isOwn),
    ...report.failures.filter((one) => !isOwn(one)),
  ];
  for (const group of missing) for (const { id, name } of group.cases) names.set(id, name);
  const isPartial = isPartialRun(summary);
  return {
    path: open.path,
    run,
    at: summary.run.at,
    report: {
      result: report.result,
      steps: report.steps,
      acceptance: isPartial || summary.end !== 'done' ? [] : report.acceptance,
      models: report.models,
      failures: failures.slice(0, MAX_FAILURES),
      missing,
      slices: report.slices,
      comparisons: report.comparisons,
      cost: report.cost,
      facts: report.facts,
    },
    failures: failures.length,
    models: report.models.length > 1 ? tabulateModels(report.models) : null,
    isPartial,
    requiredRate: open.plan.document.acceptance?.passRate ?? null,
    continuation: findOpenContinuation(input, summary),
    rows: cases.map((one) => createRow(one, names.get(one.id) ?? one.id, open, bases)),
  };
}

/** A run that this one was compared with: its cases by id and model, and its name. */
interface Base {
  readonly baseline: ReportBaseline;
  /** Without a model where the baseline has a single one. */
  readonly cases: ReadonlyMap<string, CaseSummary>;
}

async function readBases({ store, summary }: OpenRun): Promise<ReadonlyMap<string, Base>> {
  const bases = new Map<string, Base>();
  const [own] = summary.run.models;
  // Of a baseline on several models, those of this run's model.
  const isCompared = ({ model = own }: CaseSummary): boolean => model === own;
  for (const { base, baseName = base } of summary.comparisons) {
    if (bases.has(base)) continue;
    const found = (await findRun(store, base))?.summary?.run;
    // Its stored results may be by other evaluators: the comparison judged the answers again and stored only totals.
    if (found?.hashes.checks !== summary.run.hashes.checks) {
      bases.set(base, { baseline: { name: baseName }, cases: new Map() });
      continue;
    }
    const report = new Report();
    for await (const event of store.events(found.promptId, base)) report.add(event);
    const cases = report.cases();
    bases.set(base, {
      baseline: { name: baseName, results: { run: found, cases: cases.filter(isCompared) } },
      cases: new Map(cases.map((one) => [`${one.id}|${one.model ?? ''}`, one])),
    });
  }
  return bases;
}

async function readReport(
  { input, plan, store, summary }: OpenRun,
  cases: readonly CaseSummary[],
  bases: ReadonlyMap<string, Base>,
) {
  const hidden = await createSecretMask(plan.document);
  const log = await readLog(store.events(summary.run.promptId, summary.run.id), hidden);
  const { comparisons } = summary;
  const sources = collectStoredSources({ input, plan, summary, cases, comparisons, hidden });
  const baseline = bases.get(comparisons[0]?.base ?? '')?.baseline ?? null;
  return buildRunReport({ ...sources, log, baseline });
}

/** Searching texts for secrets takes long, so only those that are shown are searched. */
async function readLog(
  events: AsyncIterable<RunEvent>,
  hidden: (text: string) => string,
): Promise<CaseLog> {
  const log = new CaseLog();
  const answers = new Map<string, AnswerEvent>();
  for await (const event of events) {
    if (event.t === 'answer') {
      answers.set(event.job, event);
      if (event.answer) log.servedBy.add(hidden(event.answer.servedBy));
    }
    if (event.t !== 'score') continue;
    const isShown = event.outcome !== 'passed' && event.outcome !== 'skipped';
    const answer = answers.get(event.job);
    answers.delete(event.job);
    if (isShown && answer) log.add(redactEvent(answer, hidden));
    log.add(isShown ? redactEvent(event, hidden) : event);
  }
  return log;
}

function createRow(
  one: CaseSummary,
  name: string,
  { summary, calls }: OpenRun,
  bases: ReadonlyMap<string, Base>,
): ResultRow {
  const [first = ''] = summary.run.models;
  const { model = first } = one;
  const compared = summary.comparisons.find((c) => (c.model ?? model) === model);
  const base = compared && bases.get(compared.base)?.cases;
  // Models of one run are compared with its first.
  const before = base?.get(`${one.id}|${compared?.baseModel ?? model}`) ?? base?.get(`${one.id}|`);
  const made = calls.get(`${one.id}|${model}`);
  return {
    ...toResult(one),
    id: one.id,
    name,
    missing: one.missing ?? 0,
    model: one.model ?? null,
    tags: one.tags,
    group: one.group ?? null,
    flaky: one.flaky,
    latencyMs: made && made.n > 0 ? made.ms / made.n : null,
    cost: made?.cost ?? null,
    base: before ? toResult(before) : null,
  };
}

function toResult({ outcome, passed, repeats, score }: CaseSummary): CaseResult {
  return { outcome, passed, repeats, score };
}
