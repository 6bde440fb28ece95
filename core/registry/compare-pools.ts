import { compareRuns } from '../eval/compare/compare.ts';
import type { CompareOptions, Comparison } from '../eval/compare/comparison.ts';
import type { GatePreset } from '../eval/compare/gate-chance.ts';
import { type PooledRuns, poolRuns } from './pool-runs.ts';
import type { AttachedEval } from './registry.ts';

/** The runs of a version, compared with those of another one. */
export interface PoolComparison {
  /** Of all runs. */
  readonly all: Comparison;
  /** How often the answer could be looked at: once for the first runs, and once for each that was added. */
  readonly looks: number;
  /** The comparison that was possible first; `all` if nothing was added since. */
  readonly first: Comparison;
  /** Of all runs, with the interval of `confidence`. */
  readonly strict: Comparison;
  /** 0.95 for a single look; higher with each further one. */
  readonly confidence: number;
}

/**
 * Compares two versions by all their runs. Who looks, and asks again until the answer is the wanted one, is
 * wrong more often than once in twenty times; so the interval widens with each run that was added after
 * the first comparison. Returns one sentence if they cannot be compared.
 */
export function comparePools(
  base: PooledRuns,
  candidate: PooledRuns,
  options: Pick<CompareOptions, 'margin'>,
): PoolComparison | { readonly error: string } {
  const all = compare(base, candidate, options);
  if ('error' in all) return all;
  const began = Math.max(findBegin(base), findBegin(candidate));
  const early = [base, candidate].map(({ added, figures: { model } }) => {
    const runs = added.filter((run) => startedAt(run) <= began);
    return { count: added.length - runs.length, pool: () => poolRuns(runs, model) };
  });
  const looks = 1 + early.reduce((sum, { count }) => sum + count, 0);
  const confidence = confidenceAfter(looks);
  const [before, now] = early;
  if (looks === 1 || !before || !now) return { all, looks, first: all, strict: all, confidence };
  const first = compare(before.pool(), now.pool(), options);
  const strict = compare(base, candidate, { ...options, confidence });
  if ('error' in strict) return strict;
  return { all, looks, first: 'error' in first ? all : first, strict, confidence };
}

/**
 * Whether a comparison lets a version through. Somebody who asks again after a regression needs proof, since
 * sooner or later a worse version shows no regression by chance.
 */
export function satisfiesGate(gate: GatePreset, { all, first, strict }: PoolComparison): boolean {
  const isProven = strict.nonInferior === true;
  if (gate === 'non-inferior') return isProven;
  return all.regression === false && (first.regression !== true || isProven);
}

/**
 * The confidence of the interval at the last of some looks. The chances to be wrong of all looks,
 * 5 % / 1², 5 % / 2², 5 % / 3² …, have a finite sum, and looks at nearly the same answers are wrong
 * together.
 */
export function confidenceAfter(looks: number): number {
  return 1 - 0.05 / looks ** 2;
}

function compare(
  base: PooledRuns,
  candidate: PooledRuns,
  options: CompareOptions,
): Comparison | { readonly error: string } {
  const found = compareRuns(base.results, candidate.results, options);
  if ('error' in found) return found;
  const [comparison] = found;
  return comparison ?? { error: 'the runs have no case in common' };
}

/** When a side had its first run, in milliseconds since the epoch. */
function findBegin({ added, runs }: PooledRuns): number {
  return Math.min(...(added.length > 0 ? added : runs).map(startedAt));
}

function startedAt({ run }: AttachedEval): number {
  return Date.parse(run.at);
}
