import { computeShingles, estimateResemblance } from '#core/rules/golden-set/shingles.ts';

/** Texts whose shingles resemble each other this much are one observation. */
const NEAR = 0.5;

/** For each text, whether another one is nearly the same. */
export function findNearCopies(texts: readonly string[]): boolean[] {
  const shingles = texts.map(computeShingles);
  const owners = new Map<number, number[]>();
  for (const [i, set] of shingles.entries())
    for (const one of set) owners.set(one, [...(owners.get(one) ?? []), i]);
  return shingles.map((set, i) => {
    const candidates = new Set([...set].flatMap((one) => owners.get(one) ?? []));
    candidates.delete(i);
    return [...candidates].some(
      (other) => estimateResemblance(set, shingles[other] ?? new Set()) >= NEAR,
    );
  });
}
