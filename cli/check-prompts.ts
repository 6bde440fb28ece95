import { type PromptInput, withText } from '#app/prompt/prompt-input.ts';
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
  readonly isFixed: boolean;
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
    let facts = await knowledge.gather(given);
    const input =
      options.fix === 'none' ? given : await fixPrompt(given, { ...facts, settings }, options.fix);
    const isFixed = input !== given;
    if (isFixed) facts = await knowledge.gather(input);
    const { prompt } = input;
    const known = await scanForSecrets(new FileSecrets(prompt).joined, scanner);
    const secrets = new FileSecrets(prompt, known);
    const findings = lint(
      { ...facts, facts: { ...facts.facts, secrets: known }, secrets, prompt, settings },
      rules,
    ).map((finding) => dropFixesWithSecrets(finding, secrets));
    const { files } = facts.facts;
    const shownText = secrets.hiddenText;
    checked.push({ input, settings, text: prompt.text, isFixed, findings, shownText, files });
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
