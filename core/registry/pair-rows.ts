import { canonicalJson } from '../json.ts';
import type { Row } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';

/** A test row with its case id and what it is compared by. */
export interface KeyedRow {
  readonly id: string;
  readonly row: Row;
  readonly values: Readonly<Record<string, Json>>;
  /** The keys of `$case` but the checks, as `$case.tags`. */
  readonly meta: Readonly<Record<string, Json>>;
  /** The row's own checks as text; null for none. */
  readonly checks: string | null;
}

/** Rows of both sides that are the same case, and those that only one side has. */
export interface PairedRows {
  readonly pairs: readonly (readonly [KeyedRow, KeyedRow])[];
  readonly removed: readonly KeyedRow[];
  readonly added: readonly KeyedRow[];
}

/** More rows than this that differ are not searched for rows that share all values but one. */
const MAX_SEARCHED = 2000;

/** Pairs test rows: by id, else by the same input, else by all values but one. Costs O(n) for n values. */
export function pairRows(before: readonly KeyedRow[], after: readonly KeyedRow[]): PairedRows {
  const pairs: (readonly [KeyedRow, KeyedRow])[] = [];
  let [removed, added] = [before, after];
  const pairBy = (keys: (one: KeyedRow) => readonly string[]) => {
    const open = new Map<string, KeyedRow[]>();
    for (const one of removed.toReversed())
      for (const key of keys(one)) {
        const rows = open.get(key);
        if (rows) rows.push(one);
        else open.set(key, [one]);
      }
    const taken = new Set<KeyedRow>();
    const take = (key: string): KeyedRow | undefined => {
      const rows = open.get(key) ?? [];
      while (rows.length > 0) {
        const row = rows.pop();
        if (row && !taken.has(row)) return row;
      }
      return undefined;
    };
    added = added.filter((one) => {
      for (const key of keys(one)) {
        const was = take(key);
        if (!was) continue;
        pairs.push([was, one]);
        taken.add(was);
        return false;
      }
      return true;
    });
    removed = removed.filter((one) => !taken.has(one));
  };
  pairBy(({ id }) => [id]);
  pairBy(({ values: { expected: _, ...input } }) => [canonicalJson(input)]);
  if (removed.length > 0 && added.length > 0 && removed.length + added.length <= MAX_SEARCHED)
    pairBy(listAllButOne);
  return { pairs, removed, added };
}

/** The values as text, and once without each of them. */
function listAllButOne({ values, row }: KeyedRow): string[] {
  const names = Object.keys(values);
  // A row of a single value has nothing else to be known by.
  if (names.length < 2) return [];
  const rest = names.map((name) => {
    const { [name]: _, ...others } = values;
    // Many rows have the same expected value: that alone makes the same case at the same place only.
    const isWeak = Object.keys(others).every((other) => other === 'expected');
    return canonicalJson(isWeak ? [others, row.index] : others);
  });
  return [canonicalJson(values), ...rest];
}
