/** What an eval is expected to spend, said before it begins. */
export interface EvalEstimate {
  /** Nothing is called: answers come from recordings, or only their verdicts are made anew. */
  readonly isFree: boolean;
  readonly calls: number;
  /** USD; null when a price is unknown. */
  readonly cost: number | null;
  readonly highest: number | null;
  /** Models without a price. */
  readonly unknownPrices: readonly string[];
  /** USD that the prompt's own budget allows; null: it says nothing. */
  readonly limit: number | null;
  /** USD above which the project wants to be asked; null: it says nothing. */
  readonly confirmAbove: number | null;
}

/** Several evals as one. */
export function totalEstimate(all: readonly EvalEstimate[]): EvalEstimate {
  const known = all.filter(({ cost }) => cost !== null);
  const isKnown = known.length === all.length;
  const sum = (of: (one: EvalEstimate) => number) => all.reduce((total, one) => total + of(one), 0);
  const limits = all.flatMap(({ confirmAbove }) => confirmAbove ?? []);
  return {
    isFree: all.every(({ isFree }) => isFree),
    calls: sum(({ calls }) => calls),
    cost: isKnown ? sum(({ cost }) => cost ?? 0) : null,
    highest: isKnown ? sum(({ highest }) => highest ?? 0) : null,
    unknownPrices: [...new Set(all.flatMap(({ unknownPrices }) => unknownPrices))],
    limit: null,
    confirmAbove: limits.length === 0 ? null : Math.min(...limits),
  };
}
