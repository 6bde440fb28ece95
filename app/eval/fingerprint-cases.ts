import { computeHashes, evaluatorValue } from '#core/eval/hashes.ts';
import { assignCaseIds } from '#core/eval/ids.ts';
import { type Hash, hashValue } from '#core/hash.ts';
import type { PromptDocument, Row } from '#core/prompt/document.ts';
import { toJson } from '#core/prompt/node.ts';

/** What the results of a prompt's cases are about: if it differs, they are outdated. */
export interface CaseFingerprints {
  /** Of what all cases have in common: what is sent, and the evaluators of the file. */
  readonly shared: Hash;
  /** Of the row of each case, by its id. */
  readonly rows: ReadonlyMap<string, Hash>;
}

/** Computes what the results of cases are about. `rows` are those of the file and of its test files. */
export function fingerprintCases(
  document: PromptDocument,
  rows: readonly Row[] = document.rows,
): CaseFingerprints {
  const { prompt, data, checks } = computeHashes(document, []);
  const ids = assignCaseIds(rows);
  return {
    shared: hashValue([prompt, data, checks]),
    rows: new Map(rows.map((row, i) => [ids[i] ?? String(i), fingerprintRow(row)])),
  };
}

/** Finds the cases whose results are outdated: all of them, or those with these ids. */
export function findOutdated(
  before: CaseFingerprints,
  now: CaseFingerprints,
): 'all' | ReadonlySet<string> {
  if (before.shared !== now.shared) return 'all';
  return new Set(
    [...now.rows].flatMap(([id, row]) => {
      const known = before.rows.get(id);
      return known === undefined || known === row ? [] : [id];
    }),
  );
}

function fingerprintRow({ values, meta }: Row): Hash {
  return hashValue({
    values: [...values.values()]
      .map(({ name, text, node }) => [name, text, toJson(node)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    group: meta.group,
    threshold: meta.threshold,
    evaluators: meta.evaluators.map(evaluatorValue),
  });
}
