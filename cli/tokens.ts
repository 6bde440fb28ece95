import { bundledTokenizer, PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { formatPercent } from '#core/format-percent.ts';
import { countCacheableTokens } from '#core/models/cacheable-prefix.ts';
import type { ModelInfo } from '#core/models/catalogue.ts';
import { formatCount, formatSpread } from '#core/models/figures.ts';
import { formatApproximation } from '#core/models/render-token-report.ts';
import { ENCODING_NAMES, type EncodingName } from '#core/tokens/encoding.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { readInputs } from './inputs.ts';
import { type Measured, measure } from './measure.ts';
import { dollarRange } from './reporters/figures.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { formatMeasuredJson } from './reporters/measured-json.ts';
import { formatTable, type Terminal } from './terminal.ts';
import { verifyFiles } from './verify-tokens.ts';

export const tokens: Command = {
  name: 'tokens',
  summary: 'show where the tokens of prompts go',
  operands: '[FILE or FOLDER …]',
  about: [
    'Counts each prompt as it is sent: by message, by variable (lowest, median and highest over the golden cases) and in total, and how much of it a provider can cache.',
    'Counts of text are exact for OpenAI models (o200k_base, cl100k_base). What the chat format adds, and all counts for other models, are estimates, marked ≈.',
    '--raw counts plain text from standard input instead; with --null, NUL separates several texts. Nothing is trimmed.',
    '--verify counts everything again with the package js-tiktoken, which must be installed in the project, and compares. It exits with 1 if a count differs for an unknown reason.',
  ],
  options: [
    {
      name: 'verify',
      type: 'flag',
      summary: 'count again with js-tiktoken, and compare',
    },
    { name: 'raw', type: 'flag', summary: 'count plain text from standard input (`-`)' },
    { name: 'null', short: '0', type: 'flag', summary: 'with --raw: NUL separates the texts' },
    {
      name: 'encoding',
      type: 'text',
      value: 'name',
      choices: ENCODING_NAMES,
      summary: 'with --raw: the encoding (default o200k_base)',
    },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['tokens prompts/triage.prompt.yaml', 'one prompt, message by message'],
    ['tokens prompts --json', 'all prompts, for another program'],
    ['tokens prompts --verify', 'are the counts those of js-tiktoken?'],
    ['tokens --raw --encoding o200k_base - < notes.txt', 'any text'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const isJson = wantsJson(args);
  if (args.flag('raw') && args.flag('verify'))
    throw new UsageError('--verify counts prompts: it cannot be combined with --raw.');
  if (args.flag('raw')) return await countRaw(args, context, isJson);
  for (const name of ['null', 'encoding'])
    if (args.flag(name)) throw new UsageError(`--${name} requires --raw.`);
  if (args.flag('verify')) return await verifyFiles(args, context);
  const inputs = await readInputs(args.files, context);
  const measured = await measure(inputs, new PromptKnowledge(today()), context.terminal);
  if (isJson) context.terminal.printJson(formatMeasuredJson(measured));
  else for (const [i, one] of measured.entries()) printOne(one, context.terminal, i === 0);
  return 0;
}

async function countRaw(
  args: Arguments,
  { readStdin, terminal }: CommandContext,
  isJson: boolean,
): Promise<number> {
  if (args.files.some((file) => file !== '-'))
    throw new UsageError('--raw reads standard input: the only operand is `-`.');
  const encoding = (args.text('encoding') ?? 'o200k_base') as EncodingName;
  const [encoder, bytes] = await Promise.all([bundledTokenizer().load(encoding), readStdin()]);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const counts: number[] = [];
  const isSplit = args.flag('null');
  for (let start = 0; start <= bytes.length; ) {
    const next = isSplit ? bytes.indexOf(0, start) : -1;
    const end = next < 0 ? bytes.length : next;
    counts.push(encoder.count(decoder.decode(bytes.subarray(start, end))));
    start = end + 1;
  }
  if (isJson) terminal.printJson({ encoding, counts }, 0);
  else for (const count of counts) terminal.print(String(count));
  return 0;
}

function printOne(
  { path, counts, model, report, inputCost, prompt }: Measured,
  terminal: Terminal,
  isFirst: boolean,
): void {
  if (!isFirst) terminal.print();
  terminal.print(`${terminal.style(path, 'bold')}  ${prompt.model ?? 'no model'}`);
  const about = formatApproximation(counts);
  const { context } = report;
  const facts = [
    `  ≈ ${formatSpread(counts.call)} tokens per call${counts.rows > 0 ? ` over ${pluralize(counts.rows, 'case')}` : ''}`,
    context
      ? `at most ${formatPercent(context.share)} of the context window including the output`
      : '',
    inputCost ? `input ≈ ${dollarRange(inputCost)}` : '',
  ];
  terminal.print(facts.filter((fact) => fact !== '').join(', '));
  const rows = counts.messages.map((message, i) => [
    `  ${i + 1}`,
    message.role ?? '?',
    `${about}${formatSpread(message.total)}`,
    message.total.max === message.static
      ? 'static'
      : `${about}${formatCount(message.static)} static`,
  ]);
  for (const line of formatTable(rows, [2])) terminal.print(line);
  const variables = [...counts.variables].map(([name, figure]) => [
    `  {{${name}}}`,
    `${about}${formatSpread(figure)}`,
  ]);
  for (const line of formatTable(variables, [1])) terminal.print(line);
  terminal.print(
    terminal.style(
      `  ≈ ${counts.overhead} for the chat format${prompt.jsonSchema ? ' and the schema' : ''}; ≈ ${formatCount(counts.cacheablePrefix)} before the first placeholder${describeCaching(model, counts.cacheablePrefix)}`,
      'dim',
    ),
  );
  if (!counts.exact) terminal.print(terminal.style(`  ≈ ${counts.basis ?? 'an estimate'}`, 'dim'));
  if (!model && prompt.model)
    terminal.print(terminal.style('  unknown model: its cost is unknown', 'dim'));
}

/** Whether a provider caches a prefix this long; empty where its caching is not known. */
function describeCaching(model: ModelInfo | null, prefix: number): string {
  const caching = model?.caching;
  if (!caching) return '';
  const cached = countCacheableTokens(caching, prefix);
  return cached === 0
    ? `: too few to be cached, which takes ${formatCount(caching.minTokens)}`
    : `, of which ≈ ${formatCount(cached)} can be cached`;
}
