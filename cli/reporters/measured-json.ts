import type { Measured } from '../measure.ts';

/** Formats tokens and cost as JSON. Money is in USD, `null` = unknown. */
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

/** USD per month for the prompts with known cost and traffic; null if there are none. */
export function sumMonthlyCost(measured: readonly Measured[]): number | null {
  const known = measured.flatMap(({ report }) => report.cost?.perMonth ?? []);
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}
