import { convertTestFiles } from '#app/prompt/convert-test-files.ts';
import { reportPrompt } from '#app/prompt/forecast-prompt.ts';
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

/** The rules whose fixes were applied, and the cost of a call in USD before and after; null = unknown. */
export interface FixSummary {
  readonly rules: readonly string[];
  readonly before: number | null;
  readonly after: number | null;
}

/** A checked prompt, after its fixes if they were requested. */
export interface Checked {
  readonly input: PromptInput;
  /** The settings that applied to it. */
  readonly settings: Settings;
  readonly text: string;
  /** The files that were fixed: the prompt, its test files. */
  readonly fixedPaths: readonly string[];
  /** What fixes changed that may change requests; null = nothing did. */
  readonly fixedBy: FixSummary | null;
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
    const fixed = await fixInput(given, settings, options.fix, knowledge);
    const { input, facts, fixedPaths, fixedBy } = fixed;
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
    const fixes = { fixedPaths, fixedBy };
    checked.push({ input, settings, text: prompt.text, ...fixes, findings, shownText, files });
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
  readonly fixedBy: FixSummary | null;
}

/** Converts test files and fixes the prompt, each only as far as it was requested. */
async function fixInput(
  given: PromptInput,
  settings: Settings,
  fix: CheckOptions['fix'],
  knowledge: PromptKnowledge,
): Promise<FixedInput> {
  const none = { fixedPaths: [], fixedBy: null };
  if (fix === 'none') return { input: given, facts: await knowledge.gather(given), ...none };
  const { input: read, converted } = await convertTestFiles(given, fix);
  const facts = await knowledge.gather(read);
  const { input, rules: applied } = await fixPrompt(read, { ...facts, settings }, fix);
  if (input === read) return { input, facts, fixedPaths: converted, fixedBy: null };
  const { input: whole, converted: more } = await convertTestFiles(await withTests(input), fix);
  const after = await knowledge.gather(whole);
  const fixedPaths = [input.path, ...converted, ...more];
  if (fix !== 'all') return { input: whole, facts: after, fixedPaths, fixedBy: null };
  const costs = [await priceCall(read, facts), await priceCall(whole, after)] as const;
  return {
    input: whole,
    facts: after,
    fixedPaths,
    fixedBy: { rules: applied, before: costs[0], after: costs[1] },
  };
}

/** Fixes a prompt and writes it back if it changed. */
async function fixPrompt(
  input: PromptInput,
  facts: PromptFacts & { readonly settings: Settings },
  fix: 'safe' | 'all',
): Promise<{ readonly input: PromptInput; readonly rules: readonly string[] }> {
  const applied = new Set<string>();
  const options = { unsafe: fix === 'all', onApplied: (rule: string) => applied.add(rule) };
  const text = applyFixes({ ...facts, prompt: input.prompt }, rules, options);
  if (text === input.prompt.text) return { input, rules: [] };
  if (input.file !== null) await writeTextFile(input.file, text);
  return { input: withText(input, text), rules: [...applied] };
}

/** The expected cost of a call in USD; null if the price is not known. */
async function priceCall(input: PromptInput, facts: PromptFacts): Promise<number | null> {
  const { cost } = await reportPrompt(input, facts);
  return cost?.call.median ?? null;
}
