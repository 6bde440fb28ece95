import { formatDuration } from '../../format-duration.ts';
import { formatPercent, formatPercentNumber } from '../../format-percent.ts';
import { formatDollars } from '../../models/figures.ts';
import { formatPValue } from '../compare/describe-verdict.ts';
import type { Conclusion } from './conclude-run.ts';
import type { ModelReport } from './rank-models.ts';

/** A table of plain texts. */
export interface TextTable {
  readonly columns: readonly {
    readonly heading: string;
    readonly isNumber?: boolean;
    /** It may be left out where there is no room. */
    readonly isMinor?: boolean;
  }[];
  readonly rows: readonly (readonly string[])[];
}

/** The models of a run side by side; what no model has gets no column. */
export function tabulateModels(models: readonly ModelReport[]): TextTable {
  const columns = COLUMNS.filter(({ cell }) => models.some((one) => cell(one) !== ''));
  const isComplete = models.every(({ jobs }) => jobs.answered === jobs.asked);
  return {
    columns: columns.map(
      ({ heading, isNumber = false, isMinor = false, isMinorIfComplete = false }) => ({
        heading,
        isNumber,
        isMinor: isMinor || (isMinorIfComplete && isComplete),
      }),
    ),
    rows: models.map((one) => columns.map(({ cell }) => cell(one) || '–')),
  };
}

/** Explains the mark in the table of models; null if no model has it. */
export function explainParetoMark(models: readonly ModelReport[]): string | null {
  if (!models.some(({ isParetoOptimal }) => isParetoOptimal)) return null;
  return '★ Pareto-optimal: no other model passes as much for the same cost per call or less';
}

/** What a conclusion is called in a table. */
export function nameConclusion({ kind }: Conclusion): string {
  return kind === 'not-accepted' ? 'not accepted' : kind;
}

interface ModelColumn {
  readonly heading: string;
  readonly isNumber?: boolean;
  readonly isMinor?: boolean;
  /** It says something only where answers are missing. */
  readonly isMinorIfComplete?: boolean;
  /** Empty if the model has no such figure. */
  cell(model: ModelReport): string;
}

const COLUMNS: readonly ModelColumn[] = [
  {
    heading: 'Model',
    cell: ({ model, isParetoOptimal }) => (isParetoOptimal ? `${model} ★` : model),
  },
  {
    heading: 'Pass rate (95 % CI)',
    isNumber: true,
    cell: ({ passRate }) =>
      passRate
        ? `${formatPercent(passRate.value)} (${formatPercentNumber(passRate.low)}–${formatPercentNumber(passRate.high)})`
        : '',
  },
  {
    heading: 'Answered',
    isNumber: true,
    isMinorIfComplete: true,
    cell: ({ jobs }) => `${jobs.answered} of ${jobs.asked}`,
  },
  {
    heading: 'Cost per call',
    isNumber: true,
    cell: ({ callCost }) => (callCost ? formatDollars(callCost.mean) : ''),
  },
  {
    heading: 'per pass',
    isNumber: true,
    isMinor: true,
    cell: ({ passedCost }) => (passedCost === null ? '' : formatDollars(passedCost)),
  },
  {
    heading: 'p50 / p95',
    isNumber: true,
    isMinor: true,
    cell: ({ latency }) =>
      latency ? `${formatDuration(latency.p50)} / ${formatDuration(latency.p95)}` : '',
  },
  {
    heading: 'First token',
    isNumber: true,
    isMinor: true,
    cell: ({ latency }) => (latency?.firstToken == null ? '' : formatDuration(latency.firstToken)),
  },
  {
    heading: 'vs the first',
    cell: ({ comparison }) =>
      comparison
        ? `${VERDICTS[comparison.verdict]} (${formatPValue(comparison.pAdjusted ?? comparison.p)})`
        : '',
  },
  { heading: 'Result', cell: ({ conclusion }) => nameConclusion(conclusion) },
];

const VERDICTS = {
  regression: 'worse',
  improvement: 'better',
  equivalent: 'equivalent',
  underpowered: 'not shown',
  'no-evidence': 'not shown',
  incomplete: 'incomplete',
} as const;
