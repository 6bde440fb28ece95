import { comparisonFields } from '#app/eval/compare-outcome.ts';
import { openInput, type PromptFile } from '#app/prompt/open-input.ts';
import { collectRows, pathInProject } from '#app/prompt/prompt-input.ts';
import type { Comparison } from '#core/eval/compare/compare.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { renderCsvReport } from '#core/eval/export/csv.ts';
import { renderHtmlReport } from '#core/eval/export/html.ts';
import { renderJunitReport } from '#core/eval/export/junit.ts';
import { recordRun } from '#core/eval/export/run-record.ts';
import { derivePromptId, parseJobId } from '#core/eval/ids.ts';
import { createPlan, type Plan } from '#core/eval/plan/plan.ts';
import { describeAcceptancePart, judgeAcceptance } from '#core/eval/report/acceptance.ts';
import { type CaseSummary, Report, type Summary } from '#core/eval/report/report.ts';
import { sliceCases } from '#core/eval/report/slices.ts';
import type { AnswerEvent, ScoreEvent } from '#core/eval/run-event.ts';
import { formatDollars } from '#core/models/figures.ts';
import { UserError } from '#core/user-error.ts';
import { getDataFolder } from '#io/data-folder.ts';
import { RunStore, type StoredRun } from '#io/runs/run-store.ts';
import { createSecretMask } from '#io/secrets.ts';
import type {
  CaseCall,
  CaseDetail,
  CaseResult,
  ResultRow,
  ResultsData,
  VerdictView,
} from '../results/messages.ts';
import { summarizeRun } from './summarize-run.ts';

/** Answers are shown up to this length. */
const SHOWN = 20_000;

/** A stored run with what the prompt file says of its cases. */
interface OpenRun {
  readonly path: string;
  readonly store: RunStore;
  readonly plan: Plan;
  readonly summary: Summary & { readonly comparisons: readonly Comparison[] };
  readonly report: Report;
  readonly calls: ReadonlyMap<string, { ms: number; n: number; cost: number | null }>;
}

/** A stored run as the results view shows it. Throws UserError when it is not there. */
export async function readResults(prompt: PromptFile, run: string): Promise<ResultsData> {
  const open = await openRun(prompt, run);
  const { summary, report, calls } = open;
  const bases = new Map<string, Map<string, CaseSummary>>();
  const names = new Map<string, string>();
  for (const { base } of summary.comparisons) {
    if (bases.has(base)) continue;
    const found = await findRun(open.store, base);
    bases.set(base, await casesOfBase(open, found));
    // It may have been another prompt's run.
    names.set(base, found?.summary ? `${found.summary.run.path} · ${base}` : base);
  }
  const rows = inOrder(report.cases(open.plan.cases), open.plan).map((one): ResultRow => {
    const model = one.model ?? summary.run.models[0] ?? '';
    const compared = summary.comparisons.find((c) => (c.model ?? model) === model);
    const base = compared && bases.get(compared.base);
    // Models of one run are compared with its first.
    const before =
      base?.get(`${one.id}|${compared?.baseModel ?? model}`) ?? base?.get(`${one.id}|`);
    const made = calls.get(`${one.id}|${model}`);
    return {
      ...resultOf(one),
      id: one.id,
      model: one.model ?? null,
      tags: one.tags,
      group: one.group ?? null,
      flaky: one.flaky,
      latencyMs: made && made.n > 0 ? made.ms / made.n : null,
      cost: made?.cost ?? null,
      base: before ? resultOf(before) : null,
    };
  });
  return {
    path: open.path,
    run,
    at: summary.run.at,
    models: summary.run.models,
    repeat: summary.run.repeat,
    summary: summarizeRun(summary),
    spent: spentText(summary),
    end: summary.end ?? 'cut off',
    missed: missedOf(open),
    verdicts: summary.comparisons.map((one) => verdictView(one, names.get(one.base) ?? one.base)),
    slices: sliceCases(rows),
    rows,
  };
}

/** One case of a stored run, with its answers and those of the baseline. */
export async function readCase(
  prompt: PromptFile,
  run: string,
  id: string,
  model: string | null,
): Promise<CaseDetail> {
  const open = await openRun(prompt, run);
  const { summary, store } = open;
  const name = model ?? summary.run.models[0] ?? '';
  const compared = summary.comparisons.find((c) => (c.model ?? name) === name);
  const base = compared && (await findRun(store, compared.base));
  const before = base?.summary?.run;
  const other = compared?.baseModel ?? (before?.models.length === 1 ? before.models[0] : name);
  const row = open.plan.cases.find((one) => one.id === id)?.row;
  return {
    id,
    model,
    values: [...(row?.values.values() ?? [])].map(({ name: key, text }) => [key, text]),
    calls: await callsOf(store, summary.run.promptId, run, id, name),
    base: base ? await callsOf(store, base.promptId, base.id, id, other ?? name) : [],
  };
}

/** What a stored run is exported as; the names of the command line. */
export type ExportFormat = 'html' | 'csv' | 'junit' | 'json';

/** A stored run as a text. Throws UserError when its rows are not those of the file any more. */
export async function exportRun(
  prompt: PromptFile,
  run: string,
  format: ExportFormat,
): Promise<string> {
  const { path, plan: made, summary, store, report } = await openRun(prompt, run);
  if (made.hashes.data !== summary.run.hashes.data)
    throw new UserError(
      `${path}: its test rows have changed since run ${run}: evaluate it again, then export.`,
    );
  const cases = inOrder(report.cases(made.cases), made);
  const { comparisons: _, ...own } = summary;
  if (format === 'json')
    return `${JSON.stringify({ ...own, ...comparisonFields(summary.comparisons), cases }, null, 2)}\n`;
  const events = store.events(summary.run.promptId, run);
  const { models, repeat } = summary.run;
  const targets = models.map((id) => ({ id, provider: '', origin: '', model: id }));
  const whole = { ...made, models: targets, repeat };
  const hidden = await createSecretMask(made.document);
  const records = [await recordRun({ path, summary, cases }, whole, events, hidden)];
  switch (format) {
    case 'html':
      return renderHtmlReport(records);
    case 'csv':
      return renderCsvReport(records);
    case 'junit':
      return renderJunitReport(records);
    default:
      return format satisfies never;
  }
}

async function openRun(prompt: PromptFile, run: string): Promise<OpenRun> {
  const input = await openInput(prompt);
  const store = new RunStore(getDataFolder(input.project.root));
  const id = derivePromptId(pathInProject(input), input.prompt.id);
  const stored = (await store.list(id)).find((one) => one.id === run);
  if (!stored) throw new UserError(`${input.path}: run ${run} is not stored any more.`);
  const report = new Report();
  const calls = new Map<string, { ms: number; n: number; cost: number | null }>();
  for await (const event of store.events(id, run)) {
    report.add(event);
    if (event.t === 'answer') addCall(calls, event);
  }
  const summary = stored.summary ?? report.summary();
  if (!summary) throw new UserError(`${input.path}: run ${run} has no beginning.`);
  return {
    path: input.path,
    store,
    plan: createPlan(input.prompt, { rows: collectRows(input), models: [] }),
    summary: { ...summary, comparisons: comparisonsOf(summary) },
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

/** A comparison is added to the summary of a compared run. */
function comparisonsOf(summary: object): readonly Comparison[] {
  const { comparison, comparisons } = summary as {
    comparison?: Comparison;
    comparisons?: readonly Comparison[];
  };
  return comparisons ?? (comparison ? [comparison] : []);
}

async function findRun(store: RunStore, id: string): Promise<StoredRun | undefined> {
  return (await store.list()).find((one) => one.id === id);
}

/** By case and model; where the baseline has one model, it stands for each. */
async function casesOfBase(
  open: OpenRun,
  base: StoredRun | undefined,
): Promise<Map<string, CaseSummary>> {
  // Its stored verdicts are by other evaluators: the comparison judged them anew and kept the sum only.
  if (base?.summary?.run.hashes.checks !== open.summary.run.hashes.checks) return new Map();
  const report = new Report();
  for await (const event of open.store.events(base.promptId, base.id)) report.add(event);
  return new Map(report.cases().map((one) => [`${one.id}|${one.model ?? ''}`, one]));
}

async function callsOf(
  store: RunStore,
  prompt: string,
  run: string,
  id: string,
  model: string,
): Promise<CaseCall[]> {
  const answers = new Map<number, AnswerEvent>();
  const scores = new Map<number, ScoreEvent>();
  for await (const event of store.events(prompt, run)) {
    if (event.t !== 'answer' && event.t !== 'score') continue;
    const key = parseJobId(event.job);
    if (key?.case !== id || key.model !== model) continue;
    if (event.t === 'answer') answers.set(key.repeat, event);
    else scores.set(key.repeat, event);
  }
  return [...scores.keys()]
    .sort((a, b) => a - b)
    .map((repeat) => ({
      answer: answers.get(repeat)?.answer?.text.slice(0, SHOWN) ?? null,
      error: answers.get(repeat)?.error?.message ?? null,
      results: scores.get(repeat)?.results ?? [],
    }));
}

function inOrder(cases: readonly CaseSummary[], { cases: planned }: Plan): CaseSummary[] {
  const place = new Map(planned.map(({ id }, i) => [id, i]));
  const last = planned.length;
  return [...cases].sort((a, b) => (place.get(a.id) ?? last) - (place.get(b.id) ?? last));
}

function resultOf({ outcome, passed, repeats, score }: CaseSummary): CaseResult {
  return { outcome, passed, repeats, score };
}

function verdictView(comparison: Comparison, name: string): VerdictView {
  const { model = null, baseModel, verdict, delta, interval, margin } = comparison;
  const text = describeVerdict(comparison);
  const notes = listVerdictNotes(comparison);
  return { model, base: baseModel ?? name, verdict, text, notes, delta, interval, margin };
}

function missedOf({ plan: made, summary, report }: OpenRun): string[] | null {
  const must = new Set(made.cases.filter((one) => one.must).map(({ id }) => id));
  const cases = report.cases(made.cases);
  const judged = judgeAcceptance(made.document.acceptance, summary, cases, must);
  if (!judged) return null;
  return judged.parts.filter(({ met }) => met === false).map(describeAcceptancePart);
}

function spentText({ run, totals, durationMs, latency }: Summary): string {
  const cost = run.replay
    ? 'nothing spent (recordings)'
    : totals.cost === null
      ? 'cost unknown'
      : `cost ${formatDollars(totals.cost)}`;
  const calls = latency
    ? ` · p50 ${Math.round(latency.p50)} ms, p95 ${Math.round(latency.p95)} ms a call`
    : '';
  return `${cost} · ${(durationMs / 1000).toFixed(1)} s${calls}`;
}
