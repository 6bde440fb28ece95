import type { Finding } from './rule.ts';

/** The lint baseline of a project, `.promptsmith.known.json`: accepted findings, so that only new ones are reported. */
export interface LintBaseline {
  /** One entry per finding: `<rule> <fingerprint> <path from the project root>`. */
  readonly entries: ReadonlySet<string>;
  /** Other keys of the file, kept when it is written. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export const EMPTY_BASELINE: LintBaseline = { entries: new Set(), rest: {} };

/** Parses the file's text. Never throws: `error` describes the problem in one sentence. */
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

/** Writes the file's text: sorted by path, one entry per line, so that diffs are readable and merges are easy. */
export function formatLintBaseline({ entries, rest }: LintBaseline): string {
  const fingerprints = [...entries].sort(
    (a, b) => compare(readEntryPath(a), readEntryPath(b)) || compare(a, b),
  );
  return `${JSON.stringify({ v: 1, ...rest, fingerprints }, null, 2)}\n`;
}

/** The entry of a finding. `path`: the checked file, relative to the project root. */
export function baselineEntry({ id, fingerprint }: Finding, path: string): string {
  return `${id} ${fingerprint} ${path}`;
}

/** The path of the checked file in an entry. */
export function readEntryPath(entry: string): string {
  return entry.split(' ').slice(2).join(' ');
}

/** The rule id in an entry. */
export function readEntryRule(entry: string): string {
  return entry.split(' ', 1)[0] ?? '';
}

/** Marks the findings that the lint baseline contains. */
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
