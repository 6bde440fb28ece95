import type { Slice } from '#core/eval/report/slices.ts';
import { formatPercent } from '#core/format-percent.ts';
import { element } from './element.ts';
import { createRatePlot } from './plots.ts';

/** The pass rates of tags, the lowest first. */
export function createSliceTable(slices: readonly Slice[]): HTMLElement {
  const hasBase = slices.some(({ base }) => base !== null);
  const heads = ['Tag', 'Cases', 'Pass rate', '95 % CI', '', ...(hasBase ? ['Baseline'] : [])];
  const lines = slices.map(({ model, name, cases, rate, low, high, base }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, model === undefined ? name : `${name} · ${model}`),
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
