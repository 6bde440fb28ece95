import { HOLDOUT } from '#app/eval/case-filter.ts';
import type { EvalOutcome } from '#app/eval/eval-event.ts';
import type { PreparedEval } from '#app/eval/prepare-eval.ts';
import { formatPoints } from '#core/eval/compare/describe-verdict.ts';
import type { Failure } from '#core/eval/report/case-log.ts';
import type { CaseSummary, Summary } from '#core/eval/report/report.ts';
import { sliceByModel } from '#core/eval/report/slices.ts';
import { formatPercent, formatPercentNumber } from '#core/format-percent.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { cutToWidth, measureColumns, type Terminal, wrapText } from '../terminal.ts';

import { dollarsOrUnknown } from './figures.ts';
import { pluralize } from './findings-plain.ts';

/** What a run will call and cost, said before the first call. */
export function printForecast(
  { path, plan, runEstimate, isReplay }: PreparedEval,
  terminal: Terminal,
): void {
  const { calls, kept, tokens, cost, unknownPrices, selfJudged, exact } = runEstimate;
  const models = plan.models.map(({ id }) => id).join(', ');
  const repeats = plan.repeat > 1 ? ` × ${plan.repeat}` : '';
  terminal.print(
    `${terminal.style(path, 'bold')}  ${models}, ${pluralize(plan.cases.length, 'case')}${repeats}`,
  );
  const judges = calls.judges > 0 ? ` and ${pluralize(calls.judges, 'judge call')}` : '';
  const price = cost
    ? `≈ ${formatDollars(cost.median)} (${formatDollars(cost.min)} to ${formatDollars(cost.max)})`
    : `cost unknown (no price for ${unknownPrices.join(', ')})`;
  const spent = isReplay
    ? 'from recordings: nothing is called and nothing is spent'
    : `${pluralize(calls.answers, 'call')}${judges}, ${exact ? '' : '≈ '}${formatCount(tokens.input)} input tokens, ${price}`;
  terminal.print(terminal.style(`  ${spent}`, 'dim'));
  if (kept > 0)
    terminal.print(
      terminal.style(
        `  ${pluralize(kept, 'answer')} from the cache: the same was asked before; --no-cache asks again`,
        'dim',
      ),
    );
  if (selfJudged.length > 0)
    terminal.note(
      `  note: ${selfJudged.join(', ')} judges its own answers: another model as judge is fairer`,
    );
}

/** A run's cases and figures. */
export function printRun(
  { summary, cases, log }: Pick<EvalOutcome, 'summary' | 'cases' | 'log'>,
  terminal: Terminal,
): void {
  const several = summary.run.models.length > 1;
  const width = Math.min(44, Math.max(...cases.map(({ id }) => measureColumns(id)), 8));
  for (const one of cases) {
    terminal.print(caseLine(one, width, several, summary.run.repeat, terminal));
    const failure =
      one.outcome === 'passed'
        ? undefined
        : log.findFailure(one.id, one.model ?? summary.run.models[0] ?? '');
    if (failure) printFailure(failure, summary.run.repeat, terminal);
  }
  terminal.print();
  for (const line of totals(summary, terminal)) terminal.print(`  ${line}`);
  for (const line of slices(cases)) terminal.print(`  ${line}`);
  const served = [...log.servedBy].filter((name) => name !== '');
  if (served.length > 0)
    terminal.print(terminal.style(`  answered by ${served.slice(0, 3).join(', ')}`, 'dim'));
}

/** What several runs came to. */
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

function caseLine(
  { id, model, outcome, passed, repeats, flaky, tags }: CaseSummary,
  width: number,
  several: boolean,
  repeat: number,
  terminal: Terminal,
): string {
  const marks = {
    passed: terminal.style('✓', 'green'),
    failed: terminal.style('✗', 'red'),
    errored: terminal.style('!', 'red', 'bold'),
    skipped: terminal.style('–', 'dim'),
    'no-checks': terminal.style('?', 'yellow'),
  } as const;
  const name = cutToWidth(escapeForTerminal(id), width);
  const gap = ' '.repeat(Math.max(0, width - measureColumns(name)));
  const notes = [
    several ? (model ?? '') : '',
    repeat > 1 && outcome !== 'skipped' ? `${passed}/${repeats}` : '',
    flaky !== null && flaky > 0 ? 'flaky' : '',
    outcome === 'errored' || outcome === 'skipped' ? outcome : '',
    outcome === 'no-checks' ? 'no checks: nothing says what a good answer is' : '',
    tags.join(', '),
  ].filter((note) => note !== '');
  return `  ${marks[outcome]} ${name}${gap}  ${terminal.style(notes.join('  '), 'dim')}`.trimEnd();
}

function printFailure(
  { results, answer, error, repeat }: Failure,
  repeats: number,
  terminal: Terminal,
): void {
  const which = repeats > 1 ? ` (repeat ${repeat + 1})` : '';
  if (error !== undefined)
    for (const line of wrapText(escapeForTerminal(error), terminal.width - 8))
      terminal.print(`      ${terminal.style(line, 'red')}`);
  for (const result of results) {
    const said = result.error ?? result.detail;
    const [first = '', ...rest] = wrapText(
      `${result.name}${which}: ${escapeForTerminal(said)}`,
      terminal.width - 8,
    );
    terminal.print(
      `      ${terminal.style(result.error === undefined ? '✗' : '!', 'red')} ${first}`,
    );
    for (const line of rest) terminal.print(`        ${line}`);
    if (result.actual !== undefined)
      terminal.print(
        terminal.style(`        got: ${oneLine(result.actual, terminal.width - 16)}`, 'dim'),
      );
  }
  if (answer !== undefined && results.length > 0)
    terminal.print(
      terminal.style(`        answer: ${oneLine(answer, terminal.width - 20)}`, 'dim'),
    );
}

function oneLine(text: string, width: number): string {
  return text.trim() === ''
    ? '(empty)'
    : cutToWidth(escapeForTerminal(text.trim().replace(/\s+/g, ' ')), width);
}

/** Tags and groups that are worse than the rest beyond chance, and the holdout, whatever it says. */
function slices(cases: readonly CaseSummary[]): string[] {
  return sliceByModel(cases).flatMap(({ kind, name, model, cases: n, rate, gap }) => {
    if (!gap || (gap.high >= 0 && !(kind === 'tag' && name === HOLDOUT))) return [];
    const where = `${kind} ${escapeForTerminal(name)}${model === undefined ? '' : `, ${model}`}`;
    return `${where}: ${formatPercent(rate)} of ${pluralize(n, 'case')} pass, ${formatPoints(gap.value)} points beside the rest (95 % interval ${formatPoints(gap.low)} to ${formatPoints(gap.high)})`;
  });
}

function totals(
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
    ? ` · pass rate ${formatPercent(passRate.value)} (95 % interval ${formatPercentNumber(passRate.low)}–${formatPercent(passRate.high)})`
    : '';
  const lines = [parts.join(', ') + rate];
  if (tries)
    lines.push(
      `of ${tries.k} tries at least one passes ${formatPercent(tries.any)}, all of them ${formatPercent(tries.all)} of the time`,
    );
  const named = Object.entries(metrics).map(([name, mean]) => `${name} ${mean.toFixed(2)}`);
  if (named.length > 0) lines.push(`mean scores: ${named.join(', ')}`);
  const times = latency ? ` · p50 ${seconds(latency.p50)}, p95 ${seconds(latency.p95)} a call` : '';
  const cost = run.replay
    ? 'nothing spent (recordings)'
    : t.cost === null
      ? 'cost unknown'
      : `cost ${dollarsOrUnknown(t.cost)}${t.cost > 0 && t.passed > 0 ? `, ${formatDollars(t.cost / t.passed)} a passed case` : ''}`;
  lines.push(
    `${formatCount(t.tokens.input)} tokens in, ${formatCount(t.tokens.output)} out · ${cost} · ${seconds(durationMs)}${times}`,
  );
  if (early)
    lines.push(
      `stopped early, the verdict stands: ${pluralize(early.calls, 'call')} saved${early.cost === null ? '' : `, ≈ ${formatDollars(early.cost)}`}`,
    );
  if (end === 'cancelled')
    lines.push(terminal.style('stopped: finished cases are kept; go on with --resume', 'yellow'));
  if (end === 'budget')
    lines.push(
      terminal.style(
        'stopped before the cost limit was crossed; finished cases are kept',
        'yellow',
      ),
    );
  return lines;
}

function seconds(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
