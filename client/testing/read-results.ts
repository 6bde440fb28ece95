import { sortAsPlanned } from '#app/eval/run-prepared.ts';
import type { PromptFile } from '#app/prompt/open-input.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { describeAcceptancePart, judgeAcceptance } from '#core/eval/report/acceptance.ts';
import { concludeRun, MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import { describeCost } from '#core/eval/report/describe-cost.ts';
import { Report } from '#core/eval/report/report.ts';
import { sliceCases } from '#core/eval/report/slices.ts';
import type { CaseSummary, Summary } from '#core/eval/report/summary.ts';
import type { StoredRun } from '#io/runs/run-store.ts';
import type { CaseResult, ResultRow, ResultsData, VerdictView } from '../results/messages.ts';
import { findRun, type OpenRun, openRun } from './open-run.ts';
import { summarizeRun } from './summarize-run.ts';

/** Reads a stored run for the results view. Throws UserError when it does not exist. */
export async function readResults(prompt: PromptFile, run: string): Promise<ResultsData> {
  const open = await openRun(prompt, run);
  const { summary, report, calls } = open;
  const bases = new Map<string, Map<string, CaseSummary>>();
  const names = new Map<string, string>();
  for (const { base } of summary.comparisons) {
    if (bases.has(base)) continue;
    const found = await findRun(open.store, base);
    bases.set(base, await readBaseCases(open, found));
    // It may be a run of another prompt.
    names.set(base, found?.summary ? `${found.summary.run.path} · ${base}` : base);
  }
  const rows = sortAsPlanned(report.cases(open.plan.cases), open.plan).map((one): ResultRow => {
    const model = one.model ?? summary.run.models[0] ?? '';
    const compared = summary.comparisons.find((c) => (c.model ?? model) === model);
    const base = compared && bases.get(compared.base);
    // Models of one run are compared with its first.
    const before =
      base?.get(`${one.id}|${compared?.baseModel ?? model}`) ?? base?.get(`${one.id}|`);
    const made = calls.get(`${one.id}|${model}`);
    return {
      ...toResult(one),
      id: one.id,
      model: one.model ?? null,
      tags: one.tags,
      group: one.group ?? null,
      flaky: one.flaky,
      latencyMs: made && made.n > 0 ? made.ms / made.n : null,
      cost: made?.cost ?? null,
      base: before ? toResult(before) : null,
    };
  });
  return {
    path: open.path,
    run,
    at: summary.run.at,
    models: summary.run.models,
    repeat: summary.run.repeat,
    summary: summarizeRun(summary),
    spent: describeSpending(summary),
    end: summary.end ?? 'cut off',
    missed: listMissedCriteria(open),
    verdicts: summary.comparisons.map((one) => toVerdictView(one, names.get(one.base) ?? one.base)),
    slices: sliceCases(rows),
    rows,
  };
}

/** The cases of the baseline by id and model; without a model where the baseline has a single one. */
async function readBaseCases(
  open: OpenRun,
  base: StoredRun | undefined,
): Promise<Map<string, CaseSummary>> {
  // Its stored results are by other evaluators: the comparison judged the answers again and stored only totals.
  if (base?.summary?.run.hashes.checks !== open.summary.run.hashes.checks) return new Map();
  const report = new Report();
  for await (const event of open.store.events(base.promptId, base.id)) report.add(event);
  return new Map(report.cases().map((one) => [`${one.id}|${one.model ?? ''}`, one]));
}

function toResult({ outcome, passed, repeats, score }: CaseSummary): CaseResult {
  return { outcome, passed, repeats, score };
}

function toVerdictView(comparison: Comparison, name: string): VerdictView {
  const { model = null, baseModel, verdict, delta, interval, margin } = comparison;
  const text = describeVerdict(comparison);
  const notes = listVerdictNotes(comparison);
  return { model, base: baseModel ?? name, verdict, text, notes, delta, interval, margin };
}

function listMissedCriteria({ plan: made, summary, report }: OpenRun): string[] | null {
  const must = new Set(made.cases.filter((one) => one.must).map(({ id }) => id));
  const [first] = summary.run.models;
  const own = report
    .cases(made.cases)
    .filter(({ model }) => model === undefined || model === first);
  const judged = judgeAcceptance(made.document.acceptance, summary, own, must);
  const { kind } = concludeRun(summary, judged, MAX_ERROR_RATE);
  if (kind === 'inconclusive' || kind === 'undecided') return null;
  return judged.parts
    .filter(({ met }) => met === false)
    .map((part) => describeAcceptancePart(part));
}

function describeSpending(summary: Summary): string {
  const { durationMs, latency } = summary;
  const calls = latency
    ? ` · p50 ${Math.round(latency.p50)} ms, p95 ${Math.round(latency.p95)} ms per call`
    : '';
  return `${describeCost(summary)} · ${(durationMs / 1000).toFixed(1)} s${calls}`;
}
