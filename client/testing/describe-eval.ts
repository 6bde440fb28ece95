import { describeCost } from '#app/eval/describe-cost.ts';
import type { EvalEstimate } from '#app/eval/estimate-eval.ts';
import type { FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { describeDetectableChange } from '#core/eval/compare/describe-detectable-change.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { describeAcceptancePart } from '#core/eval/report/acceptance.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
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

/** The result of an eval; `baseline` is what it was compared with. */
export function describeResult(
  { outcome, comparisons }: Pick<FinishedEval, 'outcome' | 'comparisons'>,
  baseline: string | null,
): string {
  const { summary, acceptance, conclusion, names } = outcome;
  const { end, durationMs } = summary;
  const lines = [
    summarizeRun(summary),
    `${describeCost(summary)} · ${(durationMs / 1000).toFixed(1)} s`,
  ];
  if (end === 'cancelled') lines.push('cancelled; finished cases are stored');
  if (end === 'budget') lines.push('stopped before exceeding the cost limit');
  if (end === 'failed') lines.push('stopped by an error; finished cases are stored');
  if (conclusion.kind === 'inconclusive' || conclusion.kind === 'undecided')
    lines.push(`${conclusion.kind}: ${conclusion.reason}`);
  else
    for (const part of acceptance.parts)
      if (part.met === false) lines.push(`not accepted: ${describeAcceptancePart(part, names)}`);
  if (conclusion.kind === 'accepted') lines.push('accepted');
  const verdict = describeVerdicts(comparisons);
  if (verdict !== null) lines.push(baseline === null ? verdict : `vs ${baseline}: ${verdict}`);
  for (const note of comparisons.flatMap((one) => listVerdictNotes(one, names)))
    lines.push(`  ${note}`);
  return lines.map((line) => `  ${line}`).join('\n');
}
