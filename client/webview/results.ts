import './results.css';
import type {
  CaseColumn,
  FromResults,
  ResultRow,
  ResultsChoice,
  ResultsData,
  ResultsState,
  ToResults,
} from '../results/messages.ts';
import { createAnnouncer } from './announcer.ts';
import { createCaseDetail } from './case-detail.ts';
import { CaseTable } from './case-table.ts';
import { element } from './element.ts';
import { openPort } from './port.ts';
import { FIRST_CHOICE, filterRows } from './result-rows.ts';
import { createRunOverview } from './run-overview.ts';

const port = openPort<FromResults, ToResults>(receive);
const spoken = createAnnouncer();
const title = element('h1');
const facts = element('p', { class: 'quiet' });
const stale = element(
  'p',
  { class: 'stale', hidden: '' },
  `⚠ Stale: the prompt has changed since this run.`,
);
const overview = element('div');
const filter = element('input', {
  type: 'search',
  placeholder: 'Filter by name or tag',
  'aria-label': 'Filter by name or tag',
});
const show = element(
  'select',
  { 'aria-label': 'Show' },
  element('option', { value: 'all' }, 'All cases'),
  element('option', { value: 'not-passed' }, 'Not passed'),
  element('option', { value: 'unanswered' }, 'Unanswered'),
  element('option', { value: 'changed' }, 'Changed'),
  element('option', { value: 'flaky' }, 'Flaky'),
);
const counted = element('span', { class: 'quiet' });
const table = new CaseTable({ sort: sortBy, open: openCase });
const detail = element('div');
const going = element('button', { type: 'button', class: 'link continues', hidden: '' });
const toolbar = element('div', { class: 'toolbar' }, filter, show, counted);
const main = element(
  'main',
  {},
  overview,
  element('h2', {}, 'All cases'),
  toolbar,
  table.element,
  detail,
);
let data: ResultsData | undefined;
let state: ResultsState | undefined;
let choice: ResultsChoice = FIRST_CHOICE;
let opened: ResultRow | undefined;

document.body.append(
  element(
    'header',
    {},
    title,
    element(
      'div',
      { class: 'actions' },
      going,
      action('Evaluate Again', 'evaluate'),
      action('Compare with…', 'compare'),
      action('Export…', 'export'),
    ),
    facts,
    stale,
  ),
  main,
  spoken.element,
);
filter.addEventListener('input', () => choose({ text: filter.value }));
going.addEventListener('click', () => port.send({ kind: 'continue' }));
show.addEventListener('change', () => choose({ show: show.value as ResultsChoice['show'] }));
port.send({ kind: 'ready' });

function receive(message: ToResults): void {
  switch (message.kind) {
    case 'results':
      fill(message.data, message.state);
      break;
    case 'nothing':
      facts.textContent = message.reason;
      if (!data) main.hidden = true;
      break;
    case 'detail': {
      const back = () => {
        detail.replaceChildren();
        table.element.focus();
      };
      const shown = createCaseDetail(message.detail, opened, port.send, back);
      shown.addEventListener('keydown', ({ key }) => {
        if (key === 'Escape') back();
      });
      detail.replaceChildren(shown);
      detail.querySelector('h2')?.focus();
      shown.scrollIntoView({ block: 'nearest' });
      break;
    }
    case 'stale':
      stale.hidden = !message.isStale;
      showContinuation(message.continuation);
      break;
    default:
      message satisfies never;
  }
}

function fill(next: ResultsData, kept: ResultsState): void {
  if (data?.run !== next.run) detail.replaceChildren();
  [data, state] = [next, kept];
  choice = kept.choice ?? choice;
  filter.value = choice.text;
  show.value = choice.show;
  main.hidden = false;
  title.textContent = next.path;
  const models = next.report.models.map(({ model }) => model);
  facts.textContent = [models.join(', '), new Date(next.at).toLocaleString()].join(' · ');
  showContinuation(next.continuation);
  overview.replaceChildren(createRunOverview(next, { send: port.send, filter: showOnly }));
  spoken.say(next.report.result.map(({ text }) => text).join('. '));
  draw();
}

function choose(change: Partial<ResultsChoice>): void {
  choice = { ...choice, ...change };
  port.send({ kind: 'choice', choice });
  draw();
  spoken.say(counted.textContent ?? '');
}

function sortBy(sort: CaseColumn): void {
  choose({ sort, descending: choice.sort === sort && !choice.descending });
}

/** Shows some cases in the table, and scrolls to it. */
function showOnly(only: ResultsChoice['show']): void {
  show.value = only;
  filter.value = '';
  choose({ show: only, text: '' });
  toolbar.scrollIntoView({ block: 'start' });
  table.element.focus({ preventScroll: true });
}

function showContinuation(continuation: ResultsData['continuation']): void {
  going.hidden = continuation === null;
  going.textContent = continuation === 'resume' ? 'Resume' : 'Retry Unanswered';
  for (const one of overview.querySelectorAll<HTMLElement>('.continues'))
    one.hidden = continuation === null;
}

function openCase(row: ResultRow): void {
  const { id, model } = row;
  opened = row;
  port.send({ kind: 'detail', id, model });
}

function draw(): void {
  if (!data || !state) return;
  port.keep({ ...state, choice });
  const rows = filterRows(data.rows, choice);
  counted.textContent = `${rows.length.toLocaleString('en-US')} of ${data.rows.length.toLocaleString('en-US')}`;
  table.show(rows, listColumns(data), choice);
}

/** Columns that would be empty are left out. */
function listColumns({ rows, report: { models } }: ResultsData): CaseColumn[] {
  const some = (has: (row: ResultRow) => boolean): boolean => rows.some(has);
  return [
    'result',
    'case',
    ...(models.length > 1 ? (['model'] as const) : []),
    'score',
    'repeats',
    ...(some(({ base }) => base !== null) ? (['baseline', 'change'] as const) : []),
    ...(some(({ latencyMs }) => latencyMs !== null) ? (['latency'] as const) : []),
    ...(some(({ cost }) => cost !== 0) ? (['cost'] as const) : []),
    ...(some(({ tags, group }) => tags.length > 0 || group !== null) ? (['tags'] as const) : []),
  ];
}

function action(text: string, type: 'evaluate' | 'compare' | 'export'): HTMLElement {
  const made = element('button', { type: 'button', class: 'link' }, text);
  made.addEventListener('click', () => port.send({ kind: type }));
  return made;
}
