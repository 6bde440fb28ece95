import { HOLDOUT } from '#core/eval/plan/holdout.ts';
import { describeChanges } from '#core/eval/report/change-log.ts';
import { describeAnswerTokens, describeCost } from '#core/eval/report/describe-cost.ts';
import type { RunReport } from '#core/eval/report/run-report.ts';
import { isWorse } from '#core/eval/report/slices.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { describeSlice } from '#core/eval/report/tabulate-slices.ts';
import { formatDuration } from '#core/format-duration.ts';
import { formatPercent } from '#core/format-percent.ts';
import { formatDollars } from '#core/models/figures.ts';
import { type Terminal, wrapText } from '../terminal.ts';
import { pluralize } from './findings-plain.ts';
import { oneLine } from './one-line.ts';

/** Tags that are significantly worse than the rest (the holdout always), then what a run cost and took. */
export function printCostAndTags(report: RunReport, terminal: Terminal): void {
  const tags = report.slices.filter((slice) => isWorse(slice) || slice.name === HOLDOUT);
  const lines = [...tags.map(describeSlice), ...listTotals(report)];
  for (const text of lines)
    for (const line of wrapText(oneLine(text), terminal.width - 2)) terminal.print(`  ${line}`);
  const { servedBy } = report;
  if (servedBy.length === 0) return;
  const names = oneLine(servedBy.slice(0, 3).join(', '));
  terminal.print(terminal.style(`  answered by ${names}`, 'dim'));
}

function listTotals({ summary }: RunReport): string[] {
  const { totals, latency, metrics, durationMs, run, early, tries, results } = summary;
  const means = Object.entries(metrics).map(([name, mean]) => `${name} ${mean.toFixed(2)}`);
  const times = latency
    ? ` · p50 ${formatDuration(latency.p50)}, p95 ${formatDuration(latency.p95)} per call`
    : '';
  return [
    ...(tries
      ? [`pass@${tries.k} ${formatPercent(tries.any)}, pass^${tries.k} ${formatPercent(tries.all)}`]
      : []),
    ...(means.length > 0 ? [`mean scores: ${means.join(', ')}`] : []),
    ...describeChanges(results),
    `answers: ${describeAnswerTokens(totals)} · ${describeCost({ run, totals }, true)} · ${formatDuration(durationMs)}${times}`,
    ...(early
      ? [
          `stopped early because the verdict is certain: ${pluralize(early.calls, 'call')} saved${early.cost === null ? '' : `, ≈ ${formatDollars(early.cost)}`}`,
        ]
      : []),
  ];
}

/** The total of several runs. */
export function printTotal(runs: readonly Summary[], terminal: Terminal): void {
  const sum = (count: (totals: Summary['totals']) => number): number =>
    runs.reduce((total, { totals: t }) => total + count(t), 0);
  const paid = runs.filter(({ run }) => !run.replay);
  const cost = paid.reduce<number | null>(
    (total, { totals: t }) => (total === null || t.cost === null ? null : total + t.cost),
    0,
  );
  const missing = sum((t) => t.errored);
  const counts = `${sum((t) => t.passed)} passed, ${sum((t) => t.failed)} failed${missing > 0 ? `, ${missing} without an answer` : ''}`;
  const [first] = paid;
  const spent = first
    ? describeCost({
        run: { ...first.run, expectedCost: 0 },
        totals: totalCost(paid, cost),
      })
    : 'nothing spent (recordings)';
  const time = formatDuration(runs.reduce((total, { durationMs }) => total + durationMs, 0));
  terminal.print();
  terminal.print(
    `${terminal.style(pluralize(runs.length, 'prompt'), 'bold')}: ${counts} · ${spent} · ${time}`,
  );
}

/** The totals of the first run with the cost of all. */
function totalCost(runs: readonly Summary[], cost: number | null): Summary['totals'] {
  const [first] = runs;
  if (!first) throw new Error('no runs');
  const { judges: _, charged: __, ...totals } = first.totals;
  const unknownCalls = runs.reduce((sum, { totals: t }) => sum + t.unknownCalls, 0);
  return { ...totals, cost, unknownCalls };
}
