import type { CaseColumn } from '../results/messages.ts';

/** The widths of columns in em; that of the case grows. Rows of one width keep columns aligned. */
export const WIDTHS: Readonly<Record<CaseColumn, number>> = {
  result: 9,
  case: 9,
  model: 10,
  score: 5,
  repeats: 7,
  baseline: 9,
  change: 6,
  latency: 6,
  cost: 7,
  tags: 9,
};

/** The columns that a narrow page leaves out, the first one first: an opened case shows what they do. */
const DISPENSABLE: readonly CaseColumn[] = [
  'tags',
  'cost',
  'latency',
  'score',
  'baseline',
  'repeats',
  'change',
  'model',
];

/** The columns that fit into `width` em; result and case stay in any. */
export function fitColumns(columns: readonly CaseColumn[], width: number): readonly CaseColumn[] {
  let shown = columns;
  for (const column of DISPENSABLE) {
    const taken = shown.reduce((sum, one) => sum + WIDTHS[one], 0);
    if (width <= 0 || taken <= width) break;
    shown = shown.filter((one) => one !== column);
  }
  return shown;
}
