import type { Measured } from '../measure.ts';

/** Tokens and cost for other programs: shapes.md §6. Money is USD, `null` = unknown. */
export function formatMeasuredJson(measured: readonly Measured[]): unknown {
  return {
    v: 1,
    files: measured.map(({ path, report }) => ({ path, ...report })),
    summary: {
      files: measured.length,
      withoutPrice: measured.filter(({ report }) => report.cost === null).length,
      perMonth: sumMonthlyCost(measured),
    },
  };
}

/** USD a month over the prompts whose cost and traffic are known; null when there is none. */
export function sumMonthlyCost(measured: readonly Measured[]): number | null {
  const known = measured.flatMap(({ report }) => report.cost?.perMonth ?? []);
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}
