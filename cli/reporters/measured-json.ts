import type { Measured } from '../measure.ts';

/** Tokens and cost for other programs: shapes.md §6. Money is USD, `null` = unknown. */
export function measuredJson(measured: readonly Measured[]): unknown {
  return {
    v: 1,
    files: measured.map((one) => {
      const { path, prompt, counts, context, cost, prices } = one;
      const { encoding, exact, basis, call, overhead, cacheablePrefix, messages, variables } =
        counts;
      return {
        path,
        model: prompt.model,
        encoding,
        exact,
        ...(basis === undefined ? {} : { basis }),
        tokens: {
          call,
          static: counts.static,
          overhead,
          cacheablePrefix,
          messages,
          variables: Object.fromEntries(variables),
        },
        context,
        cost: cost && {
          call: cost.call,
          per1000: cost.per1000,
          goldenSet: cost.goldenSet,
          perMonth: cost.perMonth,
          output: cost.output,
          cache: cost.cache,
        },
        prices,
      };
    }),
    summary: {
      files: measured.length,
      withoutPrice: measured.filter(({ cost }) => cost === null).length,
      perMonth: monthlyTotal(measured),
    },
  };
}

/** USD a month over the prompts whose cost and traffic are known; null when there is none. */
export function monthlyTotal(measured: readonly Measured[]): number | null {
  const known = measured.flatMap(({ cost }) =>
    cost?.perMonth === null || cost?.perMonth === undefined ? [] : [cost.perMonth],
  );
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}
