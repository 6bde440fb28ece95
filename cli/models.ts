import { createInterface } from 'node:readline/promises';
import { PRICE_ADDRESS, updatePrices } from '#app/models/update-prices.ts';
import { Projects } from '#app/prompt/project.ts';
import { today } from '#app/prompt/prompt-knowledge.ts';
import { matchesWildcard } from '#core/glob.ts';
import type { Catalogue, ModelInfo } from '#core/models/catalogue.ts';
import { formatDollars, formatTokenSize } from '#core/models/figures.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { pickProxies } from '#io/models/network.ts';
import { getPriceListPath, removeFetchedPrices } from '#io/price-list-file.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { describeModel, modelJson } from './reporters/model-facts.ts';
import { formatTable } from './terminal.ts';

export const models: Command = {
  name: 'models',
  summary: 'list models with their prices and limits, show one, or fetch newer prices',
  operands: '[list [PATTERN] | show ID … | update]',
  about: [
    '`models list` lists the makers’ chat models in use, and those of .promptsmith.yaml. PATTERN selects by id: `claude-*`.',
    '`models show ID` shows all that is known of a model, in any spelling of its id, each fact with its source and the day it was read.',
    `\`models update\` fetches the newest price list (${PRICE_ADDRESS}), checks it, and keeps it in ~/.config/promptsmith for all projects. It asks first; --yes answers. --undo returns to the prices of this version. Promptsmith never fetches it by itself. Limits and retirements come with a new version of Promptsmith.`,
  ],
  options: [
    { name: 'yes', short: 'y', type: 'flag', summary: 'with update: do not ask' },
    { name: 'undo', type: 'flag', summary: 'with update: return to the prices of this version' },
    {
      name: 'from',
      type: 'text',
      value: 'address',
      summary: 'with update: another address, or a file, with a list of the same form',
    },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['models list "gpt-6*"', 'the models whose id begins like this'],
    ['models show anthropic.claude-haiku-4-5-20251001-v1:0', 'a model by the id of Amazon Bedrock'],
    ['models update', 'fetch the newest prices'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const [verb = 'list', ...operands] = args.files;
  if (verb === 'update') return update(args, context);
  const { settings } = await new Projects(context.cwd).find('any');
  const path = getPriceListPath(context.environment);
  const catalogue = await loadCatalogue({ today: today(), models: settings.models }, path);
  if (verb === 'list') return list(catalogue, operands, args, context);
  if (verb === 'show') return show(catalogue, operands, args, context);
  throw new UsageError(`models has no ${verb}: use list, show or update.`);
}

function list(
  catalogue: Catalogue,
  [pattern, ...more]: readonly string[],
  args: Arguments,
  { terminal }: CommandContext,
): number {
  if (more.length > 0) throw new UsageError('models list takes one PATTERN; quote it.');
  const found = catalogue
    .ids()
    .flatMap((id) => catalogue.find(id) ?? [])
    .filter(
      ({ id }) =>
        pattern === undefined ||
        [id, id.slice(id.indexOf('/') + 1)].some((name) => matchesWildcard(name, pattern)),
    );
  if (wantsJson(args)) {
    const { date, source } = catalogue;
    terminal.printJson({ v: 1, prices: { date, source }, models: found.map(modelJson) });
    return 0;
  }
  const rows = found.map((model) => [
    model.id,
    ...listFigures(model),
    model.retirement === null ? '' : `until ${model.retirement.date}`,
  ]);
  const heads = ['MODEL', 'WINDOW', 'OUTPUT', 'IN', 'OUT', ''];
  for (const line of formatTable([heads, ...rows])) terminal.print(line);
  terminal.print();
  terminal.print(
    `${pluralize(found.length, 'model')}. Prices in USD per million tokens: ${catalogue.source}, ${catalogue.date}.`,
  );
  return 0;
}

function listFigures({ contextWindow, maxOutput, prices }: ModelInfo): string[] {
  const size = (tokens: number | null) => (tokens === null ? '–' : formatTokenSize(tokens));
  const price = (usd: number | null | undefined) => (usd == null ? '–' : formatDollars(usd));
  return [size(contextWindow), size(maxOutput), price(prices?.input), price(prices?.output)];
}

function show(
  catalogue: Catalogue,
  ids: readonly string[],
  args: Arguments,
  { terminal }: CommandContext,
): number {
  if (ids.length === 0) throw new UsageError('models show takes the ID of a model.');
  const found = ids.map((id) => {
    const model = catalogue.find(id);
    if (model) return { id, model };
    const names = catalogue.suggest(id);
    const hint = names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`;
    throw new UsageError(`${id.slice(0, 100)} is in no catalog${hint}`);
  });
  if (wantsJson(args)) {
    terminal.printJson({ v: 1, models: found.map(({ model }) => modelJson(model)) });
    return 0;
  }
  for (const { id, model } of found) {
    terminal.print(terminal.style(id, 'bold'));
    const rows = describeModel(id, model, catalogue).map(([name, text]) => [`  ${name}`, text]);
    for (const line of formatTable(rows)) terminal.print(line);
    terminal.print();
  }
  return 0;
}

async function update(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal, environment, signal } = context;
  const path = getPriceListPath(environment);
  if (args.flag('undo')) {
    const isUndone = await removeFetchedPrices(path);
    terminal.print(
      isUndone ? 'The prices of this version apply again.' : 'No prices had been fetched.',
    );
    return 0;
  }
  const from = args.text('from') ?? PRICE_ADDRESS;
  if (!args.flag('yes') && !(await confirm(`Fetch prices from ${from}?`, context))) {
    terminal.note('promptsmith: nothing was fetched; pass --yes to allow it.');
    return 2;
  }
  const { models, added, changed } = await updatePrices(
    { from, path, date: today(), network: { proxies: pickProxies(environment) } },
    signal,
  );
  if (wantsJson(args)) terminal.printJson({ v: 1, models, added, changed, path });
  else {
    terminal.print(
      `${pluralize(models, 'model')}: ${added.length} new, ${changed.length} with other prices or limits.`,
    );
    for (const id of [...added, ...changed].slice(0, 20)) terminal.print(`  ${id}`);
    terminal.print(`Kept in ${path}; \`promptsmith models update --undo\` removes it.`);
  }
  return 0;
}

async function confirm(question: string, { terminal, signal }: CommandContext): Promise<boolean> {
  if (!terminal.isInteractive) return false;
  const prompter = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompter.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompter.close();
  }
}
