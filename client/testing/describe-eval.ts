import type { EvalEstimate } from '#app/eval/estimate-eval.ts';
import type { EvalOutcome, FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { describeDetectableChange } from '#core/eval/compare/describe-detectable-change.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { describeAcceptancePart } from '#core/eval/report/acceptance.ts';
import { describeCost } from '#core/eval/report/describe-cost.ts';
import { isPartialRun } from '#core/eval/report/is-partial-run.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { OUTCOMES, writeHeadline } from './headline.ts';
import { summarizeRun } from './summarize-run.ts';

/** The expected cost: `50 calls, ≈ $0.04 (up to $0.11)`. */
export function describeEstimate(estimate: EvalEstimate): string {
  const { isFree, calls, cost, highest, unknownPrices } = estimate;
  if (isFree || calls === 0) return 'no calls, no cost';
  const made = `${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`;
  if (cost === null) return `${made}, cost unknown (no price for ${unknownPrices.join(', ')})`;
  const most = highest !== null && highest > cost ? ` (up to ${formatDollars(highest)})` : '';
  return `${made}, ≈ ${formatDollars(cost)}${most}`;
}

/** What an eval will run, shown before its first call. */
export function describePlan({ prepared, chosen, estimate, margin }: PlannedEval): string {
  const { plan, path, isReplay } = prepared;
  const models = plan.models.map(({ id }) => id).join(', ');
  const cases = `${formatCount(plan.cases.length)} ${plan.cases.length === 1 ? 'case' : 'cases'}`;
  const repeats = plan.repeat > 1 ? ` × ${plan.repeat}` : '';
  const versus = chosen ? ` vs ${chosen.name}` : '';
  const first = chosen?.baseline.kind === 'to-run' ? `, ${chosen.name} runs first` : '';
  const cost = isReplay ? 'answers from recordings, no cost' : describeEstimate(estimate);
  const detectable = chosen ? `\n  ${describeDetectableChange(plan, margin)}` : '';
  return `${path}: ${cases}${repeats} on ${models}${versus}\n  ${cost}${first}${detectable}`;
}

/** The verdict in one sentence, for several models each with its name; null without a comparison. */
export function describeVerdicts(comparisons: readonly Comparison[]): string | null {
  if (comparisons.length === 0) return null;
  return comparisons
    .map((one) => (one.model === undefined ? '' : `${one.model}: `) + describeVerdict(one))
    .join('; ');
}

/** The result of an eval, its headline first; `baseline` is what it was compared with. */
export function describeResult(
  finished: Pick<FinishedEval, 'outcome' | 'comparisons'>,
  baseline: string | null,
): string {
  const { outcome, comparisons } = finished;
  const { summary } = outcome;
  const spent = `${describeCost(summary)} · ${(summary.durationMs / 1000).toFixed(1)} s`;
  const isOneCase = isPartialRun(summary) && outcome.cases.length === 1 && summary.end === 'done';
  const lines = isOneCase ? [] : [writeHeadline(finished, baseline).text];
  if (isPartialRun(summary)) lines.push(...listCaseResults(outcome), spent);
  else if (summary.end !== 'done') lines.push('finished cases are stored', spent);
  else {
    lines.push(summarizeRun(summary), spent, ...listMissedParts(outcome));
    const verdict = describeVerdicts(comparisons);
    if (verdict !== null) lines.push(baseline === null ? verdict : `vs ${baseline}: ${verdict}`);
    for (const note of comparisons.flatMap((one) => listVerdictNotes(one, outcome.names)))
      lines.push(`  ${note}`);
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

/** What keeps a conclusive run from being accepted. */
function listMissedParts({ acceptance, conclusion, names }: EvalOutcome): string[] {
  if (conclusion.kind !== 'not-accepted') return [];
  return acceptance.parts
    .filter(({ met }) => met === false)
    .map((part) => `not accepted: ${describeAcceptancePart(part, names)}`);
}

/** Selected cases that are listed. */
const MAX_LISTED = 20;

/** The result of each selected case, with the reasons of a failure. */
function listCaseResults({ cases, names, log, summary }: EvalOutcome): string[] {
  const shown = cases.slice(0, MAX_LISTED).flatMap(({ id, model, outcome }) => {
    const name = `${names.get(id) ?? id}${model === undefined ? '' : ` on ${model}`}`;
    const failure = log.findFailure(id, model ?? summary.run.models[0] ?? '');
    const reasons = (failure?.results ?? []).map(
      (result) => `  ${result.name}: ${result.error ?? result.detail}`,
    );
    const error = failure?.error === undefined ? [] : [`  ${failure.error.message}`];
    return [`${name} ${OUTCOMES[outcome]}`, ...error, ...reasons];
  });
  const more = cases.length - MAX_LISTED;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}
