import type { AcceptanceLine } from '#core/eval/report/run-report.ts';
import type { NextStep } from '#core/eval/report/suggest-steps.ts';
import type { ResultsData } from '../results/messages.ts';
import { button, element } from './element.ts';
import { createFigure, type OverviewListener } from './overview-parts.ts';
import { createIntervalPlot, createPassRatePlot } from './plots.ts';

const TONES = { good: '✓', bad: '✗', open: '?' } as const;

/** Good or not, drawn, what to do about it, and the acceptance criteria as a list. */
export function createResultSummary(data: ResultsData, listener: OverviewListener): HTMLElement {
  const { result, steps, acceptance } = data.report;
  const [first, ...others] = result;
  const tone = data.isPartial ? 'open' : (first?.tone ?? 'open');
  const mark = data.isPartial ? '' : `${TONES[tone]} `;
  return element(
    'section',
    { class: `result ${tone}` },
    element('h2', { class: 'answer', dir: 'auto' }, `${mark}${first?.text ?? 'Nothing was run.'}`),
    ...others.map(({ text }) => element('p', { dir: 'auto' }, text)),
    ...drawResult(data),
    ...(steps.length > 0 ? [createSteps(steps, data, listener)] : []),
    ...(acceptance.length > 0 ? [createAcceptance(acceptance)] : []),
  );
}

/** The change with its interval where there is a baseline, else the pass rate with its own. */
function drawResult({ report, requiredRate, isPartial }: ResultsData): HTMLElement[] {
  const [own] = report.comparisons;
  // What missing answers or cases decide is not drawn as if it were known.
  const isCut = report.steps.some(({ kind }) => kind === 'resume');
  if (isCut || own?.comparison.verdict === 'incomplete' || report.missing.length > 0) return [];
  if (own && own.comparison.baseModel === undefined) {
    const { delta, interval, margin } = own.comparison;
    const plot = createIntervalPlot({ delta, interval, margin, text: own.text });
    return [createFigure('Difference in pass rate with 95 % CI, in percentage points', plot)];
  }
  const rate = report.models[0]?.passRate;
  if (!rate || isPartial) return [];
  const caption = `Pass rate with 95 % CI${requiredRate === null ? '' : '; the line is the required rate'}`;
  return [createFigure(caption, createPassRatePlot(rate, requiredRate))];
}

function createSteps(
  steps: readonly NextStep[],
  { report, continuation }: ResultsData,
  { send }: OverviewListener,
): HTMLElement {
  const own = report.failures.find(({ model }) => model === report.models[0]?.model);
  const lines = steps.map((step) => {
    const line = element('li', { dir: 'auto' }, step.text);
    const act = createAction(step, own?.id, continuation, send);
    if (act) line.append(' ', act);
    return line;
  });
  return element('div', {}, element('h3', {}, 'What to do'), element('ul', {}, ...lines));
}

function createAction(
  { kind }: NextStep,
  failure: string | undefined,
  continuation: ResultsData['continuation'],
  send: OverviewListener['send'],
): HTMLElement | null {
  switch (kind) {
    case 'resume':
    case 'retry-errors': {
      if (continuation === null) return null;
      const name = continuation === 'resume' ? 'Resume' : 'Retry Unanswered';
      return button(name, () => send({ kind: 'continue' }), 'link continues');
    }
    case 'first-failure':
      return failure === undefined
        ? null
        : button('Show in Editor', () => send({ kind: 'reveal', id: failure }));
    case 'remedy':
    case 'run-baseline':
    case 'weak-tag':
    case 'more-cases':
      return null;
    default:
      return kind satisfies never;
  }
}

function createAcceptance(lines: readonly AcceptanceLine[]): HTMLElement {
  return element(
    'div',
    {},
    element('h3', {}, 'Acceptance'),
    element(
      'ul',
      { class: 'acceptance' },
      ...lines.map(({ met, text }) => {
        const [mark, kind] =
          met === null ? ['?', 'skipped'] : met ? ['✓', 'passed'] : ['✗', 'failed'];
        return element('li', { dir: 'auto' }, element('span', { class: kind }, `${mark} ${text}`));
      }),
    ),
  );
}
