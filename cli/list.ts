import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { matchesWildcard } from '#core/glob.ts';
import { lint } from '#core/lint/engine/lint.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { parseModelId } from '#core/models/model-id.ts';
import { getRetirementState } from '#core/models/retirements.ts';
import { rules } from '#core/rules/index.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  wantsJson,
} from './command.ts';
import { readInputs } from './inputs.ts';
import { listPublished } from './list-published.ts';
import { type Measured, measure } from './measure.ts';
import { REGISTRY_OPTIONS } from './registry-call.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { formatTable } from './terminal.ts';

export const list: Command = {
  name: 'list',
  summary: 'list prompts with their model, cases, tokens and findings',
  operands: '[FILE or FOLDER …]',
  about: [
    'Prints one line per prompt. --retired keeps prompts whose model is retired or has a retirement date; --model keeps prompts whose model matches (`*` matches any text; every spelling of a model id matches).',
  ],
  options: [
    {
      name: 'model',
      type: 'text',
      value: 'id',
      summary: 'only prompts for this model, such as openai/gpt-4o or gpt-4*',
    },
    {
      name: 'retired',
      type: 'flag',
      summary: 'only prompts whose model is retired or has a retirement date',
    },
    {
      name: 'published',
      type: 'flag',
      summary: 'list the prompts of the registry instead, with their labels',
    },
    ...REGISTRY_OPTIONS,
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['list', 'all prompts in this folder and below'],
    ['list --published', 'the prompts of the registry'],
    ['list --retired', 'prompts that need another model'],
    ['list prompts --model "openai/gpt-4*" --json', 'for another program'],
  ],
  run,
};

interface Listed {
  readonly one: Measured;
  readonly findings: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly hint: number;
  };
}

async function run(args: Arguments, context: CommandContext): Promise<number> {
  if (args.flag('published')) return await listPublished(args, context);
  const { terminal } = context;
  const inputs = await readInputs(args.files, context);
  const knowledge = new PromptKnowledge(today());
  const measured = await measure(inputs, knowledge, terminal);
  const pattern = args.text('model');
  const chosen = measured.filter(
    (one) =>
      (pattern === undefined || isModel(one, pattern)) &&
      (!args.flag('retired') || one.model?.retirement),
  );
  const listed = await Promise.all(chosen.map((one) => withFindings(one, inputs, knowledge)));
  if (wantsJson(args)) terminal.printJson(listJson(listed));
  else printList(listed, terminal.print.bind(terminal), (text) => terminal.style(text, 'dim'));
  return 0;
}

/** Matches the id as written and its canonical form. */
function isModel({ prompt, model }: Measured, pattern: string): boolean {
  const { name } = parseModelId(prompt.model);
  const names = [prompt.model ?? '', model?.id ?? '', name].map((id) => id.toLowerCase());
  const patterns = [pattern.toLowerCase(), parseModelId(pattern).id];
  return names.some((id) => id !== '' && patterns.some((wanted) => matchesWildcard(id, wanted)));
}

async function withFindings(
  one: Measured,
  inputs: readonly PromptInput[],
  knowledge: PromptKnowledge,
): Promise<Listed> {
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  const input = inputs.find(({ path }) => path === one.path);
  if (!input) return { one, findings };
  const facts = await knowledge.gather(input);
  for (const { severity, suppressed } of lint(
    { ...facts, prompt: input.prompt, settings: input.settings },
    rules,
  )) {
    if (!suppressed) findings[severity]++;
  }
  return { one, findings };
}

function describeRetirement({
  model,
}: Measured): { state: string; date: string; successor: string | null } | null {
  const retirement = model?.retirement;
  if (!retirement) return null;
  return {
    state: getRetirementState(retirement, today()),
    date: retirement.date,
    successor: retirement.successor,
  };
}

function listJson(listed: readonly Listed[]): unknown {
  return {
    v: 1,
    prompts: listed.map(({ one, findings }) => ({
      path: one.path,
      name: one.prompt.name?.source ?? null,
      model: one.prompt.model,
      cases: one.counts.rows,
      tokens: one.counts.call,
      exact: one.counts.exact,
      cost: one.report.cost?.call ?? null,
      perMonth: one.report.cost?.perMonth ?? null,
      findings,
      retirement: describeRetirement(one),
    })),
  };
}

function printList(
  listed: readonly Listed[],
  print: (line: string) => void,
  dim: (text: string) => string,
): void {
  if (listed.length === 0) {
    print('no matching prompts');
    return;
  }
  const rows = listed.map(({ one, findings }) => {
    const retirement = describeRetirement(one);
    const loud = [
      findings.error > 0 ? pluralize(findings.error, 'error') : '',
      findings.warning > 0 ? pluralize(findings.warning, 'warning') : '',
    ];
    const notes = [
      ...loud,
      retirement
        ? `model ${retirement.state} ${retirement.date}${retirement.successor ? `, successor ${retirement.successor}` : ''}`
        : '',
    ];
    return [
      one.path,
      one.prompt.model ?? 'no model',
      String(one.counts.rows),
      `≈ ${formatCount(one.counts.call.median)}`,
      one.report.cost ? `≈ ${formatDollars(one.report.cost.call.median)}` : 'unknown',
      notes.filter((note) => note !== '').join('; '),
    ];
  });
  const [head = '', ...lines] = formatTable(
    [['prompt', 'model', 'cases', 'tokens', 'per call', 'notes'], ...rows],
    [2, 3, 4],
  );
  print(dim(head));
  for (const line of lines) print(line);
  print('');
  print(pluralize(listed.length, 'prompt'));
}
