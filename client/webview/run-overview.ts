import type { Slice } from '#core/eval/report/slices.ts';
import { formatPercent } from '#core/format-percent.ts';
import type { ResultsData, VerdictView } from '../results/messages.ts';
import { element } from './element.ts';
import { createDifferencesPlot, createIntervalPlot, createRatePlot } from './plots.ts';

/** The summary of a run: the verdict with its reasons, acceptance criteria, plots and slices. */
export function createRunOverview(data: ResultsData): HTMLElement {
  const { verdicts, missed, slices, rows, end } = data;
  const changes = createDifferencesPlot(rows);
  return element(
    'div',
    { class: 'overview' },
    ...(end === 'done'
      ? []
      : [
          element(
            'p',
            { class: 'errored' },
            `! This run did not finish; completed cases are shown: ${end}`,
          ),
        ]),
    ...(missed === null ? [] : [createAcceptance(missed)]),
    ...verdicts.map((verdict) => createVerdictView(verdict)),
    ...(changes ? [figure('Changed cases, worst first', changes)] : []),
    ...(slices.length > 0 ? [createSliceTable(slices)] : []),
  );
}

const MARKS: Readonly<Record<VerdictView['verdict'], string>> = {
  regression: '▼',
  improvement: '▲',
  equivalent: '=',
  underpowered: '?',
  'no-evidence': '~',
  incomplete: '…',
};

function createVerdictView(verdict: VerdictView): HTMLElement {
  const { model, base, text, notes } = verdict;
  const name = model === null ? '' : `${model}: `;
  return element(
    'section',
    { class: `verdict ${verdict.verdict}` },
    element('h2', {}, `${MARKS[verdict.verdict]} ${name}${text}`),
    element('p', { class: 'quiet' }, `Baseline: ${base}`),
    figure(
      'Difference in pass rate with 95 % CI, in percentage points',
      createIntervalPlot(verdict),
    ),
    element('ul', {}, ...notes.map((note) => element('li', {}, note))),
  );
}

function createAcceptance(missed: readonly string[]): HTMLElement {
  if (missed.length === 0)
    return element('p', { class: 'passed' }, '✓ Accepted: all acceptance criteria are met.');
  return element(
    'div',
    { class: 'missed' },
    '✗ Not accepted:',
    element('ul', {}, ...missed.map((part) => element('li', {}, part))),
  );
}

function figure(caption: string, plot: SVGElement): HTMLElement {
  return element('figure', {}, element('figcaption', { class: 'quiet' }, caption), plot);
}

function createSliceTable(slices: readonly Slice[]): HTMLElement {
  const hasBase = slices.some(({ base }) => base !== null);
  const heads = ['Slice', 'Cases', 'Pass rate', '95 % CI', '', ...(hasBase ? ['Baseline'] : [])];
  const lines = slices.map(({ name, model, cases, rate, low, high, base }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, model === undefined ? name : `${name}, ${model}`),
      number(String(cases)),
      number(formatPercent(rate)),
      number(`${formatPercent(low)} – ${formatPercent(high)}`),
      element('td', {}, createRatePlot(rate, low, high)),
      ...(hasBase ? [number(base === null ? '' : formatPercent(base))] : []),
    ),
  );
  const table = element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...heads.map((head) =>
          head === '' ? element('td') : element('th', { scope: 'col' }, head),
        ),
      ),
    ),
    element('tbody', {}, ...lines),
  );
  const details = element('details', {}, element('summary', {}, 'Pass rate by tag'), table);
  details.open = slices.length <= 12;
  return details;
}

function number(text: string): HTMLElement {
  return element('td', { class: 'number' }, text);
}
