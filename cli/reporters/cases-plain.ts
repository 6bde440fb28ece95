import { formatPlace } from '#core/eval/report/case-facts.ts';
import { type CaseFailure, formatReason } from '#core/eval/report/list-failures.ts';
import type { OtherCase, RunReport } from '#core/eval/report/run-report.ts';
import { formatCount } from '#core/models/figures.ts';
import { cutToWidth, formatTable, type Terminal, wrapText } from '../terminal.ts';
import { oneLine } from './one-line.ts';

/** Failures of a model that does not decide; the other reports have all of them. */
const MAX_OTHERS = 3;
/** Values of a row. */
const MAX_VALUES = 4;

/**
 * The failed cases, each with why it failed, its input, what was expected and what came. Without `isListed`
 * only a few of each model that does not decide.
 */
export function printFailures(report: RunReport, isListed: boolean, terminal: Terminal): void {
  const [first] = report.models;
  for (const { model } of report.models) {
    const own = report.failures.filter((failure) => failure.model === model);
    const shown = isListed || model === first?.model ? own : own.slice(0, MAX_OTHERS);
    for (const failure of shown) printFailure(failure, report, terminal);
    const rest = own.length - shown.length;
    if (rest > 0)
      terminal.print(
        terminal.style(
          `  ✗ ${rest} more ${rest === 1 ? 'case' : 'cases'} failed on ${oneLine(model)}`,
          'dim',
        ),
      );
  }
}

function printFailure(failure: CaseFailure, report: RunReport, terminal: Terminal): void {
  const { name, reasons, wanted, got, finishReason, repeat, repeats, passed, isNew } = failure;
  const hasRepeats = report.summary.run.repeat > 1;
  const notes = [
    ...(report.models.length > 1 ? [failure.model] : []),
    ...(hasRepeats ? [`${passed}/${repeats}`] : []),
    ...(failure.isFlaky ? ['flaky'] : []),
    ...(isNew ? ['passed before'] : []),
    ...(failure.file === '' ? [] : [formatPlace(failure)]),
    ...(failure.tags.length > 0 ? [failure.tags.join(', ')] : []),
  ];
  const title = cutToWidth(oneLine(name), 60);
  terminal.print(
    `  ${terminal.style('✗', 'red')} ${title}  ${terminal.style(notes.map(oneLine).join('  '), 'dim')}`,
  );
  const which = hasRepeats && repeat !== null ? ` (repeat ${repeat})` : '';
  for (const reason of reasons) {
    const text = formatReason(reason);
    const [line = '', ...more] = wrapText(oneLine(`${text}${which}`), terminal.width - 8);
    terminal.print(`      ${line}`);
    for (const rest of more) terminal.print(`      ${rest}`);
    if (reason.actual !== null) printValue('compared', reason.actual, terminal);
  }
  if (finishReason !== null) printValue('finish', finishReason, terminal);
  failure.input.slice(0, MAX_VALUES).forEach(([key, value], i) => {
    printValue(i === 0 ? 'input' : '', `${key}: ${value}`, terminal);
  });
  if (failure.input.length > MAX_VALUES)
    printValue('', `and ${failure.input.length - MAX_VALUES} more values`, terminal);
  if (wanted !== null) printValue('expected', wanted, terminal);
  if (got !== null) printValue('got', got, terminal);
}

function printValue(label: string, text: string, terminal: Terminal): void {
  const shown = cutToWidth(oneLine(text) || '(empty)', terminal.width - 20);
  terminal.print(terminal.style(`        ${label.padEnd(8)}  ${shown}`, 'dim'));
}

/** What is missing, with equal reasons on one line. */
export function printMissing({ missing, models }: RunReport, terminal: Terminal): void {
  for (const { text, count, cases, remedy, model } of missing) {
    const times = count > 1 ? `  × ${count}` : '';
    const who = models.length > 1 ? `${model}: ` : '';
    const lines = wrapText(oneLine(`${who}${text}${times}`), terminal.width - 6);
    const [first = '', ...rest] = lines;
    terminal.print(`  ${terminal.style('!', 'red', 'bold')} ${terminal.style(first, 'red')}`);
    for (const line of rest) terminal.print(`    ${terminal.style(line, 'red')}`);
    const names = cases.slice(0, 3).map(({ name }) => name);
    const more = cases.length > names.length ? ` and ${cases.length - names.length} more` : '';
    const about = cutToWidth(oneLine(`${names.join(', ')}${more}`), terminal.width - 6);
    terminal.print(terminal.style(`    ${about}`, 'dim'));
    if (remedy !== null)
      for (const line of wrapText(oneLine(remedy), terminal.width - 6))
        terminal.print(`    ${line}`);
  }
}

/** How many cases passed, failed and so on; with `isListed` a line for each that passed. */
export function printOthers(report: RunReport, isListed: boolean, terminal: Terminal): void {
  const { others, summary } = report;
  const unchecked = others.filter(({ outcome }) => outcome === 'no-checks');
  if (isListed) printList(others, report, terminal);
  else if (unchecked.length > 0) printList(unchecked, report, terminal);
  const { passed, failed, errored, skipped, noChecks } = summary.totals;
  const parts = [
    terminal.style(`${formatCount(passed)} passed`, 'green'),
    failed > 0 ? terminal.style(`${formatCount(failed)} failed`, 'red') : '',
    errored > 0 ? terminal.style(`${formatCount(errored)} without an answer`, 'red', 'bold') : '',
    skipped > 0 ? `${formatCount(skipped)} skipped` : '',
    noChecks > 0 ? terminal.style(`${formatCount(noChecks)} without checks`, 'yellow') : '',
  ].filter((part) => part !== '');
  const hint = isListed || passed === 0 ? '' : terminal.style('  (--verbose lists them)', 'dim');
  terminal.print(`  ${parts.join(', ')}${hint}`);
}

function printList(cases: readonly OtherCase[], report: RunReport, terminal: Terminal): void {
  const marks = { passed: '✓', 'no-checks': '?', skipped: '–' } as const;
  const colors = { passed: 'green', 'no-checks': 'yellow', skipped: 'dim' } as const;
  const rows = cases.map((one) => {
    const notes = [
      report.models.length > 1 ? one.model : '',
      report.summary.run.repeat > 1 && one.outcome !== 'skipped'
        ? `${one.passed}/${one.repeats}`
        : '',
      one.isFlaky ? 'flaky' : '',
      one.outcome === 'skipped' ? 'skipped' : '',
      one.outcome === 'no-checks' ? 'no evaluator checks the answer' : '',
      one.tags.join(', '),
    ].filter((note) => note !== '');
    return [cutToWidth(oneLine(one.name), 60), notes.map(oneLine).join('  ')];
  });
  formatTable(rows).forEach((line, i) => {
    const { outcome = 'passed' } = cases[i] ?? {};
    terminal.print(`  ${terminal.style(marks[outcome], colors[outcome])} ${line}`);
  });
}
