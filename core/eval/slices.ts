import type { Outcome } from './run-event.ts';
import { wilson } from './statistics/wilson.ts';

/** A case as slices count it. */
export interface SlicedCase {
  readonly tags: readonly string[];
  readonly group: string | null;
  readonly outcome: Outcome;
  /** Passed repeats of all. */
  readonly passed: number;
  readonly repeats: number;
  /** The same in the baseline; null: it does not have the case. */
  readonly base: { readonly passed: number; readonly repeats: number } | null;
}

/** The cases with one tag, or of one group. Shares from 0 to 1. */
export interface Slice {
  readonly kind: 'tag' | 'group';
  readonly name: string;
  readonly cases: number;
  /** Mean share of passed repeats, with Wilson's 95 % interval for so many cases. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Of the cases that the baseline has too; null: none. */
  readonly base: number | null;
}

/** Pass rates by tag and by group, the lowest first. Cases without a verdict do not count. */
export function slicesOf(cases: readonly SlicedCase[]): Slice[] {
  const members = new Map<string, { kind: Slice['kind']; name: string; cases: SlicedCase[] }>();
  const add = (kind: Slice['kind'], name: string, one: SlicedCase): void => {
    const key = `${kind} ${name}`;
    const slice = members.get(key) ?? { kind, name, cases: [] };
    slice.cases.push(one);
    members.set(key, slice);
  };
  for (const one of cases) {
    if (one.outcome === 'skipped' || one.outcome === 'no-checks') continue;
    for (const tag of new Set(one.tags)) add('tag', tag, one);
    if (one.group !== null) add('group', one.group, one);
  }
  return [...members.values()]
    .map(({ kind, name, cases: own }) => {
      const passes = own.reduce((sum, { passed, repeats }) => sum + passed / repeats, 0);
      const before = own.flatMap(({ base }) => (base ? [base.passed / base.repeats] : []));
      return {
        kind,
        name,
        cases: own.length,
        rate: passes / own.length,
        ...wilson(passes, own.length),
        base: before.length === 0 ? null : before.reduce((a, b) => a + b, 0) / before.length,
      };
    })
    .sort((a, b) => a.rate - b.rate || (a.name < b.name ? -1 : 1));
}
