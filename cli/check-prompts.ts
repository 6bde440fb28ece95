import { convertTestFiles } from '#app/prompt/convert-test-files.ts';
import { type PromptInput, withTests, withText } from '#app/prompt/prompt-input.ts';
import { type PromptFacts, PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { applyFixes } from '#core/lint/engine/fix.ts';
import { lint } from '#core/lint/engine/lint.ts';
import type { Finding, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { FileSecrets, scanForSecrets } from '#core/lint/secrets.ts';
import { rules } from '#core/rules/index.ts';
import type { LintMode, Settings } from '#core/settings.ts';
import { createSecretScanner } from '#io/secrets.ts';
import { writeTextFile } from '#io/write-file.ts';
import type { Terminal } from './terminal.ts';

export interface CheckOptions {
  /** Overrides the project's mode. */
  readonly mode: LintMode | undefined;
  readonly fix: 'none' | 'safe' | 'all';
}

/** A checked prompt, after its fixes if they were requested. */
export interface Checked {
  readonly input: PromptInput;
  /** The settings that applied to it. */
  readonly settings: Settings;
  readonly text: string;
  /** The files that were fixed: the prompt, its test files. */
  readonly fixedPaths: readonly string[];
  /** Including suppressed ones. */
  readonly findings: readonly Finding[];
  /** The text with its secrets hidden: same length, same lines. */
  readonly shownText: string;
  /** Other files that findings refer to. */
  readonly files: WorkspaceFacts['files'];
}

/** Checks prompts one by one; fixes and writes them first if requested. */
export async function checkPrompts(
  inputs: readonly PromptInput[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<Checked[]> {
  const knowledge = new PromptKnowledge(today());
  const scanner = createSecretScanner();
  const checked: Checked[] = [];
  for (const [i, given] of inputs.entries()) {
    terminal.status(`checking ${i + 1} of ${inputs.length}: ${given.path}`);
    const settings = options.mode ? { ...given.settings, mode: options.mode } : given.settings;
    const { input, facts, fixedPaths } = await fixInput(given, settings, options.fix, knowledge);
    const { prompt } = input;
    const known = await scanForSecrets(new FileSecrets(prompt).joined, scanner);
    const secrets = new FileSecrets(prompt, known);
    const findings = lint(
      { ...facts, facts: { ...facts.facts, secrets: known }, secrets, prompt, settings },
      rules,
    ).map((finding) =>
      input.encoding ? { ...finding, fixes: [] } : dropFixesWithSecrets(finding, secrets),
    );
    const { files } = facts.facts;
    // In what was not decoded, no secret can be found.
    const shownText = input.encoding ? prompt.text.replace(/[^\r\n]/g, ' ') : secrets.hiddenText;
    checked.push({ input, settings, text: prompt.text, fixedPaths, findings, shownText, files });
  }
  terminal.status('');
  return checked;
}

/** Reports go to logs and pages, so they contain no fix that repeats a secret. */
function dropFixesWithSecrets(finding: Finding, secrets: FileSecrets): Finding {
  const { fixes } = finding;
  if (!fixes || secrets.found.length === 0) return finding;
  const isOpen = fixes.filter(({ edits }) => !edits.some(({ text }) => secrets.isIn(text)));
  return { ...finding, fixes: isOpen };
}

interface FixedInput {
  readonly input: PromptInput;
  readonly facts: PromptFacts;
  readonly fixedPaths: readonly string[];
}

/** Converts test files and fixes the prompt, each only as far as it was requested. */
async function fixInput(
  given: PromptInput,
  settings: Settings,
  fix: CheckOptions['fix'],
  knowledge: PromptKnowledge,
): Promise<FixedInput> {
  if (fix === 'none') return { input: given, facts: await knowledge.gather(given), fixedPaths: [] };
  const { input: read, converted } = await convertTestFiles(given, fix);
  const facts = await knowledge.gather(read);
  const input = await fixPrompt(read, { ...facts, settings }, fix);
  if (input === read) return { input, facts, fixedPaths: converted };
  const { input: whole, converted: more } = await convertTestFiles(await withTests(input), fix);
  const after = await knowledge.gather(whole);
  return { input: whole, facts: after, fixedPaths: [input.path, ...converted, ...more] };
}

/** Fixes a prompt and writes it back if it changed. */
async function fixPrompt(
  input: PromptInput,
  facts: PromptFacts & { readonly settings: Settings },
  fix: 'safe' | 'all',
): Promise<PromptInput> {
  const options = { unsafe: fix === 'all' };
  const text = applyFixes({ ...facts, prompt: input.prompt }, rules, options);
  if (text === input.prompt.text) return input;
  if (input.file !== null) await writeTextFile(input.file, text);
  return withText(input, text);
}
