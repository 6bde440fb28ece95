import { escapeForMarkdown, formatMarkdownCode, markdown } from '../../printing/markdown.ts';
import { renderMarkdownTable } from '../../printing/markdown-table.ts';
import { joinParagraphs, joinSafe, type SafeText, trustText } from '../../printing/safe-text.ts';
import type { ResultSentence } from '../report/describe-result.ts';
import type { CaseFailure } from '../report/list-failures.ts';
import type { Fact } from '../report/list-run-facts.ts';
import type { ComparisonReport, RunReport } from '../report/run-report.ts';
import { explainParetoMark, type TextTable, tabulateModels } from '../report/tabulate-models.ts';
import { tabulateSlices } from '../report/tabulate-slices.ts';
import { renderMarkdownFailure, renderMarkdownMissing } from './markdown-cases.ts';
import type { RunRecord } from './run-record.ts';

/** GitHub refuses a comment of 65,536 characters. */
const MAX_LENGTH = 60_000;

/** Failures that are shown with their answers; the others are counted. */
const MAX_FAILURES = 20;

/**
 * Renders runs as Markdown for a pull request, a step summary or release notes. Whatever an answer contains,
 * it is shown as text and notifies nobody. The whole fits into a comment.
 */
export function renderMarkdownReport(
  records: readonly Pick<RunRecord, 'report'>[],
): SafeText<'markdown'> {
  const room = MAX_LENGTH / Math.max(1, records.length);
  const runs = records.map(({ report }) => renderRun(report, room));
  return markdown`${joinSafe(runs, '\n\n---\n\n')}\n`;
}

function renderRun(report: RunReport, room: number): SafeText<'markdown'> {
  const { path, name, summary, result, comparisons } = report;
  const [first, ...rest] = result;
  const models = escapeForMarkdown(summary.run.models.join(', '));
  const title = name === '' ? markdown`` : markdown` · ${escapeForMarkdown(name)}`;
  const before = joinParagraphs(
    first && markdown`### ${renderSentence(first)}`,
    markdown`${formatMarkdownCode(path, 200)}${title} · ${models}`,
    joinSafe(rest.map(renderSentence), '  \n'),
    renderSteps(report),
    renderAcceptance(report),
    renderModels(report),
  );
  const after = joinParagraphs(
    report.slices.length > 0 && fold(markdown`Tags`, renderTable(tabulateSlices(report.slices))),
    renderComparisons(comparisons),
    renderFacts(report.cost),
    fold(markdown`About this run`, renderFacts(report.facts)),
  );
  const missing = report.missing.map((group) => renderMarkdownMissing(group, report));
  const fixed = joinParagraphs(joinMissing(missing, report), countOthers(report), after);
  const left = room - before.length - fixed.length - 200;
  return joinParagraphs(before, renderFailures(report, left), fixed);
}

const MARKS = { good: '✅', bad: '❌', open: '❔' } as const;

function renderSentence({ tone, text }: ResultSentence): SafeText<'markdown'> {
  return markdown`${trustText<'markdown'>(MARKS[tone])} ${escapeForMarkdown(text)}`;
}

function renderSteps({ steps }: RunReport): SafeText<'markdown'> | null {
  if (steps.length === 0) return null;
  const items = steps.map(({ text, command }) => {
    const run =
      command === undefined ? markdown`` : markdown`: ${formatMarkdownCode(command, 300)}`;
    return markdown`- ${escapeForMarkdown(text)}${run}`;
  });
  return heading(markdown`What to do`, joinSafe(items, '\n'));
}

function renderAcceptance({ acceptance }: RunReport): SafeText<'markdown'> {
  const items = acceptance.map(({ met, text }) =>
    renderSentence({ tone: met === null ? 'open' : met ? 'good' : 'bad', text }),
  );
  return heading(markdown`Acceptance`, list(items));
}

function renderModels({ models }: RunReport): SafeText<'markdown'> | null {
  if (models.length < 2) return null;
  const note = explainParetoMark(models);
  return heading(
    markdown`Models`,
    joinParagraphs(renderTable(tabulateModels(models)), note !== null && escapeForMarkdown(note)),
  );
}

/** As many failures of the first model as there is room for; those of the others are counted. */
function renderFailures(report: RunReport, room: number): SafeText<'markdown'> | null {
  const [first, ...others] = report.models.map(({ model }) => ({
    model,
    failures: report.failures.filter((failure) => failure.model === model),
  }));
  const counts = others.flatMap(({ model, failures }) =>
    failures.length === 0 ? [] : [`${model}: ${countFailures(failures.length)}`],
  );
  return joinParagraphs(
    renderOwnFailures(first?.failures ?? [], report, room),
    counts.length > 0 && list(counts.map((line) => escapeForMarkdown(line))),
  );
}

function countFailures(n: number): string {
  return `${n} ${n === 1 ? 'case' : 'cases'} failed`;
}

function renderOwnFailures(
  failures: readonly CaseFailure[],
  report: RunReport,
  room: number,
): SafeText<'markdown'> | null {
  if (failures.length === 0) return null;
  const shown: SafeText<'markdown'>[] = [];
  let length = 0;
  for (const failure of failures.slice(0, MAX_FAILURES)) {
    const text = renderMarkdownFailure(failure, report);
    length += text.length + 2;
    if (length > room) break;
    shown.push(text);
  }
  const rest = failures.length - shown.length;
  const count = escapeForMarkdown(countFailures(failures.length));
  const more = rest === 0 ? null : markdown`… and ${rest} more.`;
  return joinParagraphs(markdown`#### ${count}`, ...shown, more);
}

function joinMissing(
  groups: readonly SafeText<'markdown'>[],
  { missing }: RunReport,
): SafeText<'markdown'> | null {
  const count = missing.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return null;
  const shown = groups.slice(0, MAX_FAILURES);
  const rest = groups.length - shown.length;
  return heading(
    count === 1 ? markdown`1 answer is missing` : markdown`${count} answers are missing`,
    list(rest === 0 ? shown : [...shown, markdown`and ${rest} other reasons`]),
  );
}

function countOthers({ others }: RunReport): SafeText<'markdown'> | null {
  const parts = (['passed', 'no-checks', 'skipped'] as const).flatMap((outcome) => {
    const n = others.filter((one) => one.outcome === outcome).length;
    return n === 0 ? [] : [`${n} ${outcome === 'no-checks' ? 'without checks' : outcome}`];
  });
  return parts.length === 0 ? null : escapeForMarkdown(parts.join(', '));
}

function renderComparisons(comparisons: readonly ComparisonReport[]): SafeText<'markdown'> | null {
  if (comparisons.length === 0) return null;
  const all = comparisons.map(({ sides, text, notes, toFailed, toPassed }) => {
    const lines = [
      sides,
      ...(toFailed.length > 0 ? [`now failing: ${listNames(toFailed)}`] : []),
      ...(toPassed.length > 0 ? [`now passing: ${listNames(toPassed)}`] : []),
      ...notes,
    ];
    return joinParagraphs(
      markdown`**${escapeForMarkdown(text)}**`,
      list(lines.map((line) => escapeForMarkdown(line))),
    );
  });
  return heading(markdown`What differs`, joinParagraphs(...all));
}

function listNames(names: readonly string[]): string {
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return names.slice(0, 8).join(', ') + more;
}

function renderTable({ columns, rows }: TextTable): SafeText<'markdown'> {
  return renderMarkdownTable(
    columns.map(({ heading: text, isNumber = false }) => ({
      heading: escapeForMarkdown(text),
      isNumber,
    })),
    rows.map((cells) =>
      cells.map((cell, i) =>
        columns[i]?.isNumber ? keepOnOneLine(escapeForMarkdown(cell)) : escapeForMarkdown(cell),
      ),
    ),
  );
}

/** A figure is not broken into lines. */
function keepOnOneLine(text: SafeText<'markdown'>): SafeText<'markdown'> {
  return trustText(text.replaceAll(' ', '&nbsp;'));
}

function renderFacts(facts: readonly Fact[]): SafeText<'markdown'> {
  return list(
    facts.map(
      ([name, text]) => markdown`**${escapeForMarkdown(name)}**: ${escapeForMarkdown(text)}`,
    ),
  );
}

function list(items: readonly SafeText<'markdown'>[]): SafeText<'markdown'> {
  return joinSafe(
    items.map((item) => markdown`- ${item}`),
    '\n',
  );
}

function heading(text: SafeText<'markdown'>, body: SafeText<'markdown'>): SafeText<'markdown'> {
  return joinParagraphs(markdown`#### ${text}`, body);
}

/** A part that is closed at first. `text` is a literal. */
function fold(text: SafeText<'markdown'>, body: SafeText<'markdown'>): SafeText<'markdown'> {
  return markdown`<details><summary>${text}</summary>\n\n${body}\n\n</details>`;
}
