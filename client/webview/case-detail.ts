import { formatDollars } from '#core/models/figures.ts';
import type { CaseCall, CaseDetail, FromResults, ResultRow } from '../results/messages.ts';
import { describeRepeats, formatOutcome } from './case-texts.ts';
import { button, element } from './element.ts';

/** One case in full: its figures and values, and for each repeat the answer with its checks. */
export function createCaseDetail(
  { id, name, model, values, calls, base }: CaseDetail,
  row: ResultRow | undefined,
  send: (message: FromResults) => void,
  close: () => void,
): HTMLElement {
  const actions = element(
    'div',
    { class: 'actions' },
    button('Show in Editor', () => send({ kind: 'reveal', id })),
    ...(base.length > 0
      ? [button('Compare Answers', () => send({ kind: 'diff', id, model }))]
      : []),
    button('Close', close),
  );
  const heading = element('h2', { tabindex: '-1' }, model === null ? name : `${name} · ${model}`);
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
    { class: 'detail', 'aria-label': name },
    element('div', { class: 'title' }, heading, actions),
    ...(row ? [element('p', { class: 'quiet', dir: 'auto' }, describeRow(row))] : []),
    ...(values.length > 0 ? [list] : []),
    ...calls.map((call, i) => createCallView(call, i, calls.length, 'Answer')),
    ...base.map((call, i) => createCallView(call, i, base.length, 'Baseline answer')),
  );
}

function createCallView(
  { answer, error, fault, finishReason, results }: CaseCall,
  index: number,
  count: number,
  name: string,
): HTMLElement {
  const repeat = count > 1 ? `, repeat ${index + 1}` : '';
  const end = finishReason === null ? '' : ` (ended by ${finishReason})`;
  const title = `${name}${repeat}${end}`;
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
    ...(fault === null ? [] : [element('p', { class: 'failed', dir: 'auto' }, `✗ ${fault}`)]),
    error !== null && answer === null
      ? element('p', { class: 'failed', dir: 'auto' }, `! ${error}`)
      : element('pre', { dir: 'auto' }, answer ?? 'No answer.'),
    element('ul', {}, ...checks),
  );
}

/** What the table says about a case, for columns that a narrow page leaves out. */
function describeRow(row: ResultRow): string {
  const { score, latencyMs, cost, group, tags, base } = row;
  return [
    formatOutcome(row.outcome),
    describeRepeats(row),
    score === null ? '' : `score ${score.toFixed(2)}`,
    base ? `baseline ${formatOutcome(base.outcome)} ${base.passed}/${base.repeats}` : '',
    latencyMs === null ? '' : `${Math.round(latencyMs)} ms`,
    cost === null ? 'cost unknown' : formatDollars(cost),
    group ?? '',
    ...tags,
  ]
    .filter((text) => text !== '')
    .join(' · ');
}
