import type { CostLimit, PreparedEval } from './prepare-eval.ts';

/** What an eval is expected to cost. */
export interface EvalEstimate {
  /** Nothing is called: answers come from recordings, or stored answers are judged again. */
  readonly isFree: boolean;
  readonly calls: number;
  /** USD; null when a price is unknown. */
  readonly cost: number | null;
  readonly highest: number | null;
  /** Models without a price. */
  readonly unknownPrices: readonly string[];
  /** The limit of the run; null: none. */
  readonly limit: CostLimit | null;
  /** USD above which the project requires confirmation; null: not set. */
  readonly confirmAbove: number | null;
}

/** What a prompt's run costs, with the run of its baseline where that has to run first. */
export function estimateEval(prepared: PreparedEval, baseline: PreparedEval | null): EvalEstimate {
  const runs = baseline ? [prepared, baseline] : [prepared];
  const paid = runs.filter(({ isFree }) => !isFree);
  const unknown = new Set(paid.flatMap(({ runEstimate }) => runEstimate.unknownPrices));
  const isKnown = unknown.size === 0;
  return {
    isFree: paid.length === 0,
    calls: sum(paid, ({ runEstimate: { calls } }) => calls.answers + calls.judges),
    cost: isKnown ? sum(paid, ({ runEstimate }) => runEstimate.cost?.median ?? 0) : null,
    highest: isKnown ? sum(paid, ({ runEstimate }) => runEstimate.cost?.max ?? 0) : null,
    unknownPrices: [...unknown],
    limit: prepared.costLimit,
    confirmAbove: prepared.input.settings.eval.confirmAbove ?? null,
  };
}

/** Several evals as one. */
export function totalEstimate(all: readonly EvalEstimate[]): EvalEstimate {
  const isKnown = all.every(({ cost }) => cost !== null);
  const limits = all.flatMap(({ confirmAbove }) => confirmAbove ?? []);
  return {
    isFree: all.every(({ isFree }) => isFree),
    calls: sum(all, ({ calls }) => calls),
    cost: isKnown ? sum(all, ({ cost }) => cost ?? 0) : null,
    highest: isKnown ? sum(all, ({ highest }) => highest ?? 0) : null,
    unknownPrices: [...new Set(all.flatMap(({ unknownPrices }) => unknownPrices))],
    limit: null,
    confirmAbove: limits.length === 0 ? null : Math.min(...limits),
  };
}

function sum<T>(all: readonly T[], amount: (one: T) => number): number {
  return all.reduce((total, one) => total + amount(one), 0);
}
