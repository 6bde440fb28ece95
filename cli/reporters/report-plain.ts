import type { ResultSentence } from '#core/eval/report/describe-result.ts';
import type { RunReport } from '#core/eval/report/run-report.ts';
import {
  explainParetoMark,
  type TextTable,
  tabulateModels,
} from '#core/eval/report/tabulate-models.ts';
import { formatTable, measureColumns, type Style, type Terminal, wrapText } from '../terminal.ts';
import { printFailures, printMissing, printOthers } from './cases-plain.ts';
import { oneLine } from './one-line.ts';
import { printCostAndTags } from './totals-plain.ts';
import { printComparisons } from './verdict-plain.ts';

/** How much of a report is printed: the answer alone, what did not pass, or every case. */
export type ReportDetail = 'verdict' | 'failures' | 'all';

/** Lines after which the answer is out of sight. */
const MANY_FAILURES = 6;

/** The report of a run. */
export function printReport(report: RunReport, detail: ReportDetail, terminal: Terminal): void {
  const { result, failures, missing } = report;
  const [first, ...rest] = result;
  if (detail === 'verdict') {
    // One line, so that it can be searched.
    if (first)
      terminal.print(
        terminal.style(
          `${MARKS[first.tone]} ${oneLine(`${report.path}: ${first.text}`)}`,
          ...TONES[first.tone],
        ),
      );
    return;
  }
  terminal.print();
  if (first) printSentence(first, terminal);
  for (const sentence of rest) printSentence(sentence, terminal);
  for (const { text, command } of report.steps)
    printLine(command === undefined ? text : `${text}: ${command}`, '→ ', terminal, ['dim']);
  printAcceptance(report, terminal);
  printModels(report, terminal);
  if (failures.length > 0) terminal.print();
  printFailures(report, detail === 'all', terminal);
  if (missing.length > 0) terminal.print();
  printMissing(report, terminal);
  terminal.print();
  printOthers(report, detail === 'all', terminal);
  if (report.comparisons.length > 0) terminal.print();
  printComparisons(report.comparisons, terminal);
  if (report.comparisons.length > 0) terminal.print();
  printCostAndTags(report, terminal);
  if (first && (failures.length + missing.length > MANY_FAILURES || detail === 'all')) {
    terminal.print();
    printSentence(first, terminal);
  }
}

const MARKS = { good: '✓', bad: '✗', open: '?' } as const;
const TONES: Readonly<Record<ResultSentence['tone'], readonly Style[]>> = {
  good: ['green', 'bold'],
  bad: ['red', 'bold'],
  open: ['yellow', 'bold'],
};

function printSentence({ tone, text }: ResultSentence, terminal: Terminal): void {
  const [first = '', ...rest] = wrapText(oneLine(text), terminal.width - 4);
  terminal.print(`  ${terminal.style(`${MARKS[tone]} ${first}`, ...TONES[tone])}`);
  for (const line of rest) terminal.print(`    ${terminal.style(line, ...TONES[tone])}`);
}

/** The criteria of the file; without any, only what is not met. */
function printAcceptance({ acceptance, conclusion }: RunReport, terminal: Terminal): void {
  if (acceptance.length === 1 && acceptance[0]?.met === true && conclusion.kind === 'accepted')
    return;
  for (const { met, text } of acceptance) {
    const tone = met === null ? 'open' : met ? 'good' : 'bad';
    const [color] = TONES[tone];
    const mark = color ? terminal.style(MARKS[tone], color) : MARKS[tone];
    const [first = '', ...rest] = wrapText(oneLine(text), terminal.width - 6);
    terminal.print(`    ${mark} ${first}`);
    for (const line of rest) terminal.print(`      ${line}`);
  }
}

function printModels({ models }: RunReport, terminal: Terminal): void {
  if (models.length < 2) return;
  terminal.print();
  fitTable(tabulateModels(models), terminal.width - 2).forEach((line, i) => {
    terminal.print(`  ${i === 0 ? terminal.style(line, 'dim') : line}`);
  });
  const note = explainParetoMark(models);
  if (note !== null) printLine(note, '', terminal, ['dim']);
}

/** The lines of a table, without the last of its minor columns where it is too wide. */
function fitTable({ columns, rows }: TextTable, width: number): string[] {
  const right = columns.flatMap(({ isNumber = false }, i) => (isNumber ? [i] : []));
  const texts = [columns.map(({ heading }) => heading), ...rows];
  const lines = formatTable(
    texts.map((row) => row.map(oneLine)),
    right,
  );
  const dropped = columns.findLastIndex(({ isMinor = false }) => isMinor);
  if (dropped < 0 || lines.every((line) => measureColumns(line) <= width)) return lines;
  const keep = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => i !== dropped);
  return fitTable({ columns: keep(columns), rows: rows.map(keep) }, width);
}

function printLine(
  text: string,
  mark: '→ ' | '',
  terminal: Terminal,
  styles: readonly Style[] = [],
): void {
  const [first = '', ...rest] = wrapText(oneLine(text), terminal.width - 4);
  terminal.print(`  ${terminal.style(`${mark}${first}`, ...styles)}`);
  for (const line of rest)
    terminal.print(`  ${terminal.style(`${' '.repeat(mark.length)}${line}`, ...styles)}`);
}
