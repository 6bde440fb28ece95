import type { Outcome } from '../run-event.ts';
import type { Interval } from '../statistics/proportion-intervals.ts';
import { wilsonInterval } from '../statistics/proportion-intervals.ts';

/** A case with what slices need. */
export interface SlicedCase {
  readonly tags: readonly string[];
  readonly group: string | null;
  readonly outcome: Outcome;
  /** The number of passed repeats, out of `repeats` that have a verdict. */
  readonly passed: number;
  readonly repeats: number;
  /** The number of repeats without an answer or a verdict. */
  readonly missing?: number;
  /** The same in the baseline; null if it does not have the case. */
  readonly base: { readonly passed: number; readonly repeats: number } | null;
}

/** The cases with one tag, or of one group. Shares are from 0 to 1. */
export interface Slice {
  readonly kind: 'tag' | 'group';
  readonly name: string;
  readonly cases: number;
  /** Mean share of passed repeats, with its Wilson 95 % interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** The rate in the baseline, for the cases in both runs; null if there are none. */
  readonly base: number | null;
  /** This rate minus that of all other cases, with its 95 % interval; null if there are no others. */
  readonly gap: ({ readonly value: number } & Interval) | null;
}

/** Computes pass rates by tag and by group, the lowest first. Cases without a verdict are ignored. */
export function sliceCases(cases: readonly SlicedCase[]): Slice[] {
  const members = new Map<string, { kind: Slice['kind']; name: string; cases: SlicedCase[] }>();
  const add = (kind: Slice['kind'], name: string, one: SlicedCase): void => {
    const key = `${kind} ${name}`;
    const slice = members.get(key) ?? { kind, name, cases: [] };
    slice.cases.push(one);
    members.set(key, slice);
  };
  const checked = cases.filter(isChecked);
  for (const one of checked) {
    for (const tag of new Set(one.tags)) add('tag', tag, one);
    if (one.group !== null) add('group', one.group, one);
  }
  const all = sumPasses(checked);
  return [...members.values()]
    .map(({ kind, name, cases: own }) => {
      const passes = sumPasses(own);
      const before = own.flatMap(({ base }) => (base ? [base.passed / base.repeats] : []));
      return {
        kind,
        name,
        cases: own.length,
        rate: passes / own.length,
        ...wilsonInterval(passes, own.length),
        base: before.length === 0 ? null : before.reduce((a, b) => a + b, 0) / before.length,
        gap: compareWithRest(passes, own.length, all - passes, checked.length - own.length),
      };
    })
    .sort((a, b) => a.rate - b.rate || (a.name < b.name ? -1 : 1));
}

/** A case of a run, of one of its models. */
type RunCase = Omit<SlicedCase, 'group' | 'base'> & {
  readonly model?: string;
  readonly group?: string;
};

/** Slices a run for each of its models. */
export function sliceByModel(cases: readonly RunCase[]): (Slice & { readonly model?: string })[] {
  return [...new Set(cases.map(({ model }) => model))].flatMap((model) =>
    sliceCases(cases.filter((one) => one.model === model).map(withoutBaseline)).map((slice) =>
      model === undefined ? slice : { ...slice, model },
    ),
  );
}

/** A case without a baseline. */
function withoutBaseline({ tags, group, outcome, passed, repeats }: RunCase): SlicedCase {
  return { tags, group: group ?? null, outcome, passed, repeats, base: null };
}

/** True for a case with a verdict of at least one repeat, which counts in pass rates. */
export function isChecked({ outcome, repeats }: Pick<SlicedCase, 'outcome' | 'repeats'>): boolean {
  return outcome !== 'skipped' && outcome !== 'no-checks' && repeats > 0;
}

/** True for a case that lacks the answer or the verdict of at least one repeat. */
export function isMissing({ missing = 0 }: Pick<SlicedCase, 'missing'>): boolean {
  return missing > 0;
}

function sumPasses(cases: readonly Pick<SlicedCase, 'passed' | 'repeats'>[]): number {
  return cases.reduce((sum, { passed, repeats }) => sum + passed / repeats, 0);
}

/** Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10. */
function compareWithRest(
  passes: number,
  n: number,
  otherPasses: number,
  others: number,
): Slice['gap'] {
  if (others === 0) return null;
  const [rate, other] = [passes / n, otherPasses / others];
  const [own, rest] = [wilsonInterval(passes, n), wilsonInterval(otherPasses, others)];
  const value = rate - other;
  return {
    value,
    low: value - Math.hypot(rate - own.low, rest.high - other),
    high: value + Math.hypot(own.high - rate, other - rest.low),
  };
}
