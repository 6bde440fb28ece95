import type { Severity } from '#core/lint/engine/rule.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { type Style, type Terminal, wrapText } from '../terminal.ts';
import { excerpt } from './excerpt.ts';
import { type CheckedFile, type CheckSummary, isOpen, type ReportedFinding } from './findings.ts';

const LOOK: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'dim',
};

/** Prints findings file by file, each with its line and carets. */
export function printFindings(
  files: readonly CheckedFile[],
  summary: CheckSummary,
  terminal: Terminal,
): void {
  for (const file of files) {
    const shown = file.findings.filter(isOpen);
    if (shown.length === 0) continue;
    terminal.print(terminal.style(file.path, 'bold'));
    for (const finding of shown)
      for (const line of describe(finding, file, terminal)) terminal.print(line);
  }
  for (const line of formatSummary(files, summary, terminal)) terminal.print(line);
}

function describe(
  finding: ReportedFinding,
  { path, lines }: CheckedFile,
  terminal: Terminal,
): string[] {
  const { severity, id, span, message, fixes = [], related } = finding;
  const { line, character } = lines.position(span.start);
  const style = LOOK[severity];
  const place = `${line + 1}:${character + 1}`;
  const head = `  ${terminal.style(severity, style, 'bold')} ${terminal.style(id, 'dim')} at ${place}`;
  const text = wrapText(escapeForTerminal(message), terminal.width - 4).map(
    (part) => `    ${part}`,
  );
  const notes = related.slice(0, 3).map(({ message: about, file, span: other }) => {
    const at = file.lines.position(other.start);
    const where = `${file.path === path ? '' : `${file.path}:`}${at.line + 1}:${at.character + 1}`;
    return terminal.style(`    ${where}: ${escapeForTerminal(about)}`, 'dim');
  });
  const [fix] = fixes;
  if (fix)
    notes.push(
      terminal.style(
        `    fix${fix.safe ? '' : ' (changes what is sent)'}: ${escapeForTerminal(fix.title)}`,
        'cyan',
      ),
    );
  return [head, ...text, ...excerpt(lines, span, style, terminal), ...notes, ''];
}

function formatSummary(
  files: readonly CheckedFile[],
  summary: CheckSummary,
  terminal: Terminal,
): string[] {
  const { error, warning, info, hint, suppressed, known } = summary;
  const counts = [
    [error, 'error', 'red'],
    [warning, 'warning', 'yellow'],
    [info, 'note', 'blue'],
    [hint, 'hint', 'dim'],
  ] as const;
  const parts = counts
    .filter(([n]) => n > 0)
    .map(([n, word, style]) => terminal.style(pluralize(n, word), style));
  const found = parts.length === 0 ? terminal.style('no findings', 'green') : parts.join(', ');
  const held =
    (suppressed > 0 ? `, ${suppressed} suppressed` : '') +
    (known > 0 ? `, ${known} in the lint baseline` : '');
  const all = files.flatMap((file) => file.findings).filter(isOpen);
  const safe = all.filter((finding) => finding.fixes?.some((fix) => fix.safe)).length;
  const lines = [`${pluralize(summary.files, 'file')}: ${found}${held}`];
  if (safe > 0)
    lines.push(`${pluralize(safe, 'finding')} with a safe fix: run promptsmith check --fix`);
  return lines;
}

/** Formats a count with its noun: `1 case`, `2 cases`, `2 entries`. */
export function pluralize(n: number, word: string, plural = `${word}s`): string {
  return `${n} ${n === 1 ? word : plural}`;
}
