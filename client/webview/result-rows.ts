import type { CaseColumn, ResultRow, ResultsChoice } from '../results/messages.ts';

/** The initial choice: failures first, in the order of the file. */
export const FIRST_CHOICE: ResultsChoice = {
  show: 'all',
  text: '',
  sort: 'result',
  descending: false,
};

/** The selected lines in the selected order. Equal ones keep the order of the file. */
export function filterRows(rows: readonly ResultRow[], choice: ResultsChoice): ResultRow[] {
  const words = choice.text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter(
    (row) => isShown(row, choice.show) && words.every((word) => listSearchText(row).includes(word)),
  );
  const weigh = WEIGHTS[choice.sort];
  const sign = choice.descending ? -1 : 1;
  return shown
    .map((row) => ({ row, weight: weigh(row) }))
    .sort((a, b) => sign * compare(a.weight, b.weight))
    .map(({ row }) => row);
}

/** The difference of a case's share of passed repeats to the baseline's; null without one. */
export function computeChange({ passed, repeats, base }: ResultRow): number | null {
  return base && repeats > 0 && base.repeats > 0
    ? passed / repeats - base.passed / base.repeats
    : null;
}

/** Outcomes, the worst first. */
const ORDER = ['errored', 'failed', 'no-checks', 'skipped', 'passed'] as const;

/** What a column is sorted by; null comes last. */
const WEIGHTS: Readonly<Record<CaseColumn, (row: ResultRow) => number | string | null>> = {
  result: ({ outcome }) => ORDER.indexOf(outcome),
  case: ({ name }) => name,
  model: ({ model }) => model,
  score: ({ score }) => score,
  repeats: computeShare,
  baseline: ({ base }) => base && computeShare(base),
  change: computeChange,
  latency: ({ latencyMs }) => latencyMs,
  cost: ({ cost }) => cost,
  tags: ({ tags }) => tags.join(' '),
};

function isShown(row: ResultRow, show: ResultsChoice['show']): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'not-passed':
      return row.outcome !== 'passed' && row.outcome !== 'skipped';
    case 'unanswered':
      return row.outcome === 'errored' || row.missing > 0;
    case 'changed':
      return (computeChange(row) ?? 0) !== 0;
    case 'flaky':
      return (row.flaky ?? 0) > 0;
    default:
      return show satisfies never;
  }
}

/** The share of passed repeats; null without a verdict. */
function computeShare({ passed, repeats }: Pick<ResultRow, 'passed' | 'repeats'>): number | null {
  return repeats === 0 ? null : passed / repeats;
}

function listSearchText({ id, name, model, tags, group, outcome }: ResultRow): string {
  return [id, name, model ?? '', ...tags, group ?? '', outcome].join(' ').toLowerCase();
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: number | string | null, b: number | string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : collator.compare(String(a), String(b));
}
