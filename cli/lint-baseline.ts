import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathInProject } from '#app/prompt/prompt-input.ts';
import { isRuleOn } from '#core/lint/engine/lint.ts';
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

/** The result of applying the projects' lint baselines to a check. */
export interface BaselineResult {
  readonly checked: readonly Checked[];
  /** Entries that no longer match a finding. */
  readonly stale: readonly string[];
  /** Baselines that were written, with the number of their entries. */
  readonly written: readonly { readonly path: string; readonly count: number }[];
}

/** Marks the findings in the projects' lint baselines. Throws UsageError for a baseline that cannot be read. */
export async function applyBaselines(checked: readonly Checked[]): Promise<BaselineResult> {
  const marked = new Map<Checked, Checked>();
  const stale: string[] = [];
  for (const [root, members] of groupByRoot(checked)) {
    const known = await loadBaseline(root);
    for (const one of members) {
      const findings = applyLintBaseline(one.findings, known, pathInProject(one.input));
      marked.set(one, { ...one, findings });
    }
    stale.push(...findStaleEntries(known, root, members));
  }
  return { checked: checked.map((one) => marked.get(one) ?? one), stale, written: [] };
}

/** Records every finding that is not suppressed; entries of files that were not checked stay. */
export async function updateBaselines(checked: readonly Checked[]): Promise<BaselineResult> {
  const written: { path: string; count: number }[] = [];
  for (const [root, members] of groupByRoot(checked)) {
    const path = join(root, LINT_BASELINE_FILE);
    const before = await loadBaseline(root);
    const stale = new Set(findStaleEntries(before, root, members));
    const entries = new Set([...before.entries].filter((entry) => !stale.has(entry)));
    for (const one of members) for (const entry of listEntries(one)) entries.add(entry);
    if (entries.size === 0 && !existsSync(path)) continue;
    await writeTextFile(path, formatLintBaseline({ entries, rest: before.rest }));
    written.push({ path, count: entries.size });
  }
  return { ...(await applyBaselines(checked)), written };
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

async function loadBaseline(root: string): Promise<LintBaseline> {
  const path = join(root, LINT_BASELINE_FILE);
  if (!existsSync(path)) return EMPTY_BASELINE;
  const file = await readTextFile(path);
  if ('error' in file) throw new UsageError(file.error.message);
  const known = parseLintBaseline(file.text);
  if ('error' in known) throw new UsageError(`${path} cannot be read: ${known.error}.`);
  return known;
}

/** Finds entries of checked files whose rule ran but found nothing, and entries of files that no longer exist. */
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
    return !rule || isRuleOn(rule, own);
  });
}

function listEntries({ input, findings }: Checked): string[] {
  const path = pathInProject(input);
  return findings
    .filter(({ suppressed }) => !suppressed)
    .map((finding) => baselineEntry(finding, path));
}
