import type { EvalOutcome } from '#app/eval/eval-event.ts';
import { formatPoints } from '#core/eval/compare/describe-verdict.ts';
import { HOLDOUT } from '#core/eval/plan/holdout.ts';
import { describeAnswerTokens, describeCost } from '#core/eval/report/describe-cost.ts';
import { isWorse, sliceCases } from '#core/eval/report/slices.ts';
import type { CaseSummary, Summary } from '#core/eval/report/summary.ts';
import { formatPercent, formatPercentNumber } from '#core/format-percent.ts';
import { formatDollars } from '#core/models/figures.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Terminal } from '../terminal.ts';
import { dollarsOrUnknown } from './figures.ts';
import { pluralize } from './findings-plain.ts';

/** The figures of a run. */
export function printTotals(
  { summary, cases, log }: Pick<EvalOutcome, 'summary' | 'cases' | 'log'>,
  terminal: Terminal,
): void {
  terminal.print();
  for (const line of listTotals(summary, terminal)) terminal.print(`  ${line}`);
  for (const line of listSlices(cases)) terminal.print(`  ${line}`);
  const served = [...log.servedBy].filter((name) => name !== '');
  if (served.length > 0)
    terminal.print(terminal.style(`  answered by ${served.slice(0, 3).join(', ')}`, 'dim'));
}

/** The total of several runs. */
export function printTotal(runs: readonly Summary[], terminal: Terminal): void {
  const sum = (count: (totals: Summary['totals']) => number): number =>
    runs.reduce((total, { totals: t }) => total + count(t), 0);
  const cost = runs.reduce<number | null>((total, { totals: t, run }) => {
    const spent = run.replay ? 0 : t.cost;
    return total === null || spent === null ? null : total + spent;
  }, 0);
  const errored = sum((t) => t.errored);
  const counts = `${sum((t) => t.passed)} passed, ${sum((t) => t.failed)} failed${errored > 0 ? `, ${errored} errored` : ''}`;
  const spent = runs.every(({ run }) => run.replay)
    ? 'nothing spent (recordings)'
    : `cost ${dollarsOrUnknown(cost)}`;
  const time = seconds(runs.reduce((total, { durationMs }) => total + durationMs, 0));
  terminal.print();
  terminal.print(
    `${terminal.style(pluralize(runs.length, 'prompt'), 'bold')}: ${counts} · ${spent} · ${time}`,
  );
}

/** Tags that are significantly worse than the rest; the holdout always. */
function listSlices(cases: readonly CaseSummary[]): string[] {
  return sliceCases(cases).flatMap((slice) => {
    const { name, model, cases: n, rate, gap } = slice;
    if (!gap || !(isWorse(slice) || name === HOLDOUT)) return [];
    const where = `tag ${escapeForTerminal(name)}${model === undefined ? '' : `, ${model}`}`;
    return `${where}: ${formatPercent(rate)} of ${pluralize(n, 'case')} pass, ${formatPoints(gap.value)} points compared with the rest (95 % CI ${formatPoints(gap.low)} to ${formatPoints(gap.high)})`;
  });
}

function listTotals(
  { totals: t, passRate, latency, metrics, durationMs, end, run, early, tries }: Summary,
  terminal: Terminal,
): string[] {
  const parts = [
    terminal.style(`${t.passed} passed`, 'green'),
    t.failed > 0 ? terminal.style(`${t.failed} failed`, 'red') : '',
    t.errored > 0 ? terminal.style(`${t.errored} errored`, 'red', 'bold') : '',
    t.skipped > 0 ? `${t.skipped} skipped` : '',
    t.noChecks > 0 ? terminal.style(`${t.noChecks} without checks`, 'yellow') : '',
  ].filter((part) => part !== '');
  const rate = passRate
    ? ` · pass rate ${formatPercent(passRate.value)} (95 % CI ${formatPercentNumber(passRate.low)}–${formatPercent(passRate.high)})`
    : '';
  const lines = [parts.join(', ') + rate];
  if (tries)
    lines.push(
      `pass@${tries.k} ${formatPercent(tries.any)}, pass^${tries.k} ${formatPercent(tries.all)}`,
    );
  const named = Object.entries(metrics).map(([name, mean]) => `${name} ${mean.toFixed(2)}`);
  if (named.length > 0) lines.push(`mean scores: ${named.join(', ')}`);
  const times = latency
    ? ` · p50 ${seconds(latency.p50)}, p95 ${seconds(latency.p95)} per call`
    : '';
  lines.push(
    `answers: ${describeAnswerTokens(t)} · ${describeCost({ run, totals: t }, true)} · ${seconds(durationMs)}${times}`,
  );
  if (early)
    lines.push(
      `stopped early because the verdict is certain: ${pluralize(early.calls, 'call')} saved${early.cost === null ? '' : `, ≈ ${formatDollars(early.cost)}`}`,
    );
  if (end === 'cancelled')
    lines.push(
      terminal.style('interrupted; finished cases are stored, continue with --resume', 'yellow'),
    );
  if (end === 'budget')
    lines.push(
      terminal.style(
        'stopped before exceeding the cost limit; finished cases are stored',
        'yellow',
      ),
    );
  return lines;
}

function seconds(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
