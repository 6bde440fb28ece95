import { formatPlace } from '#core/eval/report/case-facts.ts';
import type { MissingGroup } from '#core/eval/report/group-missing.ts';
import { type CaseFailure, formatReason } from '#core/eval/report/list-failures.ts';
import type { ResultsData } from '../results/messages.ts';
import { button, element } from './element.ts';
import { type OverviewListener, section } from './overview-parts.ts';

/** Failures that are open at first. */
const MAX_OPEN = 3;

/** The cases that failed, with input, what was expected and what came. */
export function createFailureList(
  { report, failures: count, models }: ResultsData,
  { send, filter }: OverviewListener,
): HTMLElement[] {
  const { failures } = report;
  if (count === 0) return [];
  const more = count - failures.length;
  const items = failures.map((failure, i) => {
    const shown = createFailure(failure, models !== null, send);
    shown.open = i < MAX_OPEN;
    return shown;
  });
  const rest = button(`Show all ${count} in the table`, () => filter('not-passed'));
  return [
    section(count === 1 ? '1 failure' : `${count} failures`, ...items, ...(more > 0 ? [rest] : [])),
  ];
}

/** Answers that are missing, by reason. */
export function createMissingList(
  groups: readonly MissingGroup[],
  { models }: ResultsData,
  { filter }: OverviewListener,
): HTMLElement[] {
  if (groups.length === 0) return [];
  const lines = groups.map(({ text, remedy, count, cases, model }) => {
    const names = cases.slice(0, 5).map(({ name }) => name);
    const more = cases.length > names.length ? `, and ${cases.length - names.length} more` : '';
    return element(
      'li',
      { dir: 'auto' },
      element('span', { class: 'missing' }, `${count} × ${text}`),
      ...(models === null ? [] : [element('div', { class: 'quiet' }, model)]),
      element('div', { class: 'quiet' }, `${names.join(', ')}${more}`),
      ...(remedy === null ? [] : [element('div', {}, remedy)]),
    );
  });
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return [
    section(
      total === 1 ? '1 answer is missing' : `${total} answers are missing`,
      element('ul', {}, ...lines),
      button('Show in the table', () => filter('unanswered')),
    ),
  ];
}

function createFailure(
  failure: CaseFailure,
  hasModels: boolean,
  send: OverviewListener['send'],
): HTMLDetailsElement {
  const { id, name, model, isNew, isFlaky, passed, repeats, reasons, input, wanted, got } = failure;
  const marks = [
    hasModels ? model : '',
    isNew ? 'passed before' : '',
    repeats > 1 ? `${passed} of ${repeats} repeats pass` : '',
    isFlaky ? 'flaky' : '',
    failure.finishReason === null ? '' : `ended by ${failure.finishReason}`,
    failure.must ? 'required' : '',
  ];
  const said = marks.filter((text) => text !== '').join(' · ');
  const inputs = input.map(([key, text]) => (input.length === 1 ? text : `${key}: ${text}`));
  return element(
    'details',
    { class: 'failure' },
    element(
      'summary',
      { dir: 'auto' },
      element('span', { class: 'failed' }, `✗ ${name}`),
      ...(said === '' ? [] : [element('span', { class: 'quiet' }, ` ${said}`)]),
    ),
    element(
      'ul',
      {},
      ...reasons.map((reason) => element('li', { dir: 'auto' }, formatReason(reason))),
    ),
    element(
      'div',
      { class: 'sides' },
      createSide('Input', inputs.join('\n')),
      ...(wanted === null ? [] : [createSide('Expected', wanted)]),
      createSide('Got', got ?? 'No answer.'),
    ),
    button(formatPlace(failure), () => send({ kind: 'reveal', id })),
  );
}

function createSide(title: string, text: string): HTMLElement {
  return element(
    'div',
    {},
    element('div', { class: 'quiet' }, title),
    element('pre', { dir: 'auto', tabindex: '0', 'aria-label': title }, text),
  );
}
