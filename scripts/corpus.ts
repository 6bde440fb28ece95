import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type LintInput, lint } from '#core/lint/engine/lint.ts';
import type { Finding, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { FileSecrets, scanForSecrets } from '#core/lint/secrets.ts';
import { findEncoding } from '#core/models/find-encoding.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { DEFAULT_SETTINGS, type LintMode } from '#core/settings.ts';
import { LineMap } from '#core/text.ts';
import { createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { findPromptFiles, readTextFile } from '#io/files.ts';
import { createSecretScanner } from '#io/secrets.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { WorkflowFiles } from '#io/workflows.ts';
import { root } from './process.mjs';

/*
 * Lints every prompt file of a folder and prints one line per finding, then counts: to review what the rules
 * report for real files. npm run corpus -- <folder> [--mode recommended|pedantic|audit]
 *
 * A folder of checkouts is read one repository after the other: each folder in it, or one below, that contains
 * `.github` or `.git` is one, and its prompt files are checked with its workflows.
 */
const [folder, ...options] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error(`Usage: npm run corpus -- <folder> [--mode recommended|pedantic|audit]

<folder>  prompt files; or checkouts: each folder in it, or one below, with .github or .git is a repository,
          whose prompt files are checked with its own workflows`);
  process.exit(2);
}
const mode = (options[options.indexOf('--mode') + 1] ?? 'recommended') as LintMode;
const settings = {
  ...DEFAULT_SETTINGS,
  mode: options.includes('--mode') ? mode : 'recommended',
} as const;
const today = new Date().toISOString().slice(0, 10);
const models = await loadCatalogue({ today });
const tokenizer = createFileTokenizer(join(root, 'dist', 'tokens'));
const memo = new TokenMemo();
const scanner = createSecretScanner();

let files = 0;
const counts = new Map<string, number>();
const severities = new Map<string, number>();
let loud = 0;
const repositories = findRepositories(resolve(folder), 2);
const inside = (path: string): boolean => repositories.includes(path);
for (const repository of repositories) {
  if (repositories.length > 1) console.log(`\n${relative(folder, repository)}`);
  await checkFolder(repository, new WorkflowFiles(repository));
}
if (!inside(resolve(folder))) await checkFolder(resolve(folder), null, inside);

async function checkFolder(
  from: string,
  workflows: WorkflowFiles | null,
  isElsewhere?: (path: string) => boolean,
): Promise<void> {
  for await (const file of findPromptFiles([from], isElsewhere)) {
    const read = await readTextFile(file);
    if ('error' in read) {
      console.error(read.error.message);
      continue;
    }
    files++;
    const around = (await workflows?.factsOf(file)) ?? {};
    for (const finding of await lintText(read.text, around)) {
      const other = finding.uri === undefined ? undefined : around.files?.get(finding.uri);
      const { line, character } = new LineMap(other?.text ?? read.text).position(
        finding.span.start,
      );
      const path = other ? join(from, other.path) : file;
      console.log(
        `${relative(folder ?? '', path)}:${line + 1}:${character + 1}  ${finding.severity}  ${finding.id}  ${finding.message}${formatFixes(finding)}`,
      );
      count(counts, `${finding.id} (${finding.severity})`);
      count(severities, finding.severity);
      const group = rules.find(({ id }) => id === finding.id)?.group;
      if (group !== 'format' && /error|warning/.test(finding.severity)) loud++;
    }
  }
}
console.log(`\n${files} files`);
for (const [name, number] of [...counts].sort(([, a], [, b]) => b - a))
  console.log(`${number}  ${name}`);
console.log([...severities].map(([severity, number]) => `${number} ${severity}`).join(', '));
console.log(
  `${(loud / Math.max(files, 1)).toFixed(2)} errors and warnings per file, without the group format`,
);

async function lintText(text: string, around: WorkspaceFacts): Promise<Finding[]> {
  const prompt = parsePrompt(text);
  const encoding = models.find(prompt.model)?.encoding ?? findEncoding(prompt.model);
  const counter = createTableCounter(encoding, await tokenizer.load(encoding.encoding), memo);
  const input: LintInput = {
    prompt,
    settings,
    models,
    counts: countPrompt(prompt, counter),
    facts: {
      today,
      secrets: await scanForSecrets(new FileSecrets(prompt).joined, scanner),
      ...around,
    },
  };
  return lint(input, rules);
}

/** The folder itself or the folders in it, down to a depth, that are repositories. */
function findRepositories(from: string, depth: number): string[] {
  if (existsSync(join(from, '.github')) || existsSync(join(from, '.git'))) return [from];
  if (depth === 0) return [];
  return readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => findRepositories(join(from, name), depth - 1));
}

function formatFixes({ fixes = [] }: Finding): string {
  return fixes.map(({ title, safe }) => `  [${safe ? 'safe' : 'unsafe'} fix: ${title}]`).join('');
}

function count(counters: Map<string, number>, name: string): void {
  counters.set(name, (counters.get(name) ?? 0) + 1);
}
