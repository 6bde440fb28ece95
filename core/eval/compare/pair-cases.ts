import { isChecked, isMissing } from '../report/slices.ts';
import type { CaseSummary } from '../report/summary.ts';
import type { Pair } from '../statistics/paired-change.ts';

/** A case that both runs asked. */
export interface CasePair {
  readonly before: CaseSummary;
  readonly now: CaseSummary;
  /** The observed shares; null if one of the runs has no verdict of this case. */
  readonly pair: Pair | null;
}

/** The pairs of the observed cases, and of all cases with their missing answers filled in. */
export interface Completions {
  readonly observed: readonly Pair[];
  /** Every missing answer passes in the baseline and fails in the candidate. */
  readonly worst: readonly Pair[];
  /** The opposite. */
  readonly best: readonly Pair[];
}

/** Pairs the cases that both runs asked, in the order of the candidate. */
export function pairCases(
  base: ReadonlyMap<string, CaseSummary>,
  candidate: ReadonlyMap<string, CaseSummary>,
): CasePair[] {
  return [...candidate.values()].flatMap((now) => {
    const before = base.get(now.id);
    if (!before) return [];
    const isObserved = before.repeats > 0 && now.repeats > 0;
    const pair = isObserved ? createPair(before, now, getShare(before), getShare(now)) : null;
    return [{ before, now, pair }];
  });
}

/** True if an answer or a verdict is missing in either run. */
export function hasMissing(pairs: readonly CasePair[]): boolean {
  return pairs.some(({ before, now }) => isMissing(before) || isMissing(now));
}

export function completePairs(pairs: readonly CasePair[]): Completions {
  const complete = (ifBefore: number, ifNow: number) =>
    pairs.map(({ before, now }) =>
      createPair(before, now, fillShare(before, ifBefore), fillShare(now, ifNow)),
    );
  return {
    observed: pairs.flatMap(({ pair }) => (pair ? [pair] : [])),
    worst: complete(1, 0),
    best: complete(0, 1),
  };
}

/** The cases that a run asked of one model: those with a verdict, and those that lack one. */
export function listAsked(cases: readonly CaseSummary[], model: string, only: string | undefined) {
  const asked = cases.filter(
    (one) => (one.model ?? only) === model && (isChecked(one) || isMissing(one)),
  );
  return new Map(asked.map((one) => [one.id, one]));
}

/** The share of passed repeats of those with a verdict; 0 without any. */
function getShare({ passed, repeats }: CaseSummary): number {
  return repeats === 0 ? 0 : passed / repeats;
}

/** The share of passed repeats if this share of the missing ones passes. */
function fillShare({ passed, repeats, missing = 0 }: CaseSummary, share: number): number {
  return (passed + share * missing) / (repeats + missing);
}

function createPair(before: CaseSummary, now: CaseSummary, base: number, candidate: number): Pair {
  const count = ({ repeats, missing = 0 }: CaseSummary): number => repeats + missing;
  const group = now.group ?? before.group;
  return {
    base,
    candidate,
    repeats: Math.max(count(before), count(now)),
    ...(group === undefined ? {} : { group }),
  };
}
