import { html } from '../../printing/html.ts';
import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import type { ResultSentence } from '../report/describe-result.ts';
import type { Fact } from '../report/list-run-facts.ts';
import type { ComparisonReport, RunReport } from '../report/run-report.ts';
import { explainParetoMark, type TextTable, tabulateModels } from '../report/tabulate-models.ts';
import { tabulateSlices } from '../report/tabulate-slices.ts';
import { renderHtmlFailures, renderHtmlMissing, renderHtmlOthers } from './html-cases.ts';
import { drawParetoPlot, drawPassRate } from './html-plots.ts';
import type { RunRecord } from './run-record.ts';
import { showInHtml } from './show-in-html.ts';

/** One run as a part of a page. Texts longer than `maxLength` UTF-16 units are cut. */
export function renderHtmlRun(record: RunRecord, maxLength: number): SafeText<'html'> {
  const { report } = record;
  const parts = [
    renderHead(report),
    renderSteps(report),
    renderAcceptance(report),
    renderModels(report),
    renderHtmlFailures(report, maxLength),
    renderHtmlMissing(report),
    renderSlices(report),
    renderComparisons(report.comparisons),
    section(html`Cost and time`, renderFacts(report.cost)),
    renderHtmlOthers(record, maxLength),
    html`<details class="fold"><summary>About this run</summary>${renderFacts(report.facts)}</details>`,
  ];
  return html`<article>
${joinSafe(
  parts.filter((part) => part !== ''),
  '\n',
)}
</article>`;
}

/** A part of the page with its heading. */
export function section(heading: SafeText<'html'>, body: SafeText<'html'>): SafeText<'html'> {
  return html`<section><h2>${heading}</h2>${body}</section>`;
}

const MARKS = { good: '✓', bad: '✗', open: '?' } as const;

function renderHead({ result, summary, path, name, acceptance }: RunReport): SafeText<'html'> {
  const [first, ...rest] = result;
  const { passRate, run } = summary;
  const [required = null] = acceptance.flatMap(({ requiredPassRate }) => requiredPassRate ?? []);
  const title = name === '' ? html`` : html` · ${showInHtml(name)}`;
  const head = first ? renderSentence(first) : html``;
  const plot = passRate ? drawPassRate(passRate, first?.tone ?? 'open', required) : html``;
  const more = rest.map(
    ({ tone, text }) =>
      html`<p class="${showInHtml(tone)}"><span class="mark">${showInHtml(MARKS[tone])}</span>${showInHtml(text)}</p>`,
  );
  return html`<header><p class="path"><code>${showInHtml(path)}</code>${title} · ${showInHtml(run.models.join(', '))}</p>
${head}${plot}${joinSafe(more)}</header>`;
}

function renderSentence({ tone, text }: ResultSentence): SafeText<'html'> {
  return html`<h1 class="${showInHtml(tone)}"><span class="mark">${showInHtml(MARKS[tone])}</span>${showInHtml(text)}</h1>`;
}

function renderSteps({ steps }: RunReport): SafeText<'html'> {
  if (steps.length === 0) return html``;
  const items = steps.map(({ text, command }) => {
    const run = command === undefined ? html`` : html`: <code>${showInHtml(command)}</code>`;
    return html`<li><span class="mark">→</span>${showInHtml(text)}${run}</li>`;
  });
  return section(html`What to do`, html`<ol class="plain">${joinSafe(items)}</ol>`);
}

function renderAcceptance({ acceptance }: RunReport): SafeText<'html'> {
  const items = acceptance.map(({ met, text }) => {
    const tone = met === null ? 'open' : met ? 'good' : 'bad';
    return html`<li class="${showInHtml(tone)}"><span class="mark">${showInHtml(MARKS[tone])}</span>${showInHtml(text)}</li>`;
  });
  return section(html`Acceptance`, html`<ul class="plain">${joinSafe(items)}</ul>`);
}

function renderModels({ models }: RunReport): SafeText<'html'> {
  if (models.length < 2) return html``;
  const note = explainParetoMark(models);
  const quiet = note === null ? html`` : html`<p class="quiet">${showInHtml(note)}</p>`;
  return section(
    html`Models`,
    html`${renderTable(tabulateModels(models))}${quiet}${drawParetoPlot(models)}`,
  );
}

function renderSlices({ slices }: RunReport): SafeText<'html'> {
  if (slices.length === 0) return html``;
  return section(
    html`Tags`,
    html`${renderTable(tabulateSlices(slices))}<p class="quiet">Tags with six cases or more. ▼: significantly below the other cases (Fisher’s exact test, adjusted for all tags).</p>`,
  );
}

function renderComparisons(comparisons: readonly ComparisonReport[]): SafeText<'html'> {
  if (comparisons.length === 0) return html``;
  const all = comparisons.map(({ sides, text, notes, toFailed, toPassed }) => {
    const lines = [
      ...(toFailed.length > 0 ? [`now failing: ${listNames(toFailed)}`] : []),
      ...(toPassed.length > 0 ? [`now passing: ${listNames(toPassed)}`] : []),
      ...notes,
    ];
    const items = lines.map((line) => html`<li dir="auto">${showInHtml(line)}</li>`);
    return html`<p><strong>${showInHtml(text)}</strong></p><p class="quiet">${showInHtml(sides)}</p><ul class="reasons">${joinSafe(items)}</ul>`;
  });
  return section(html`What differs`, joinSafe(all));
}

function listNames(names: readonly string[]): string {
  const more = names.length > 12 ? ` and ${names.length - 12} more` : '';
  return names.slice(0, 12).join(', ') + more;
}

function renderTable({ columns, rows }: TextTable): SafeText<'html'> {
  const kind = (i: number): SafeText<'html'> =>
    columns[i]?.isNumber ? html` class="number"` : html``;
  const head = columns.map(
    ({ heading }, i) => html`<th scope="col"${kind(i)}>${showInHtml(heading)}</th>`,
  );
  const body = rows.map((cells) => {
    const line = cells.map((cell, i) =>
      i === 0
        ? html`<th scope="row">${showInHtml(cell)}</th>`
        : html`<td${kind(i)}>${showInHtml(cell)}</td>`,
    );
    return html`<tr>${joinSafe(line)}</tr>`;
  });
  return html`<div class="scroll"><table><thead><tr>${joinSafe(head)}</tr></thead><tbody>${joinSafe(body)}</tbody></table></div>`;
}

function renderFacts(facts: readonly Fact[]): SafeText<'html'> {
  const list = facts.map(
    ([name, text]) => html`<dt>${showInHtml(name)}</dt><dd>${showInHtml(text)}</dd>`,
  );
  return html`<dl>${joinSafe(list)}</dl>`;
}
