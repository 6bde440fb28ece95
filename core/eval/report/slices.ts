import type { Outcome } from '../run-event.ts';
import { effectiveProportion } from '../statistics/effective-proportion.ts';
import { fisherExact } from '../statistics/fisher-exact.ts';
import { holmAdjust } from '../statistics/holm-adjust.ts';
import { type Interval, wilsonInterval } from '../statistics/proportion-intervals.ts';

/** A case with what slices need. */
export interface SlicedCase {
  readonly id: string;
  /** Absent where there is only one. */
  readonly model?: string | null;
  readonly tags: readonly string[];
  readonly group?: string | null;
  readonly outcome: Outcome;
  /** The number of passed repeats, out of `repeats` that have a verdict. */
  readonly passed: number;
  readonly repeats: number;
  /** The number of repeats without an answer or a verdict. */
  readonly missing?: number;
  /** The same in the baseline; absent if it does not have the case. */
  readonly base?: { readonly passed: number; readonly repeats: number } | null;
}

/** The cases of one model with one tag. Shares are from 0 to 1. */
export interface Slice {
  readonly kind: 'tag';
  readonly name: string;
  /** Only if the run has several models. */
  readonly model?: string;
  readonly cases: number;
  /** The number of independent groups; only if cases share a `$case.group`. */
  readonly groups?: number;
  /** Mean share of passed repeats, with its 95 % interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** The rate in the baseline, for the cases in both runs; null if there are none. */
  readonly base: number | null;
  /** This rate compared with that of all other cases of the model; null if there are no others. */
  readonly gap: SliceGap | null;
}

/** A difference of pass rates, from −1 to 1, with its 95 % interval and the p-value of Fisher's exact test. */
export type SliceGap = {
  readonly value: number;
  readonly p: number;
  /** Adjusted by Holm's method for all slices of the run. */
  readonly pAdjusted: number;
} & Interval;

/** With fewer independent cases a pass rate says nothing about them. */
const MIN_CASES = 6;

/** A smaller adjusted p-value is significant. */
const LEVEL = 0.05;

/**
 * Computes the pass rates of each tag by model, the lowest first. Cases that share a group are one
 * observation; a tag with fewer than six is left out. Cases without a verdict are ignored.
 */
export function sliceCases(cases: readonly SlicedCase[]): Slice[] {
  const models = [...new Set(cases.map(({ model }) => model ?? null))];
  const found = models.flatMap((model) => {
    const own = cases.filter((one) => (one.model ?? null) === model && isChecked(one));
    const tags = [...new Set(own.flatMap(({ tags }) => tags))];
    return tags.flatMap((tag) => createSlice(tag, model, own) ?? []);
  });
  const gaps = found.flatMap(({ gap }) => (gap ? [gap.p] : []));
  const adjusted = holmAdjust(gaps);
  return found
    .map((slice) => {
      const { gap } = slice;
      return gap ? { ...slice, gap: { ...gap, pAdjusted: adjusted.shift() ?? 1 } } : slice;
    })
    .sort((a, b) => a.rate - b.rate || (a.name < b.name ? -1 : 1));
}

/** True if the cases of a slice are significantly worse than all others. */
export function isWorse({ gap }: Pick<Slice, 'gap'>): boolean {
  return gap !== null && gap.value < 0 && gap.pAdjusted < LEVEL;
}

/** True for a case with a verdict of at least one repeat, which counts in pass rates. */
export function isChecked({ outcome, repeats }: Pick<SlicedCase, 'outcome' | 'repeats'>): boolean {
  return outcome !== 'skipped' && outcome !== 'no-checks' && repeats > 0;
}

/** True for a case that lacks the answer or the verdict of at least one repeat. */
export function isMissing({ missing = 0 }: Pick<SlicedCase, 'missing'>): boolean {
  return missing > 0;
}

function createSlice(name: string, model: string | null, all: readonly SlicedCase[]): Slice | null {
  const own = all.filter(({ tags }) => tags.includes(name));
  const rate = measure(own);
  if (!rate || rate.clusters < MIN_CASES) return null;
  const before = own.flatMap(({ base }) =>
    base && base.repeats > 0 ? [base.passed / base.repeats] : [],
  );
  return {
    kind: 'tag',
    name,
    ...(model === null ? {} : { model }),
    cases: own.length,
    ...(rate.clusters < own.length ? { groups: rate.clusters } : {}),
    rate: rate.value,
    ...wilsonInterval(rate.value * rate.n, rate.n),
    base: before.length === 0 ? null : before.reduce((a, b) => a + b, 0) / before.length,
    gap: compareWithRest(rate, measure(all.filter(({ tags }) => !tags.includes(name)))),
  };
}

interface Rate {
  readonly value: number;
  readonly n: number;
  readonly clusters: number;
}

function measure(cases: readonly SlicedCase[]): Rate | null {
  return effectiveProportion(
    cases.map(({ passed, repeats }) => passed / repeats),
    cases.map(({ group, id }) => (group == null ? `case ${id}` : `group ${group}`)),
  );
}

/** Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10. */
function compareWithRest(own: Rate, rest: Rate | null): SliceGap | null {
  if (!rest) return null;
  const [mine, others] = [own, rest].map(({ value, n }) => wilsonInterval(value * n, n));
  if (!mine || !others) return null;
  const value = own.value - rest.value;
  const p = fisherExact(...countFailures(own), ...countFailures(rest));
  return {
    value,
    low: value - Math.hypot(own.value - mine.low, others.high - rest.value),
    high: value + Math.hypot(mine.high - own.value, rest.value - others.low),
    p,
    pAdjusted: p,
  };
}

/** Whole failures out of whole independent cases, for an exact test. */
function countFailures({ value, n }: Rate): [failures: number, n: number] {
  const whole = Math.floor(n + 1e-9);
  return [Math.round((1 - value) * whole), whole];
}
