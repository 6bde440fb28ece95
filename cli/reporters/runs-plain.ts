import type { ListedRun } from '#app/eval/describe-runs.ts';
import { type RunsTotal, sumRuns } from '#app/eval/sum-runs.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { describeFitness } from '#core/eval/report/assess-fitness.ts';
import type { AnswerSources, Summary } from '#core/eval/report/summary.ts';
import { formatPercent } from '#core/format-percent.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { cutToWidth, formatTable, measureColumns, type Terminal, wrapText } from '../terminal.ts';
import { pluralize } from './findings-plain.ts';
import { formatMoment, startOfMonth } from './format-moment.ts';

interface Column {
  readonly title: string;
  readonly isRight?: true;
  /** Columns of a higher rank are the first that a narrow terminal does without; 0 stays. */
  readonly rank: number;
  cell(run: ListedRun, now: Date): string;
}

const COLUMNS: readonly Column[] = [
  { title: 'RUN', rank: 0, cell: ({ id }) => id },
  {
    title: 'TIME',
    isRight: true,
    rank: 2,
    cell: ({ at }, now) => (at === null ? '' : formatMoment(at, now)),
  },
  { title: 'PROMPT', rank: 1, cell: ({ promptId }) => cutToWidth(promptId, 40) },
  { title: 'CASES', isRight: true, rank: 8, cell: readSummary(describeCases) },
  { title: 'ANSWERED', isRight: true, rank: 4, cell: readSummary(describeAnswered) },
  {
    title: 'PASS RATE',
    isRight: true,
    rank: 0,
    cell: readSummary(({ passRate }) => (passRate ? formatPercent(passRate.value) : '–')),
  },
  { title: 'MODEL', rank: 5, cell: readSummary(describeModels) },
  { title: 'ANSWERS', rank: 7, cell: readSummary(({ answers }) => describeSources(answers)) },
  { title: 'COST', isRight: true, rank: 6, cell: readSummary(describeCost) },
  { title: 'FITNESS', rank: 3, cell: describeState },
  { title: 'VERDICT', rank: 9, cell: readSummary((summary) => readVerdict(summary) ?? '') },
];

/** The stored runs as a table, what cannot be read below it, and what this month cost. */
export function printRuns(runs: readonly ListedRun[], now: Date, terminal: Terminal): void {
  if (runs.length === 0) {
    terminal.print('No stored runs.');
    return;
  }
  const columns = COLUMNS.map((column) => ({
    ...column,
    cells: runs.map((run) => escapeForTerminal(column.cell(run, now)) as string),
  })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  // Only a person sees the width of a terminal; a program gets every column.
  const shown = fitColumns(columns, terminal.isInteractive ? terminal.width : Infinity);
  const right = shown.flatMap(({ isRight }, i) => (isRight ? [i] : []));
  const rows = [
    shown.map(({ title }) => title),
    ...runs.map((_, i) => shown.map(({ cells }) => cells[i] ?? '')),
  ];
  const [head = '', ...lines] = formatTable(rows, right);
  terminal.print(terminal.style(head, 'dim'));
  for (const line of lines) terminal.print(line);
  for (const { id, error } of runs)
    if (error !== undefined)
      for (const line of wrapText(escapeForTerminal(`${id}: ${error}`), terminal.width))
        terminal.print(terminal.style(line, 'red'));
  terminal.print(terminal.style(describeMonth(sumRuns(runs, startOfMonth(now))), 'dim'));
}

/** Removes the least important columns until the others fit side by side. */
export function fitColumns<T extends Pick<Column, 'title' | 'rank'> & { cells: readonly string[] }>(
  columns: readonly T[],
  width: number,
): readonly T[] {
  let shown = columns;
  for (;;) {
    const needed = shown.reduce(
      (sum, { title, cells }) => sum + 2 + Math.max(...[title, ...cells].map(measureColumns)),
      -2,
    );
    const last = Math.max(...shown.map(({ rank }) => rank));
    if (needed <= width || last === 0) return shown;
    shown = shown.filter(({ rank }) => rank !== last);
  }
}

/** `This month: 14 runs, $0.42 (2 of unknown cost)`. */
export function describeMonth({ runs, cost, unknown }: RunsTotal): string {
  const isUnknown = cost === 0 && unknown > 0;
  const rest = unknown === 0 ? '' : ` (${unknown} of unknown cost)`;
  return `This month: ${pluralize(runs, 'run')}, ${isUnknown ? 'cost unknown' : formatDollars(cost)}${rest}`;
}

/** `model`, `cache 40 %`, `recorded`, `samples`: where answers are from; the weakest kind, with its share. */
export function describeSources({ model, cache, recording, sample }: AnswerSources): string {
  const all = model + cache + recording + sample;
  if (all === 0) return '–';
  const share = (name: string, n: number): string =>
    n === all ? name : `${name} ${formatPercent(n / all)}`;
  if (sample > 0) return share('samples', sample);
  if (recording > 0) return share('recorded', recording);
  return cache > 0 ? share('cache', cache) : 'model';
}

/** Reads the verdict that a comparison added to the summary of a run. */
export function readVerdict(summary: object): Comparison['verdict'] | undefined {
  return (summary as { comparison?: Pick<Comparison, 'verdict'> }).comparison?.verdict;
}

/** The number of answers that the first model was to give. */
export function countPlanned({ run, end, early, totals: { jobs, skipped } }: Summary): number {
  const isWhole = end === 'done' && !early;
  return isWhole ? jobs.asked : Math.max(jobs.asked, (run.cases - skipped) * run.repeat);
}

function readSummary(read: (summary: Summary) => string): Column['cell'] {
  return ({ summary }) => (summary ? read(summary) : '');
}

function describeCases({ run: { cases, repeat } }: Summary): string {
  return repeat > 1 ? `${formatCount(cases)} × ${repeat}` : formatCount(cases);
}

function describeAnswered(summary: Summary): string {
  return `${formatCount(summary.totals.jobs.answered)} of ${formatCount(countPlanned(summary))}`;
}

function describeModels({ run: { models } }: Summary): string {
  const [first = ''] = models;
  const more = models.length > 1 ? ` +${models.length - 1}` : '';
  return cutToWidth(first, 36) + more;
}

/** What a run cost: `$0.04`, `≥ $0.04 + 2 unknown`, `unknown`; a dash if nothing was called or answered. */
function describeCost({ run, totals: { cost, unknownCalls, jobs } }: Summary): string {
  if (run.replay) return '–';
  if (cost === null) return 'unknown';
  if (unknownCalls > 0)
    return cost === 0 ? 'unknown' : `≥ ${formatDollars(cost)} + ${unknownCalls} unknown`;
  return cost === 0 && jobs.answered === 0 ? '–' : formatDollars(cost);
}

function describeState({ summary, fitness, isRunning, isMerged, error }: ListedRun): string {
  if (error !== undefined) return 'unreadable';
  if (isRunning) return 'running';
  const state = summary && fitness ? describeFitness(summary, fitness) : 'interrupted';
  return isMerged ? `${state}, merged` : state;
}
