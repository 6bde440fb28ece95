import { applyFixes } from '#core/lint/fix.ts';
import { lint, lintSettings } from '#core/lint/lint.ts';
import type { Finding, Severity } from '#core/lint/rule.ts';
import { FileSecrets, scanForSecrets } from '#core/lint/secrets.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import type { LintMode } from '#core/settings.ts';
import { pathOfUri } from '#io/files.ts';
import { pathFrom } from '#io/project.ts';
import { type PromptInput, withText } from '#io/prompt-input.ts';
import { type PromptFacts, PromptKnowledge, today } from '#io/prompt-knowledge.ts';
import { secretScanner } from '#io/secrets.ts';
import { writeTextFile } from '#io/write-file.ts';
import { type Arguments, type Command, type CommandContext, formatOptions } from './command.ts';
import { readInputs } from './inputs.ts';
import { Findings, summarise } from './reporters/findings.ts';
import { findingsJson } from './reporters/findings-json.ts';
import { plural, printFindings } from './reporters/findings-plain.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export const check: Command = {
  name: 'check',
  summary: 'find what is wrong with prompts, and fix it',
  operands: '[FILE or FOLDER …]',
  about: [
    'Checks prompt files: syntax, the format, variables, models, evaluators. Nothing leaves the machine.',
    '--fix applies only fixes that send the same requests and give the same verdicts for every value; --fix=all also applies those that change the text, so look at the difference before you commit.',
    'Silence one finding with a comment on the line before: # promptsmith-disable-next-line <rule> -- why. Rules are set in .promptsmith.yaml.',
  ],
  options: [
    {
      name: 'fix',
      type: 'optional',
      value: 'all',
      choices: ['safe', 'all'],
      summary: 'apply safe fixes; --fix=all applies the others too',
    },
    {
      name: 'fail-on',
      type: 'text',
      value: 'severity',
      choices: ['error', 'warning', 'info', 'never'],
      summary: 'exit with 1 from this severity on (default error)',
    },
    {
      name: 'mode',
      type: 'text',
      value: 'mode',
      choices: ['recommended', 'pedantic', 'audit'],
      summary: 'which rules run; over .promptsmith.yaml',
    },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['check', 'all prompts below this folder'],
    ['check prompts/triage.prompt.yaml --fix', 'mend what can be mended safely'],
    ['check "prompts/**/*.prompt.yml" --fail-on warning --format json', 'for a pipeline'],
    ['check - < draft.prompt.yaml', 'from standard input'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const inputs = await readInputs(args.files, context);
  const mode = args.text('mode') as LintMode | undefined;
  const knowledge = new PromptKnowledge(today());
  const scanner = secretScanner();
  const found = new Findings((uri) => pathFrom(context.cwd, pathOfUri(uri) ?? uri));
  addSettingsFiles(inputs, context.cwd, found);
  const fixed: string[] = [];
  let mended = '';
  for (const [i, input] of inputs.entries()) {
    context.terminal.status(`checking ${i + 1} of ${inputs.length}: ${input.path}`);
    const facts = await knowledge.of(input);
    const settings = mode ? { ...input.settings, mode } : input.settings;
    const done = args.flag('fix')
      ? await fix(input, { ...facts, settings }, args.text('fix') === 'all')
      : null;
    if (done && done.prompt.text !== input.prompt.text) fixed.push(input.path);
    const prompt = done?.prompt ?? input.prompt;
    if (input.file === null) mended = prompt.text;
    const after = done && done.prompt !== input.prompt ? await knowledge.of(done) : facts;
    const known = await scanForSecrets(new FileSecrets(prompt).joined, scanner);
    const secrets = new FileSecrets(prompt, known);
    const findings = lint(
      { ...after, facts: { ...after.facts, secrets: known }, secrets, prompt, settings },
      rules,
    ).map((finding) => withoutSecrets(finding, secrets));
    found.add(input.path, secrets.hiddenText, findings, after.facts.files);
  }
  context.terminal.status('');
  const all = found.files();
  const summary = summarise(all, inputs.length);

  const isFixedStdin = args.flag('fix') && inputs.some((input) => input.file === null);
  if (isFixedStdin) context.terminal.write(mended);
  else if (args.text('format') === 'json' || args.flag('json'))
    context.terminal.print(JSON.stringify(findingsJson(all, summary), null, 2));
  else {
    printFindings(all, summary, context.terminal);
    if (fixed.length > 0)
      context.terminal.print(`fixed ${plural(fixed.length, 'file')}: ${fixed.join(', ')}`);
  }
  const failOn = args.text('fail-on') ?? 'error';
  if (failOn === 'never') return 0;
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn as Severity) + 1);
  return failing.some((severity) => summary[severity] > 0) ? 1 : 0;
}

/** A report goes to logs and pages: a fix that would write a secret anew is not in it. */
function withoutSecrets(finding: Finding, secrets: FileSecrets): Finding {
  const { fixes } = finding;
  if (!fixes || secrets.found.length === 0) return finding;
  const isOpen = fixes.filter(({ edits }) => !edits.some(({ text }) => secrets.isIn(text)));
  return { ...finding, fixes: isOpen };
}

/** Mends a prompt and writes it back when something changed. */
async function fix(
  input: PromptInput,
  facts: PromptFacts & Pick<PromptInput, 'settings'>,
  unsafe: boolean,
): Promise<PromptInput> {
  const text = applyFixes({ ...facts, prompt: input.prompt }, rules, { unsafe });
  if (text === input.prompt.text) return input;
  if (input.file !== null) await writeTextFile(input.file, text);
  return withText(input, text);
}

function hidden(text: string): string {
  return new FileSecrets(parsePrompt(text)).hiddenText;
}

/** Findings about the settings files that the checked prompts live under. */
function addSettingsFiles(inputs: readonly PromptInput[], cwd: string, found: Findings): void {
  const seen = new Set<string>();
  for (const { project } of inputs) {
    const { settingsPath, settingsText } = project;
    if (settingsPath === null || settingsText === null || seen.has(settingsPath)) continue;
    seen.add(settingsPath);
    const findings = lintSettings(settingsText, rules);
    if (findings.length > 0) found.add(pathFrom(cwd, settingsPath), hidden(settingsText), findings);
  }
}
