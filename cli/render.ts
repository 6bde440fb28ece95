import { collectRows } from '#app/prompt/prompt-input.ts';
import { assignCaseIds } from '#core/eval/ids.ts';
import { findClosest } from '#core/find-closest.ts';
import type { ParseProblem, PromptDocument, Role, Row } from '#core/prompt/document.ts';
import { valueText } from '#core/prompt/read-rows.ts';
import { render as renderTemplate } from '#core/prompt/template.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { readInputs } from './inputs.ts';
import type { Terminal } from './terminal.ts';

export const render: Command = {
  name: 'render',
  summary: 'show the messages as they are sent',
  operands: 'FILE',
  about: [
    'Fills the placeholders of one prompt with values from --var, from a golden case (--case), or from the declared defaults, in this order. Nothing is sent.',
    'A placeholder without a value is an error; --allow-missing leaves it as it is.',
  ],
  options: [
    {
      name: 'case',
      type: 'text',
      value: 'name',
      summary: 'use the values of this golden case: its name, its id, or its number from 1',
    },
    {
      name: 'var',
      type: 'text',
      value: 'name=value',
      repeatable: true,
      summary: 'a value; can be given several times',
    },
    {
      name: 'allow-missing',
      type: 'flag',
      summary: 'leave placeholders without a value as they are',
    },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['render triage.prompt.yaml --case refund', 'with the values of the case "refund"'],
    [
      'render triage.prompt.yaml --var ticket="My card was charged twice" --json',
      'for another program',
    ],
  ],
  run,
};

interface RenderedMessage {
  readonly role: Role;
  readonly content: string;
}

async function run(args: Arguments, context: CommandContext): Promise<number> {
  if (args.files.length !== 1) throw new UsageError('render takes one FILE.');
  const [input] = await readInputs(args.files, context);
  if (!input) throw new UsageError('render takes one FILE.');
  const { prompt, path } = input;
  if (prompt.kind !== 'prompt' || prompt.broken)
    throw new UsageError(`${path}: ${describeProblem(prompt.problems)}`);
  const name = args.text('case');
  const row = name === undefined ? null : findRow(collectRows(input), name, path);
  const values = resolveValues(prompt, row?.row ?? null, args.texts('var'));
  const { messages, missing } = renderMessages(prompt, values);
  if (missing.length > 0 && !args.flag('allow-missing')) {
    const names = missing.map((m) => `{{${m}}}`).join(', ');
    throw new UsageError(
      `${path}: no value for ${names}: pass --var ${missing[0]}=…, choose a --case, or add --allow-missing.`,
    );
  }
  if (wantsJson(args)) {
    const { model, parameters } = prompt;
    context.terminal.printJson({
      v: 1,
      path,
      case: row?.id ?? null,
      model,
      parameters,
      messages,
      missing,
    });
  } else printMessages(messages, context.terminal);
  return 0;
}

function renderMessages(
  prompt: PromptDocument,
  values: ReadonlyMap<string, string>,
): { messages: RenderedMessage[]; missing: string[] } {
  const missing = new Set<string>();
  const messages = prompt.messages.flatMap(({ role, content }) => {
    if (!role || !content) return [];
    const rendered = renderTemplate(content.text, (name) => values.get(name), prompt.oddKeys);
    for (const name of rendered.missing) missing.add(name);
    return [{ role, content: rendered.text }];
  });
  return { messages, missing: [...missing] };
}

function findRow(rows: readonly Row[], wanted: string, path: string): { row: Row; id: string } {
  const ids = assignCaseIds(rows);
  const number = /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1;
  const index = ids.includes(wanted) ? ids.indexOf(wanted) : number;
  const row = rows[index];
  if (row) return { row, id: ids[index] ?? wanted };
  const guess = findClosest(wanted, ids);
  throw new UsageError(
    `${path}: there is no case "${wanted}"${guess ? `: did you mean "${guess}"?` : `; the file has ${ids.length}.`}`,
  );
}

function resolveValues(
  prompt: PromptDocument,
  row: Row | null,
  given: readonly string[],
): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, defaultNode } of prompt.variables)
    if (defaultNode) values.set(name, valueText(defaultNode));
  for (const { name, text } of row?.values.values() ?? []) values.set(name, text);
  for (const pair of given) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--var must be name=value, not "${pair}".`);
    values.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return values;
}

function printMessages(messages: readonly RenderedMessage[], terminal: Terminal): void {
  messages.forEach(({ role, content }, i) => {
    if (i > 0) terminal.print();
    terminal.print(
      terminal.style(`── ${role} ${'─'.repeat(Math.max(0, 40 - role.length))}`, 'dim'),
    );
    terminal.write(content.endsWith('\n') ? content : `${content}\n`);
  });
}

/** What the file is, if it is no prompt; else its first problem. */
function describeProblem(problems: readonly ParseProblem[]): string {
  const problem = problems.find(({ code }) => code === 'foreign-format') ?? problems[0];
  return problem?.message ?? 'not a prompt file.';
}
