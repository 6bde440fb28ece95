import type { CaseCall, CaseDetail, FromResults } from '../results/messages.ts';
import { element } from './element.ts';

/** One case in full: its values, and for each repeat the answer with its checks. */
export function createCaseDetail(
  { id, model, values, calls, base }: CaseDetail,
  send: (message: FromResults) => void,
  close: () => void,
): HTMLElement {
  const button = (text: string, act: () => void): HTMLElement => {
    const made = element('button', { type: 'button', class: 'link' }, text);
    made.addEventListener('click', act);
    return made;
  };
  const actions = element(
    'div',
    { class: 'actions' },
    button('Show in Editor', () => send({ kind: 'reveal', id })),
    ...(base.length > 0
      ? [button('Compare Answers', () => send({ kind: 'diff', id, model }))]
      : []),
    button('Close', close),
  );
  const heading = element('h2', { tabindex: '-1' }, model === null ? id : `${id} · ${model}`);
  const list = element(
    'dl',
    {},
    ...values.flatMap(([name, text]) => [
      element('dt', {}, name),
      element('dd', { dir: 'auto' }, text),
    ]),
  );
  return element(
    'section',
    { class: 'detail', 'aria-label': id },
    element('div', { class: 'title' }, heading, actions),
    ...(values.length > 0 ? [list] : []),
    ...calls.map((call, i) => createCallView(call, i, calls.length, 'Answer')),
    ...base.map((call, i) => createCallView(call, i, base.length, 'Baseline answer')),
  );
}

function createCallView(
  { answer, error, results }: CaseCall,
  index: number,
  count: number,
  name: string,
): HTMLElement {
  const title = count > 1 ? `${name}, repeat ${index + 1}` : name;
  const checks = results.map((result) => {
    const mark =
      result.error !== undefined ? '!' : result.passed === null ? '?' : result.passed ? '✓' : '✗';
    const kind = mark === '✓' ? 'passed' : mark === '?' ? 'skipped' : 'failed';
    const score = result.score === null ? '' : ` (${result.score.toFixed(2)})`;
    const lines = [
      element(
        'span',
        { class: kind },
        `${mark} ${result.name}${score}: ${result.error ?? result.detail}`,
      ),
      ...(result.passed === false && result.expected !== undefined
        ? [element('div', { class: 'quiet' }, `expected: ${result.expected}`)]
        : []),
      ...(result.passed === false && result.actual !== undefined
        ? [element('div', { class: 'quiet' }, `actual: ${result.actual}`)]
        : []),
    ];
    return element('li', { dir: 'auto' }, ...lines);
  });
  return element(
    'div',
    { class: 'call' },
    element('h3', {}, title),
    error !== null && answer === null
      ? element('p', { class: 'failed', dir: 'auto' }, `! ${error}`)
      : element('pre', { dir: 'auto' }, answer ?? 'No answer.'),
    element('ul', {}, ...checks),
  );
}
