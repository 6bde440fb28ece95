import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type LintInput, lint } from '#core/lint/engine/lint.ts';
import type { Finding } from '#core/lint/engine/rule.ts';
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
import { root } from './process.mjs';

/*
 * Lints every prompt file of a folder and prints one line per finding, then counts: to review what the rules
 * report for real files. npm run corpus -- <folder> [--mode recommended|pedantic|audit]
 */
const [folder, ...options] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error('Usage: npm run corpus -- <folder> [--mode recommended|pedantic|audit]');
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
for await (const file of findPromptFiles([resolve(folder)])) {
  const read = await readTextFile(file);
  if ('error' in read) {
    console.error(read.error.message);
    continue;
  }
  files++;
  const { findings, lines } = await lintText(read.text);
  for (const finding of findings) {
    const { line, character } = lines.position(finding.span.start);
    const place = `${relative(folder, file)}:${line + 1}:${character + 1}`;
    console.log(
      `${place}  ${finding.severity}  ${finding.id}  ${finding.message}${formatFixes(finding)}`,
    );
    count(counts, `${finding.id} (${finding.severity})`);
    count(severities, finding.severity);
    const group = rules.find(({ id }) => id === finding.id)?.group;
    if (group !== 'format' && /error|warning/.test(finding.severity)) loud++;
  }
}
console.log(`\n${files} files`);
for (const [name, number] of [...counts].sort(([, a], [, b]) => b - a))
  console.log(`${number}  ${name}`);
console.log([...severities].map(([severity, number]) => `${number} ${severity}`).join(', '));
console.log(
  `${(loud / Math.max(files, 1)).toFixed(2)} errors and warnings per file, without the group format`,
);

async function lintText(text: string): Promise<{ findings: Finding[]; lines: LineMap }> {
  const prompt = parsePrompt(text);
  const encoding = models.find(prompt.model)?.encoding ?? findEncoding(prompt.model);
  const counter = createTableCounter(encoding, await tokenizer.load(encoding.encoding), memo);
  const input: LintInput = {
    prompt,
    settings,
    models,
    counts: countPrompt(prompt, counter),
    facts: { today, secrets: await scanForSecrets(new FileSecrets(prompt).joined, scanner) },
  };
  return { findings: lint(input, rules), lines: new LineMap(text) };
}

function formatFixes({ fixes = [] }: Finding): string {
  return fixes.map(({ title, safe }) => `  [${safe ? 'safe' : 'unsafe'} fix: ${title}]`).join('');
}

function count(counters: Map<string, number>, name: string): void {
  counters.set(name, (counters.get(name) ?? 0) + 1);
}
