import type { Acceptance } from '../../prompt/document.ts';
import type { Comparison } from '../compare/comparison.ts';
import { judgeAcceptance } from './acceptance.ts';
import { type Conclusion, concludeRun } from './conclude-run.ts';
import type { CaseSummary, ModelResult, Summary } from './summary.ts';

/** The results of a model of a run, beside those of the others. */
export interface ModelReport extends ModelResult {
  /** By the acceptance criteria of the file, like those of its own model. */
  readonly conclusion: Conclusion;
  /** Compared with the first model; null for the first one, and for a run that did not end. */
  readonly comparison: Comparison | null;
  /**
   * No other model passes at least as much for at most this cost per call; null if the pass rate or the cost
   * is unknown, and for a run that says nothing about this model.
   */
  readonly isParetoOptimal: boolean | null;
}

export interface RankedRun {
  readonly summary: Pick<Summary, 'run' | 'end' | 'results'>;
  readonly cases: readonly CaseSummary[];
  /** The other models compared with the first. */
  readonly models: readonly Comparison[];
  readonly acceptance: Acceptance | null;
  /** Ids of required tests. */
  readonly must: ReadonlySet<string>;
  /** 0 to 1. */
  readonly maxErrorRate: number;
}

/** Judges each model of a run by the same criteria, in the order of the run. */
export function rankModels(run: RankedRun): ModelReport[] {
  const { summary, cases, models, acceptance, must, maxErrorRate } = run;
  const [first] = summary.run.models;
  const judged = summary.results.map((result) => {
    const own = cases.filter(({ model = first }) => model === result.model);
    const { met } = judgeAcceptance(acceptance, result, own, must);
    const ended = { end: summary.end, totals: result };
    return { result, conclusion: concludeRun(ended, { met }, maxErrorRate) };
  });
  const points = judged.map(({ result, conclusion }) =>
    conclusion.kind === 'inconclusive' ? null : locate(result),
  );
  return judged.map(({ result, conclusion }, i) => {
    const point = points[i] ?? null;
    return {
      ...result,
      conclusion,
      comparison:
        models.find(({ model, baseModel }) => model === result.model && baseModel === first) ??
        null,
      isParetoOptimal: point && !points.some((other) => other !== null && dominates(other, point)),
    };
  });
}

interface Point {
  readonly quality: number;
  readonly cost: number;
}

function locate({ passRate, callCost }: ModelResult): Point | null {
  return passRate && callCost && { quality: passRate.value, cost: callCost.mean };
}

function dominates(other: Point, point: Point): boolean {
  if (other.quality < point.quality || other.cost > point.cost) return false;
  return other.quality > point.quality || other.cost < point.cost;
}
