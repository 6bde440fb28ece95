import type { TextTable } from '#core/eval/report/tabulate-models.ts';
import type { ResultsData } from '../results/messages.ts';
import { element } from './element.ts';
import { createFigure, section } from './overview-parts.ts';
import { createParetoPlot } from './pareto-plot.ts';

/** The models of a run side by side, and drawn; nothing for a run on one model. */
export function createModelSection({ models, report }: ResultsData): HTMLElement[] {
  if (!models) return [];
  const plot = createParetoPlot(report.models);
  return [
    section(
      'Models',
      createTable(models),
      ...(plot
        ? [
            createFigure(
              'Pass rate over cost per call with 95 % CI; ★ and filled: no other model is both better and cheaper',
              plot,
            ),
          ]
        : []),
    ),
  ];
}

/** Roles are explicit: in a narrow page each row becomes a block, and browsers drop the table's own roles. */
function createTable({ columns, rows }: TextTable): HTMLElement {
  return element(
    'table',
    { class: 'models', role: 'table' },
    element(
      'thead',
      { role: 'rowgroup' },
      element(
        'tr',
        { role: 'row' },
        ...columns.map(({ heading, isNumber }) =>
          element(
            'th',
            { role: 'columnheader', scope: 'col', ...(isNumber ? { class: 'number' } : {}) },
            heading,
          ),
        ),
      ),
    ),
    element(
      'tbody',
      { role: 'rowgroup' },
      ...rows.map((cells) =>
        element(
          'tr',
          { role: 'row' },
          ...cells.map((text, i) => {
            const { heading = '', isNumber } = columns[i] ?? {};
            const named = { 'data-heading': heading };
            return i === 0
              ? element('th', { role: 'rowheader', scope: 'row', ...named }, text)
              : element('td', { role: 'cell', class: isNumber ? 'number' : '', ...named }, text);
          }),
        ),
      ),
    ),
  );
}
