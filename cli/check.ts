import { relative } from 'node:path';
import { pathFrom } from '#app/prompt/project.ts';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { lintSettings } from '#core/lint/engine/lint.ts';
import type { Severity } from '#core/lint/engine/rule.ts';
import { FileSecrets } from '#core/lint/secrets.ts';
import { formatDollars } from '#core/models/figures.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import type { LintMode } from '#core/settings.ts';
import { uriToPath } from '#io/files.ts';
import { checkPrompts, type FixSummary } from './check-prompts.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  readFormat,
} from './command.ts';
import { readInputsToCheck } from './inputs.ts';
import { applyBaselines, type BaselineResult, updateBaselines } from './lint-baseline.ts';
import {
  type CheckedFile,
  type CheckSummary,
  Findings,
  summarizeFindings,
} from './reporters/findings.ts';
import { formatFindingsGithub } from './reporters/findings-github.ts';
import { formatFindingsJson } from './reporters/findings-json.ts';
import { pluralize, printFindings } from './reporters/findings-plain.ts';
import { formatFindingsSarif } from './reporters/findings-sarif.ts';
import { version } from './version.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export const check: Command = {
  name: 'check',
  summary: 'find problems in prompts, and fix them',
  operands: '[FILE or FOLDER …]',
  about: [
    'Checks prompt files: syntax, format, variables, models, security, evaluators. Nothing leaves the machine.',
    '--fix applies safe fixes only: the requests that are sent and the verdicts stay the same for every value. --fix=all also applies fixes that change what is sent, so review the diff before you commit.',
    'To suppress one finding, put a comment on the line before it: # promptsmith-disable-next-line <rule> -- reason. Configure rules in .promptsmith.yaml.',
    'To adopt the checks in a project with existing prompts, record all current findings in a lint baseline with --update-baseline. Later checks report only new findings. Commit the file, .promptsmith.known.json.',
  ],
  options: [
    {
      name: 'fix',
      type: 'optional',
      value: 'all',
      choices: ['safe', 'all'],
      summary: 'apply safe fixes; --fix=all applies all fixes',
    },
    {
      name: 'fail-on',
      type: 'text',
      value: 'severity',
      choices: ['error', 'warning', 'info', 'never'],
      summary: 'exit with 1 if there are findings of this severity or above (default error)',
    },
    {
      name: 'mode',
      type: 'text',
      value: 'mode',
      choices: ['recommended', 'pedantic', 'audit'],
      summary: 'which rules run; overrides .promptsmith.yaml',
    },
    {
      name: 'update-baseline',
      aliases: ['update-known'],
      type: 'flag',
      summary: 'record all findings in the lint baseline, .promptsmith.known.json',
    },
    ...formatOptions(['plain', 'json', 'sarif', 'github']),
  ],
  examples: [
    ['check', 'all prompts in this folder and below'],
    ['check prompts/triage.prompt.yaml --fix', 'apply all safe fixes'],
    ['check "prompts/**/*.prompt.yml" --fail-on warning --format json', 'in a CI job'],
    ['check --format sarif --output findings.sarif', 'for code scanning'],
    ['check --format github', 'annotations in GitHub Actions'],
    ['check --update-baseline', 'record all current findings in the lint baseline'],
    ['check - < draft.prompt.yaml', 'from standard input'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal, cwd } = context;
  const inputs = await readInputsToCheck(args.files, context);
  const mode = args.text('mode') as LintMode | undefined;
  const fix = !args.flag('fix') ? 'none' : args.text('fix') === 'all' ? 'all' : 'safe';
  const all = await checkPrompts(inputs, { mode, fix }, terminal);
  const result = args.flag('update-baseline')
    ? await updateBaselines(all)
    : await applyBaselines(all);

  const found = new Findings((uri) => pathFrom(cwd, uriToPath(uri) ?? uri));
  addSettingsFiles(inputs, cwd, found);
  for (const { input, shownText, findings, files } of result.checked)
    found.add(input.path, shownText, findings, files);
  const files = found.files();
  const summary = summarizeFindings(files, inputs.length);

  const fixedInput = all.find(({ input }) => input.file === null);
  if (fix !== 'none' && fixedInput) terminal.write(fixedInput.text);
  else printReport({ files, summary, result }, args, context);
  const failOn = args.text('fail-on') ?? 'error';
  if (failOn === 'never') return 0;
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn as Severity) + 1);
  return failing.some((severity) => summary[severity] > 0) ? 1 : 0;
}

interface CheckReport {
  readonly files: readonly CheckedFile[];
  readonly summary: CheckSummary;
  readonly result: BaselineResult;
}

function printReport(
  { files, summary, result: { checked, stale, written } }: CheckReport,
  args: Arguments,
  { terminal, cwd, environment }: CommandContext,
): void {
  const notes = [
    ...written.map(
      ({ path, count }) =>
        `${pathFrom(cwd, path)}: ${pluralize(count, 'finding')} in the lint baseline`,
    ),
    ...(stale.length > 0
      ? [
          `${pluralize(stale.length, 'entry', 'entries')} of the lint baseline no longer occur${stale.length === 1 ? 's' : ''}: run promptsmith check --update-baseline`,
        ]
      : []),
  ];
  const format = readFormat(args) ?? 'plain';
  switch (format) {
    case 'json':
      terminal.printJson(formatFindingsJson(files, summary, stale));
      break;
    case 'sarif':
      terminal.printJson(formatFindingsSarif(files, rules, version));
      break;
    case 'github':
      for (const line of formatFindingsGithub(files, pathsOnGithub(cwd, environment)))
        terminal.printCommand(line);
      break;
    default: {
      printFindings(files, summary, terminal);
      const fixed = [...new Set(checked.flatMap(({ fixedPaths }) => fixedPaths))];
      if (fixed.length > 0)
        terminal.print(`fixed ${pluralize(fixed.length, 'file')}: ${fixed.join(', ')}`);
      for (const { input, fixedBy } of checked)
        if (fixedBy) terminal.print(`  ${input.path}: ${describeFixes(fixedBy)}`);
      if (checked.some(({ fixedBy }) => fixedBy))
        terminal.print(
          'These fixes may change what is sent: evaluate the prompts before you use them.',
        );
      for (const note of notes) terminal.print(note);
      return;
    }
  }
  for (const note of notes) terminal.note(note);
}

/** `retired-model, folded-list; ≈ $0.0003 a call, was ≈ $0.0001`: what else than the spelling changed. */
function describeFixes({ rules: applied, before, after }: FixSummary): string {
  const cost = (usd: number | null) =>
    usd === null ? 'cost unknown' : `≈ ${formatDollars(usd)} a call`;
  const was = cost(before) === cost(after) ? 'as before' : `was ${cost(before)}`;
  return `${applied.join(', ')}; ${cost(after)}, ${was}`;
}

/** GitHub resolves paths from the repository's root; a step may run in a folder below it. */
function pathsOnGithub(
  cwd: string,
  { GITHUB_WORKSPACE: root }: CommandContext['environment'],
): (path: string) => string {
  const between = root === undefined ? '' : relative(root, cwd).replaceAll('\\', '/');
  if (between === '' || between.startsWith('..')) return (path) => path;
  return (path) => `${between}/${path}`;
}

/** Adds the findings about the settings files of the checked prompts. */
function addSettingsFiles(inputs: readonly PromptInput[], cwd: string, found: Findings): void {
  const seen = new Set<string>();
  for (const { project } of inputs) {
    const { settingsPath, settingsText } = project;
    if (settingsPath === null || settingsText === null || seen.has(settingsPath)) continue;
    seen.add(settingsPath);
    const findings = lintSettings(settingsText, rules);
    const shown = new FileSecrets(parsePrompt(settingsText)).hiddenText;
    if (findings.length > 0) found.add(pathFrom(cwd, settingsPath), shown, findings);
  }
}
