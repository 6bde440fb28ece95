import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathInProject } from '#app/prompt/prompt-input.ts';
import { isOn } from '#core/lint/engine/lint.ts';
import {
  applyLintBaseline,
  baselineEntry,
  EMPTY_BASELINE,
  formatLintBaseline,
  type LintBaseline,
  parseLintBaseline,
  readEntryPath,
  readEntryRule,
} from '#core/lint/engine/lint-baseline.ts';
import { rules } from '#core/rules/index.ts';
import { LINT_BASELINE_FILE, readTextFile } from '#io/files.ts';
import { writeTextFile } from '#io/write-file.ts';
import type { Checked } from './check-prompts.ts';
import { UsageError } from './command.ts';

/** What a project's list of known findings makes of a check. */
export interface KnownResult {
  readonly checked: readonly Checked[];
  /** Entries that match nothing any more. */
  readonly stale: readonly string[];
  /** Lists that were written, with the number of their entries. */
  readonly written: readonly { readonly path: string; readonly count: number }[];
}

/** Marks the findings that the projects’ lists hold. Throws UsageError for a list that cannot be read. */
export async function applyKnown(checked: readonly Checked[]): Promise<KnownResult> {
  const marked = new Map<Checked, Checked>();
  const stale: string[] = [];
  for (const [root, members] of groupByRoot(checked)) {
    const known = await load(root);
    for (const one of members) {
      const findings = applyLintBaseline(one.findings, known, pathInProject(one.input));
      marked.set(one, { ...one, findings });
    }
    stale.push(...findStaleEntries(known, root, members));
  }
  return { checked: checked.map((one) => marked.get(one) ?? one), stale, written: [] };
}

/** Records every finding that nothing suppresses; entries of files that were not checked stay. */
export async function updateKnown(checked: readonly Checked[]): Promise<KnownResult> {
  const written: { path: string; count: number }[] = [];
  for (const [root, members] of groupByRoot(checked)) {
    const path = join(root, LINT_BASELINE_FILE);
    const before = await load(root);
    const gone = new Set(findStaleEntries(before, root, members));
    const entries = new Set([...before.entries].filter((entry) => !gone.has(entry)));
    for (const one of members) for (const entry of listEntries(one)) entries.add(entry);
    if (entries.size === 0 && !existsSync(path)) continue;
    await writeTextFile(path, formatLintBaseline({ entries, rest: before.rest }));
    written.push({ path, count: entries.size });
  }
  return { ...(await applyKnown(checked)), written };
}

function groupByRoot(checked: readonly Checked[]): Map<string, Checked[]> {
  const projects = new Map<string, Checked[]>();
  for (const one of checked) {
    if (one.input.file === null) continue;
    const { root } = one.input.project;
    const members = projects.get(root);
    if (members) members.push(one);
    else projects.set(root, [one]);
  }
  return projects;
}

async function load(root: string): Promise<LintBaseline> {
  const path = join(root, LINT_BASELINE_FILE);
  if (!existsSync(path)) return EMPTY_BASELINE;
  const file = await readTextFile(path);
  if ('error' in file) throw new UsageError(file.error.message);
  const known = parseLintBaseline(file.text);
  if ('error' in known) throw new UsageError(`${path} cannot be used: ${known.error}.`);
  return known;
}

/** Of checked files what no finding matches, though its rule ran; and what is about files that are gone. */
function findStaleEntries(
  known: LintBaseline,
  root: string,
  members: readonly Checked[],
): string[] {
  if (known.entries.size === 0) return [];
  const found = new Set(members.flatMap(listEntries));
  const settings = new Map(members.map((one) => [pathInProject(one.input), one.settings]));
  return [...known.entries].filter((entry) => {
    if (found.has(entry)) return false;
    const path = readEntryPath(entry);
    const own = settings.get(path);
    if (!own) return !existsSync(join(root, path));
    const rule = rules.find(({ id }) => id === readEntryRule(entry));
    return !rule || isOn(rule, own);
  });
}

function listEntries({ input, findings }: Checked): string[] {
  const path = pathInProject(input);
  return findings
    .filter(({ suppressed }) => !suppressed)
    .map((finding) => baselineEntry(finding, path));
}
