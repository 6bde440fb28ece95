import type { Finding } from './rule.ts';

/** The lint baseline of a project, `.promptsmith.known.json`: findings it accepts for now, so that only new ones show. */
export interface LintBaseline {
  /** `<rule> <fingerprint> <path from the project root>`, one a finding. */
  readonly entries: ReadonlySet<string>;
  /** What else the file holds, kept when it is written. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export const EMPTY_BASELINE: LintBaseline = { entries: new Set(), rest: {} };

/** Reads the file's text. Never throws: what is wrong is said in `error`, in one sentence. */
export function parseLintBaseline(text: string): LintBaseline | { readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: `it is not valid JSON: ${error instanceof Error ? error.message : error}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { error: 'it must be a map with `v` and `fingerprints`' };
  const { v, fingerprints, ...rest } = value as Record<string, unknown>;
  if (typeof v === 'number' && v > 1)
    return { error: `version ${v} is from a newer Promptsmith: update this one` };
  if (
    v !== 1 ||
    !Array.isArray(fingerprints) ||
    fingerprints.some((one) => typeof one !== 'string')
  )
    return { error: 'it needs `"v": 1` and a list of texts under `fingerprints`' };
  return { entries: new Set(fingerprints as string[]), rest };
}

/** The file's text: sorted by path, one entry a line, so that changes of it can be read and merged. */
export function formatLintBaseline({ entries, rest }: LintBaseline): string {
  const fingerprints = [...entries].sort(
    (a, b) => compare(readEntryPath(a), readEntryPath(b)) || compare(a, b),
  );
  return `${JSON.stringify({ v: 1, ...rest, fingerprints }, null, 2)}\n`;
}

/** The entry of a finding. `path`: of the checked file, from the project root. */
export function baselineEntry({ id, fingerprint }: Finding, path: string): string {
  return `${id} ${fingerprint} ${path}`;
}

/** The path of the file in whose check an entry's finding came up. */
export function readEntryPath(entry: string): string {
  return entry.split(' ').slice(2).join(' ');
}

/** The rule of an entry's finding. */
export function readEntryRule(entry: string): string {
  return entry.split(' ', 1)[0] ?? '';
}

/** The findings with those marked that the list has. */
export function applyLintBaseline(
  findings: readonly Finding[],
  { entries }: LintBaseline,
  path: string,
): readonly Finding[] {
  if (entries.size === 0) return findings;
  return findings.map((finding) =>
    entries.has(baselineEntry(finding, path)) ? { ...finding, known: true } : finding,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
