import { html } from '../../printing/html.ts';
import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { type CaseFacts, formatPlace } from '../report/case-facts.ts';
import type { MissingGroup } from '../report/group-missing.ts';
import { type CaseFailure, formatReason } from '../report/list-failures.ts';
import type { OtherCase, RunReport } from '../report/run-report.ts';
import type { JobRecord, RunRecord } from './run-record.ts';
import { showInHtml } from './show-in-html.ts';

/** Failures that are open when the page opens; more make it slow. */
const MAX_OPEN = 50;

/** The failed cases, each with its input, what was expected and what came side by side. */
export function renderHtmlFailures(report: RunReport, maxLength: number): SafeText<'html'> {
  const { failures } = report;
  if (failures.length === 0) return html``;
  const sections = report.models.flatMap(({ model }, at) => {
    const own = failures.filter((failure) => failure.model === model);
    if (own.length === 0) return [];
    // The other models do not decide about the prompt: their failures are closed.
    const open = at === 0 ? MAX_OPEN : 0;
    const cases = own.map((failure, i) => renderFailure(failure, report, i < open, maxLength));
    const name = report.models.length > 1 ? html`${showInHtml(model)}: ` : html``;
    const count = html`${own.length} ${own.length === 1 ? html`case` : html`cases`} failed`;
    return [html`<section><h2>${name}${count}</h2>${joinSafe(cases, '\n')}</section>`];
  });
  return joinSafe(sections, '\n');
}

function renderFailure(
  failure: CaseFailure,
  report: RunReport,
  isOpen: boolean,
  maxLength: number,
): SafeText<'html'> {
  const { reasons, wanted, got, finishReason, isNew, repeats, passed, repeat } = failure;
  const notes = [
    ...(isNew ? ['passed in the baseline'] : []),
    ...(report.summary.run.repeat > 1 ? [`${passed} of ${repeats} repeats passed`] : []),
    ...(report.summary.run.repeat > 1 && repeat !== null ? [`shown: repeat ${repeat}`] : []),
    ...(finishReason === null ? [] : [`finish reason: ${finishReason}`]),
  ];
  const list = reasons.map(
    (reason) => html`<li dir="auto">${text(formatReason(reason), maxLength)}</li>`,
  );
  const compared = reasons.flatMap(({ evaluator, actual }) =>
    actual === null
      ? []
      : [html`<h3>${showInHtml(`${evaluator ?? ''} compared`)}</h3>${block(actual, maxLength)}`],
  );
  const answer =
    got === null ? html`<p class="quiet">No answer is stored.</p>` : block(got, maxLength);
  const quiet =
    notes.length === 0 ? html`` : html`<p class="quiet">${showInHtml(notes.join(' · '))}</p>`;
  const sides = [
    html`<div>${renderInput(failure, maxLength)}</div>`,
    ...(wanted === null ? [] : [html`<div><h3>Expected</h3>${block(wanted, maxLength)}</div>`]),
    html`<div><h3>Got</h3>${answer}${joinSafe(compared)}</div>`,
  ];
  return html`<details class="case failed"${isOpen ? html` open` : html``}><summary>${renderName(failure, report, '✗')}</summary><div>${quiet}<ul class="reasons">${joinSafe(list)}</ul><div class="sides">${joinSafe(sides)}</div></div></details>`;
}

/** What is missing, with equal reasons together. */
export function renderHtmlMissing(report: RunReport): SafeText<'html'> {
  const { missing } = report;
  const count = missing.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return html``;
  const groups = missing.map((group) => renderMissingGroup(group, report));
  return html`<section><h2>${count} ${count === 1 ? html`answer is` : html`answers are`} missing</h2>${joinSafe(groups, '\n')}</section>`;
}

function renderMissingGroup(group: MissingGroup, report: RunReport): SafeText<'html'> {
  const { text: why, count, cases, remedy, model } = group;
  const named = report.models.length > 1 ? html` <small>${showInHtml(model)}</small>` : html``;
  const times = count > 1 ? html` <small>× ${count}</small>` : html``;
  const advice = remedy === null ? html`` : html`<p>${showInHtml(remedy)}</p>`;
  const names = cases.map(
    (one) => html`<li>${showInHtml(one.name)} <small>${showInHtml(formatPlace(one))}</small></li>`,
  );
  return html`<details class="case missing"><summary><span dir="auto">${text(why, 1_000)}</span>${times}${named}</summary><div>${advice}<ul class="reasons">${joinSafe(names)}</ul></div></details>`;
}

/** The cases that passed, a line each, with their answers folded. */
export function renderHtmlOthers({ report, jobs }: RunRecord, maxLength: number): SafeText<'html'> {
  const byCase = new Map<string, JobRecord[]>();
  for (const job of jobs) {
    const key = `${job.case}|${job.model}`;
    byCase.set(key, [...(byCase.get(key) ?? []), job]);
  }
  return joinSafe(
    (['passed', 'no-checks', 'skipped'] as const).flatMap((outcome) => {
      const cases = report.others.filter((one) => one.outcome === outcome);
      if (cases.length === 0) return [];
      const lines = cases.map((one) =>
        renderOther(one, report, byCase.get(`${one.id}|${one.model}`) ?? [], maxLength),
      );
      return [
        html`<details class="fold"><summary>${cases.length} ${showInHtml(OUTCOMES[outcome])}</summary>${joinSafe(lines, '\n')}</details>`,
      ];
    }),
    '\n',
  );
}

const OUTCOMES = {
  passed: 'passed',
  'no-checks': 'without checks',
  skipped: 'skipped',
} as const;
const MARKS = { passed: '✓', 'no-checks': '?', skipped: '–' } as const;

function renderOther(
  one: OtherCase,
  report: RunReport,
  jobs: readonly JobRecord[],
  maxLength: number,
): SafeText<'html'> {
  const repeats =
    report.summary.run.repeat > 1 && one.outcome === 'passed'
      ? html` <small>${one.passed} of ${one.repeats}${one.isFlaky ? html`, flaky` : html``}</small>`
      : html``;
  const answers = jobs.flatMap(({ answer, repeat }) => {
    if (!answer) return [];
    const end = answer.finishReason === 'stop' ? '' : `, finish reason: ${answer.finishReason}`;
    const which = jobs.length > 1 ? ` ${repeat + 1}` : '';
    return [html`<h3>${showInHtml(`Answer${which}${end}`)}</h3>${block(answer.text, maxLength)}`];
  });
  return html`<details class="line"><summary>${renderName(one, report, MARKS[one.outcome])}${repeats}</summary><div class="sides"><div>${renderInput(one, maxLength)}</div><div>${joinSafe(answers)}</div></div></details>`;
}

function renderName(
  one: CaseFacts & { readonly model: string },
  { models }: RunReport,
  mark: string,
): SafeText<'html'> {
  const tone = { '✗': 'bad', '✓': 'good' }[mark] ?? 'open';
  const model = models.length > 1 ? html` <small>${showInHtml(one.model)}</small>` : html``;
  const place = one.file === '' ? '' : formatPlace(one);
  const tags = joinSafe(
    one.tags.map((tag) => html`<span class="tag" dir="auto">${showInHtml(tag)}</span>`),
  );
  const must = one.must ? html`<span class="tag">required</span>` : html``;
  return html`<span class="${showInHtml(tone)}"><span class="mark">${showInHtml(mark)}</span></span><span dir="auto">${showInHtml(one.name)}</span>${model} <small>${showInHtml(place)}</small>${must}${tags}`;
}

/** Short values in a list, long ones as blocks. */
function renderInput({ input }: Pick<CaseFacts, 'input'>, maxLength: number): SafeText<'html'> {
  if (input.length === 0) return html`<h3>Input</h3><p class="quiet">no values</p>`;
  const [long, short] = [input.filter(isLong), input.filter((value) => !isLong(value))];
  const blocks = long.map(
    ([name, value]) =>
      html`<h3 dir="auto">Input: ${showInHtml(name)}</h3>${block(value, maxLength)}`,
  );
  if (short.length === 0) return joinSafe(blocks);
  const lines = short.map(
    ([name, value]) =>
      html`<dt>${showInHtml(name)}</dt><dd dir="auto">${value === '' ? html`<small>(empty)</small>` : showInHtml(value)}</dd>`,
  );
  const title = long.length === 0 ? html`<h3>Input</h3>` : html``;
  return html`${joinSafe(blocks)}${title}<dl class="values">${joinSafe(lines)}</dl>`;
}

function isLong([, value]: readonly [string, string]): boolean {
  return value.length > 40 || /[\r\n]/.test(value);
}

function block(content: string, maxLength: number): SafeText<'html'> {
  if (content.trim() === '') return html`<pre class="quiet">(empty)</pre>`;
  return html`<pre dir="auto">${text(content, maxLength)}</pre>`;
}

/** A text, cut with the number of characters that are left out. */
function text(content: string, maxLength: number): SafeText<'html'> {
  if (content.length <= maxLength) return showInHtml(content);
  const rest = content.length - maxLength;
  return html`${showInHtml(content.slice(0, maxLength))}<small> … ${rest} more characters</small>`;
}
