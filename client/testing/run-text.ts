import type { EvalEstimate } from '#app/eval/estimate.ts';
import type { FinishedEval, ReadyEval } from '#app/eval/prepare-eval.ts';
import type { Comparison } from '#core/eval/compare/compare.ts';
import { describeDetectableChange } from '#core/eval/compare/describe-detectable-change.ts';
import { describeVerdict, listVerdictNotes } from '#core/eval/compare/describe-verdict.ts';
import { describeAcceptancePart } from '#core/eval/report/acceptance.ts';
import { count, dollars } from '#core/models/figures.ts';
import { passedText } from './passed-text.ts';

/** What is expected to be spent: `50 calls, ≈ $0.04 (up to $0.11)`. */
export function estimateText({
  isFree,
  calls,
  cost,
  highest,
  unknownPrices,
}: EvalEstimate): string {
  if (isFree || calls === 0) return 'no call, nothing is spent';
  const made = `${count(calls)} ${calls === 1 ? 'call' : 'calls'}`;
  if (cost === null) return `${made}, cost unknown (no price for ${unknownPrices.join(', ')})`;
  const most = highest !== null && highest > cost ? ` (up to ${dollars(highest)})` : '';
  return `${made}, ≈ ${dollars(cost)}${most}`;
}

/** Said before a prompt's first call. */
export function beginning(ready: ReadyEval): string {
  const { session, baseline, baselineName, estimate, margin } = ready;
  const { plan, path, isReplay } = session;
  const models = plan.models.map(({ id }) => id).join(', ');
  const cases = `${count(plan.cases.length)} ${plan.cases.length === 1 ? 'case' : 'cases'}`;
  const repeats = plan.repeat > 1 ? ` × ${plan.repeat}` : '';
  const versus = baselineName === null ? '' : ` vs ${baselineName}`;
  const first = baseline?.kind === 'to-run' ? `, ${baselineName} runs first` : '';
  const spent = isReplay ? 'answers from recordings, nothing is spent' : estimateText(estimate);
  const tells = baseline ? `\n  ${describeDetectableChange(plan, margin)}` : '';
  return `${path}: ${cases}${repeats} on ${models}${versus}\n  ${spent}${first}${tells}`;
}

/** The verdict in one sentence; of several models each with its name. */
export function verdictLine(comparisons: readonly Comparison[]): string | null {
  if (comparisons.length === 0) return null;
  return comparisons
    .map((one) => (one.model === undefined ? '' : `${one.model}: `) + describeVerdict(one))
    .join('; ');
}

/** Said when a prompt is done. */
export function ending({ outcome, comparisons }: FinishedEval, name: string | null): string {
  const { summary, acceptance } = outcome;
  const { totals, run, end, durationMs } = summary;
  const cost = run.replay
    ? 'nothing spent (recordings)'
    : totals.cost === null
      ? 'cost unknown'
      : `cost ${dollars(totals.cost)}`;
  const lines = [passedText(summary), `${cost} · ${(durationMs / 1000).toFixed(1)} s`];
  if (end === 'cancelled') lines.push('cancelled: finished cases are kept');
  if (end === 'budget') lines.push('stopped before the cost limit was crossed');
  if (end === 'failed') lines.push('stopped by an error; finished cases are kept');
  for (const part of acceptance?.parts ?? [])
    if (part.met === false) lines.push(`not accepted: ${describeAcceptancePart(part)}`);
  if (acceptance?.met) lines.push('accepted');
  const verdict = verdictLine(comparisons);
  if (verdict !== null) lines.push(name === null ? verdict : `vs ${name}: ${verdict}`);
  for (const note of comparisons.flatMap(listVerdictNotes)) lines.push(`  ${note}`);
  return lines.map((line) => `  ${line}`).join('\n');
}
