import type { Fact } from '#core/eval/report/list-run-facts.ts';
import type { ComparisonReport } from '#core/eval/report/run-report.ts';
import type { ResultsData } from '../results/messages.ts';
import { element } from './element.ts';
import { createFailureList, createMissingList } from './failure-list.ts';
import { createModelSection } from './model-table.ts';
import { createFigure, type OverviewListener, section } from './overview-parts.ts';
import { createDifferencesPlot, createIntervalPlot } from './plots.ts';
import { createResultSummary } from './result-summary.ts';
import { createSliceTable } from './slice-table.ts';

/** A run in the order of a reader's questions: good or not, what to do, what failed, what differs, what it cost. */
export function createRunOverview(data: ResultsData, listener: OverviewListener): HTMLElement {
  const { report, rows } = data;
  const { missing, slices, comparisons, cost, facts } = report;
  const changes = createDifferencesPlot(rows);
  return element(
    'div',
    { class: 'overview' },
    createResultSummary(data, listener),
    ...createModelSection(data),
    ...createFailureList(data, listener),
    ...createMissingList(missing, data, listener),
    ...(slices.length > 0 ? [createSliceTable(slices)] : []),
    ...(comparisons.length > 0
      ? [
          section(
            'Comparison',
            ...comparisons.map((one, i) => createComparison(one, i > 0 || isOfModels(one))),
            ...(changes ? [createFigure('Changed cases, worst first', changes)] : []),
          ),
        ]
      : []),
    section('Cost', createFactList(cost)),
    element('details', {}, element('summary', {}, 'About this run'), createFactList(facts)),
  );
}

/** `hasPlot`: the first comparison is drawn at the top of the page. */
function createComparison(
  { comparison, sides, text, notes }: ComparisonReport,
  hasPlot: boolean,
): HTMLElement {
  const { delta, interval, margin, verdict } = comparison;
  return element(
    'div',
    { class: `verdict ${verdict}` },
    element('p', { class: 'quiet', dir: 'auto' }, sides),
    element('p', {}, text),
    ...(hasPlot
      ? [
          createFigure(
            'Difference in pass rate with 95 % CI, in percentage points',
            createIntervalPlot({ delta, interval, margin, text }),
          ),
        ]
      : []),
    ...(notes.length > 0
      ? [element('ul', {}, ...notes.map((note) => element('li', {}, note)))]
      : []),
  );
}

function isOfModels({ comparison }: ComparisonReport): boolean {
  return comparison.baseModel !== undefined;
}

function createFactList(facts: readonly Fact[]): HTMLElement {
  return element(
    'dl',
    {},
    ...facts.flatMap(([name, text]) => [
      element('dt', {}, name),
      element('dd', { dir: 'auto' }, text),
    ]),
  );
}
