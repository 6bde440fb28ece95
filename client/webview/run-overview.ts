import type { Slice } from '#core/eval/report/slices.ts';
import type { ResultsData, ResultsWords, VerdictView } from '../results/messages.ts';
import { element } from './element.ts';
import { differencesPlot, intervalPlot, ratePlot } from './plots.ts';

/** What a run came to: the verdict with its reasons, what the file demands, plots and slices. */
export function runOverview(data: ResultsData, words: ResultsWords): HTMLElement {
  const { verdicts, missed, slices, rows, end } = data;
  const changes = differencesPlot(rows, words);
  return element(
    'div',
    { class: 'overview' },
    ...(end === 'done' ? [] : [element('p', { class: 'errored' }, `! ${words.cutOff} ${end}`)]),
    ...(missed === null ? [] : [acceptance(missed, words)]),
    ...verdicts.map((verdict) => verdictView(verdict, words)),
    ...(changes ? [figure(words.differences, changes)] : []),
    ...(slices.length > 0 ? [sliceTable(slices, words)] : []),
  );
}

const MARKS: Readonly<Record<VerdictView['verdict'], string>> = {
  regression: '▼',
  improvement: '▲',
  equivalent: '=',
  underpowered: '?',
  'no-evidence': '~',
};

function verdictView(verdict: VerdictView, words: ResultsWords): HTMLElement {
  const { model, base, text, notes } = verdict;
  const name = model === null ? '' : `${model}: `;
  return element(
    'section',
    { class: `verdict ${verdict.verdict}` },
    element('h2', {}, `${MARKS[verdict.verdict]} ${name}${text}`),
    element('p', { class: 'quiet' }, `${words.baseline}: ${base}`),
    figure(words.difference, intervalPlot(verdict, words)),
    element('ul', {}, ...notes.map((note) => element('li', {}, note))),
  );
}

function acceptance(missed: readonly string[], words: ResultsWords): HTMLElement {
  if (missed.length === 0) return element('p', { class: 'passed' }, `✓ ${words.accepted}`);
  return element(
    'div',
    { class: 'missed' },
    `✗ ${words.missed}`,
    element('ul', {}, ...missed.map((part) => element('li', {}, part))),
  );
}

function figure(caption: string, plot: SVGElement): HTMLElement {
  return element('figure', {}, element('figcaption', { class: 'quiet' }, caption), plot);
}

function sliceTable(slices: readonly Slice[], words: ResultsWords): HTMLElement {
  const hasBase = slices.some(({ base }) => base !== null);
  const heads = [
    words.tags,
    words.cases,
    words.rate,
    words.interval,
    '',
    ...(hasBase ? [words.baseline] : []),
  ];
  const lines = slices.map(({ kind, name, cases, rate, low, high, base }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, kind === 'group' ? `group: ${name}` : name),
      number(String(cases)),
      number(percent(rate)),
      number(`${percent(low)} – ${percent(high)}`),
      element('td', {}, ratePlot(rate, low, high)),
      ...(hasBase ? [number(base === null ? '' : percent(base))] : []),
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
  const details = element('details', {}, element('summary', {}, words.slices), table);
  details.open = slices.length <= 12;
  return details;
}

function number(text: string): HTMLElement {
  return element('td', { class: 'number' }, text);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
