import { withModel } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { describePriceSource } from '#core/models/render-token-report.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { describeBudget, readBudgets } from './cost-budgets.ts';
import {
  compareModels,
  formatCandidatesJson,
  printCandidates,
  splitIds,
} from './cost-candidates.ts';
import { readInputs } from './inputs.ts';
import { type Measured, measure } from './measure.ts';
import { dollarsOrUnknown } from './reporters/figures.ts';
import { formatMeasuredJson, sumMonthlyCost } from './reporters/measured-json.ts';
import { formatTable, type Terminal } from './terminal.ts';

type Grouping = 'feature' | 'owner' | 'model';

export const cost: Command = {
  name: 'cost',
  summary: 'show what prompts cost: per call, per 1,000 calls, per month',
  operands: '[FILE or FOLDER …]',
  about: [
    'Prices come from a list that ships with Promptsmith (its date is printed) or from `models` in .promptsmith.yaml; nothing is fetched. An unknown price is shown as "unknown", never as $0.',
    "The monthly cost uses `traffic` in .promptsmith.yaml. The expected output is `outputTokens` given there, or else the mean of the prompt's stored runs, or else 300 tokens; never more than the prompt's own limit. The golden set includes its judges. `promptsmith eval` and the editor use the same figures.",
    "--model prices the prompts on another model. --candidates compares each prompt's model with the `candidates` of its file, or with those that you list: tokens by each model's own way of counting, cost, and whether the longest call fits its context window. A model that reasons may bill more output than the estimate.",
    'Where `budget.month` is set, the last lines show how much of it is spent.',
    '--by groups the prompts by model, or by `metadata.owner` or `metadata.feature` of the files.',
  ],
  options: [
    {
      name: 'by',
      type: 'text',
      value: 'key',
      choices: ['feature', 'owner', 'model'],
      summary: 'group by feature, owner or model',
    },
    {
      name: 'model',
      short: 'm',
      type: 'text',
      value: 'id',
      summary: "price on this model instead of the file's",
    },
    {
      name: 'candidates',
      type: 'optional',
      value: 'ids',
      summary: "compare with other models: the file's candidates, or a list separated by commas",
    },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['cost prompts', 'every prompt'],
    ['cost --by owner', 'the cost of each owner'],
    ['cost triage.prompt.yaml --model openai/gpt-4o-mini', 'the same prompt on another model'],
    ['cost prompts --candidates', "each prompt on its file's candidates"],
    ['cost prompts --candidates=openai/gpt-4o-mini,mistral/mistral-small', 'on these two models'],
    ['cost prompts --json', 'for another program'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const by = args.text('by') as Grouping | undefined;
  const model = args.text('model');
  if (args.flag('candidates') && (model !== undefined || by !== undefined))
    throw new UsageError('--candidates excludes --model and --by.');
  const read = await readInputs(args.files, context);
  const inputs = model === undefined ? read : read.map((input) => withModel(input, model));
  const knowledge = new PromptKnowledge(today());
  const { terminal } = context;
  if (args.flag('candidates')) {
    const ids = splitIds(args.text('candidates') ?? '');
    const compared = await compareModels(inputs, ids, knowledge, terminal);
    if (wantsJson(args)) terminal.printJson(formatCandidatesJson(compared));
    else printCandidates(compared, terminal);
    return 0;
  }
  const measured = await measure(inputs, knowledge, terminal);
  const budgets = await readBudgets(inputs, context);
  if (wantsJson(args)) {
    const groups = by ? { by, groups: groupPrompts(measured, by) } : {};
    const spent = budgets.length === 0 ? {} : { budgets };
    terminal.printJson({ ...(formatMeasuredJson(measured) as object), ...groups, ...spent });
    return 0;
  }
  if (by) printGroups(groupPrompts(measured, by), by, terminal);
  else printPrompts(measured, terminal);
  printNotes(measured, terminal);
  for (const budget of budgets) terminal.print(terminal.style(describeBudget(budget), 'dim'));
  return 0;
}

interface Group {
  /** Null: not set in the files. */
  readonly name: string | null;
  readonly prompts: number;
  /** USD; null = unknown. */
  readonly perMonth: number | null;
  /** Prompts whose month is unknown: no price, or no traffic. */
  readonly unknown: number;
}

function groupPrompts(measured: readonly Measured[], by: Grouping): Group[] {
  const groups = new Map<string | null, Measured[]>();
  for (const one of measured) {
    const name = readGroupName(one, by);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups]
    .map(([name, members]) => ({
      name,
      prompts: members.length,
      perMonth: sumMonthlyCost(members),
      unknown: members.filter(({ report: { cost: known } }) => (known?.perMonth ?? null) === null)
        .length,
    }))
    .sort((a, b) => (b.perMonth ?? -1) - (a.perMonth ?? -1));
}

function readGroupName({ prompt, model }: Measured, by: Grouping): string | null {
  if (by === 'model') return model?.id ?? prompt.model;
  const value = prompt.metadata[by];
  return value === undefined || value === null ? null : String(value);
}

function printPrompts(measured: readonly Measured[], terminal: Terminal): void {
  const head = [
    'prompt',
    'model',
    '≈ input tokens',
    '≈ per call',
    '≈ per 1,000 calls',
    '≈ golden set',
    '≈ per month',
  ];
  const rows = measured.map(({ path, prompt, counts, report: { cost: known } }) => [
    path,
    prompt.model ?? 'no model',
    formatCount(counts.call.median),
    known ? formatDollars(known.call.median) : 'unknown',
    known ? formatDollars(known.per1000) : 'unknown',
    known ? dollarsOrUnknown(known.goldenSet) : 'unknown',
    known?.perMonth === null || known?.perMonth === undefined ? '–' : formatDollars(known.perMonth),
  ]);
  const [first = '', ...lines] = formatTable([head, ...rows], [2, 3, 4, 5, 6]);
  terminal.print(terminal.style(first, 'dim'));
  for (const line of lines) terminal.print(line);
}

function printGroups(groups: readonly Group[], by: Grouping, terminal: Terminal): void {
  const rows = groups.map(({ name, prompts, perMonth, unknown }) => [
    name ?? `(no ${by})`,
    String(prompts),
    dollarsOrUnknown(perMonth),
    unknown > 0 ? `${unknown} not included` : '',
  ]);
  const [first = '', ...lines] = formatTable([[by, 'prompts', '≈ per month', ''], ...rows], [1, 2]);
  terminal.print(terminal.style(first, 'dim'));
  for (const line of lines) terminal.print(line);
}

function printNotes(measured: readonly Measured[], terminal: Terminal): void {
  const note = (line: string): void => terminal.print(terminal.style(line, 'dim'));
  terminal.print();
  const total = sumMonthlyCost(measured);
  if (total !== null)
    terminal.print(
      `≈ ${terminal.style(formatDollars(total), 'bold')} per month for the prompts with traffic figures`,
    );
  const silent = measured.filter(({ traffic }) => traffic === null).map(({ path }) => path);
  if (silent.length > 0)
    note(
      `no traffic figures for ${joinPaths(silent)}: add them under \`traffic\` in .promptsmith.yaml`,
    );
  const unpriced = measured
    .filter(({ report: { cost: known } }) => known === null)
    .map(({ path }) => path);
  if (unpriced.length > 0)
    note(`no price for ${joinPaths(unpriced)}: add one under \`models\` in .promptsmith.yaml`);
  const assumed = measured.filter(
    ({ report: { cost: known } }) => known?.output.basis === 'default',
  );
  const [first] = assumed;
  if (first)
    note(
      `${formatCount(first.report.cost?.output.tokens ?? 0)} output tokens are assumed for ${joinPaths(assumed.map(({ path }) => path))}: run \`promptsmith eval\` once, or set \`outputTokens\` under \`traffic\``,
    );
  const worth = measured.filter(
    ({ report: { cost: known } }) => known?.cache && known.cache.perCall > 0,
  );
  for (const {
    path,
    report: { cost: known },
  } of worth.slice(0, 5)) {
    const how = known?.cache?.automatic
      ? 'the provider caches them automatically'
      : 'if you enable caching';
    note(
      `${path}: ${known?.cache?.tokens} tokens at the start can be cached, which saves ${formatDollars(known?.cache?.perCall ?? 0)} per call (${how})`,
    );
  }
  for (const line of new Set(
    measured.flatMap(({ report: { prices } }) =>
      prices ? [`prices: ${describePriceSource(prices)}`] : [],
    ),
  ))
    note(line);
}

function joinPaths(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}
