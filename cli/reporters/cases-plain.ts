import type { EvalOutcome } from '#app/eval/eval-event.ts';
import type { Failure } from '#core/eval/report/case-log.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { cutToWidth, measureColumns, type Terminal, wrapText } from '../terminal.ts';

/** A line for each case of a run, and below it why it did not pass. */
export function printCases(
  { summary, cases, names, log }: Pick<EvalOutcome, 'summary' | 'cases' | 'names' | 'log'>,
  terminal: Terminal,
): void {
  const { models, repeat } = summary.run;
  const nameOf = (id: string): string => cutToWidth(escapeForTerminal(names.get(id) ?? id), 60);
  const format = {
    width: Math.max(...cases.map(({ id }) => measureColumns(nameOf(id))), 8),
    nameOf,
    showsModel: models.length > 1,
    showsRepeats: repeat > 1,
  };
  for (const one of cases) {
    terminal.print(formatCase(one, format, terminal));
    if (one.outcome === 'passed') continue;
    const failure = log.findFailure(one.id, one.model ?? models[0] ?? '');
    if (failure) printFailure(failure, repeat, terminal);
  }
}

interface CaseFormat {
  /** Of the column of names. */
  readonly width: number;
  nameOf(id: string): string;
  readonly showsModel: boolean;
  readonly showsRepeats: boolean;
}

function formatCase(
  { id, model, outcome, passed, repeats, flaky, tags }: CaseSummary,
  { width, nameOf, showsModel, showsRepeats }: CaseFormat,
  terminal: Terminal,
): string {
  const marks = {
    passed: terminal.style('✓', 'green'),
    failed: terminal.style('✗', 'red'),
    errored: terminal.style('!', 'red', 'bold'),
    skipped: terminal.style('–', 'dim'),
    'no-checks': terminal.style('?', 'yellow'),
  } as const;
  const name = nameOf(id);
  const gap = ' '.repeat(Math.max(0, width - measureColumns(name)));
  const notes = [
    showsModel ? (model ?? '') : '',
    showsRepeats && outcome !== 'skipped' ? `${passed}/${repeats}` : '',
    flaky !== null && flaky > 0 ? 'flaky' : '',
    outcome === 'errored' || outcome === 'skipped' ? outcome : '',
    outcome === 'no-checks' ? 'no evaluator checks the answer' : '',
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
    for (const line of wrapText(escapeForTerminal(error.message), terminal.width - 8))
      terminal.print(`      ${terminal.style(line, 'red')}`);
  for (const result of results) {
    const reason = result.error ?? result.detail;
    const [first = '', ...rest] = wrapText(
      `${result.name}${which}: ${escapeForTerminal(reason)}`,
      terminal.width - 8,
    );
    terminal.print(
      `      ${terminal.style(result.error === undefined ? '✗' : '!', 'red')} ${first}`,
    );
    for (const line of rest) terminal.print(`        ${line}`);
    if (result.actual !== undefined)
      terminal.print(
        terminal.style(`        got: ${joinLines(result.actual, terminal.width - 16)}`, 'dim'),
      );
  }
  if (answer !== undefined && results.length > 0)
    terminal.print(
      terminal.style(`        answer: ${joinLines(answer, terminal.width - 20)}`, 'dim'),
    );
}

function joinLines(text: string, width: number): string {
  return text.trim() === ''
    ? '(empty)'
    : cutToWidth(escapeForTerminal(text.trim().replace(/\s+/g, ' ')), width);
}
