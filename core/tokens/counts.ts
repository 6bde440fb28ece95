import type { Message, PromptDocument, Role } from '../prompt/document.ts';
import { valueText } from '../prompt/read-rows.ts';
import { render, splitTemplate } from '../prompt/template.ts';
import type { Counter } from './counter.ts';
import type { EncodingName } from './encoding.ts';
import { type Figure, figureOf } from './figure.ts';

/**
 * What the chat format adds: 3 tokens and the role's name to each message, 3 before the answer. As
 * OpenAI's cookbook counts for gpt-3.5-turbo and later ("How to count tokens with tiktoken"); `≈` for
 * every model, since providers do not promise it.
 */
export const TOKENS_PER_MESSAGE = 4;
export const TOKENS_PER_REPLY = 3;

/** Tokens of one message, its overhead left out. */
export interface MessageCounts {
  readonly role: Role | null;
  /** The text without its placeholders. */
  readonly static: number;
  /** The rendered text over the cases. */
  readonly total: Figure;
}

/** Tokens of a prompt. shapes.md §6. */
export interface PromptCounts {
  readonly encoding: EncodingName;
  /** False for an estimate, whose `basis` says from what. */
  readonly exact: boolean;
  readonly basis?: string;
  /** What a call sends, overhead included, over the cases. */
  readonly call: Figure;
  /** What the call of each counted row sends. */
  readonly cases: readonly CaseCount[];
  /** How many rows there are; more than `cases` where a limit let some be counted only. */
  readonly rows: number;
  readonly static: number;
  readonly overhead: number;
  /** Tokens before the first placeholder: the same in every call, so that a provider can cache them. */
  readonly cacheablePrefix: number;
  readonly messages: readonly MessageCounts[];
  /** Tokens of a value, by the name of its placeholder; over the rows that give one, else its default. */
  readonly variables: ReadonlyMap<string, Figure>;
}

export interface CaseCount {
  readonly row: number;
  readonly tokens: number;
}

export interface CountOptions {
  /** About how many UTF-16 units of rendered text to count; of more, rows at even distances stand for all. */
  readonly limit?: number;
}

/**
 * Counts a prompt as it is sent: each message rendered with each row's values, then counted whole,
 * since tokens may span the seam between text and value. Without rows, defaults and examples count.
 */
export function countPrompt(
  prompt: PromptDocument,
  counter: Counter,
  options: CountOptions = {},
): PromptCounts {
  const messages = prompt.messages.filter(({ content }) => content !== null);
  const defaults = defaultTexts(prompt);
  const chosen = chooseRows(prompt, options.limit ?? Number.POSITIVE_INFINITY);
  const valuesOf = chosen.map(
    (row) => (name: string) => prompt.rows[row]?.values.get(name)?.text ?? defaults.get(name),
  );
  if (valuesOf.length === 0) valuesOf.push((name) => defaults.get(name) ?? '');

  const perMessage = messages.map((message) => countMessage(message, valuesOf, counter));
  const overhead = messages.length * TOKENS_PER_MESSAGE + TOKENS_PER_REPLY;
  const calls = valuesOf.map((_, i) =>
    perMessage.reduce((sum, { totals }) => sum + (totals[i] ?? 0), overhead),
  );
  return {
    encoding: counter.encoding,
    exact: counter.exact,
    ...(counter.basis === undefined ? {} : { basis: counter.basis }),
    call: figureOf(calls),
    cases: chosen.map((row, i) => ({ row, tokens: calls[i] ?? 0 })),
    rows: prompt.rows.length,
    static: perMessage.reduce((sum, counts) => sum + counts.static, 0),
    overhead,
    cacheablePrefix: cacheablePrefix(messages, perMessage, counter),
    messages: perMessage.map(({ role, static: fixed, totals }) => ({
      role,
      static: fixed,
      total: figureOf(totals),
    })),
    variables: countVariables(prompt, chosen, defaults, counter),
  };
}

interface CountedMessage {
  readonly role: Role | null;
  readonly static: number;
  readonly totals: readonly number[];
}

function countMessage(
  { role, content }: Message,
  valuesOf: readonly ((name: string) => string | undefined)[],
  counter: Counter,
): CountedMessage {
  const text = content?.text ?? '';
  if (!content || content.placeholders.length === 0) {
    const count = counter.count(text);
    return { role, static: count, totals: valuesOf.map(() => count) };
  }
  const fixed = splitTemplate(text)
    .filter((_, i) => i % 2 === 0)
    .join('');
  // Rows often share the values that one message uses.
  const known = new Map<string, number>();
  const totals = valuesOf.map((valueOf) => {
    const rendered = render(text, valueOf).text;
    const count = known.get(rendered) ?? counter.count(rendered);
    known.set(rendered, count);
    return count;
  });
  return { role, static: counter.count(fixed), totals };
}

function cacheablePrefix(
  messages: readonly Message[],
  counted: readonly CountedMessage[],
  counter: Counter,
): number {
  let tokens = 0;
  for (const [i, { content }] of messages.entries()) {
    const first = content?.placeholders[0];
    if (first)
      return tokens + TOKENS_PER_MESSAGE + counter.count(content.text.slice(0, first.value.start));
    tokens += TOKENS_PER_MESSAGE + (counted[i]?.static ?? 0);
  }
  return tokens;
}

function countVariables(
  prompt: PromptDocument,
  chosen: readonly number[],
  defaults: ReadonlyMap<string, string>,
  counter: Counter,
): Map<string, Figure> {
  const names = new Set(
    prompt.messages.flatMap(({ content }) => content?.placeholders.map(({ name }) => name) ?? []),
  );
  const figures = new Map<string, Figure>();
  for (const name of names) {
    const counts: number[] = [];
    for (const row of chosen) {
      const text = prompt.rows[row]?.values.get(name)?.text ?? defaults.get(name);
      if (text !== undefined) counts.push(counter.count(text));
    }
    const fallback = defaults.get(name);
    if (counts.length === 0 && fallback !== undefined) counts.push(counter.count(fallback));
    if (counts.length > 0) figures.set(name, figureOf(counts));
  }
  return figures;
}

/** Declared defaults, and examples for prompts that have no rows. */
function defaultTexts({ variables, rows }: PromptDocument): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name, defaultNode, example } of variables) {
    if (defaultNode) texts.set(name, valueText(defaultNode));
    else if (rows.length === 0 && example !== undefined) {
      texts.set(name, typeof example === 'string' ? example : JSON.stringify(example));
    }
  }
  return texts;
}

/** All rows, or as many at even distances as the limit allows. */
function chooseRows({ rows, messages }: PromptDocument, limit: number): number[] {
  const variable = messages.filter(({ content }) => content && content.placeholders.length > 0);
  const fixed = variable.reduce((sum, { content }) => sum + (content?.text.length ?? 0), 0);
  const placeholders = variable.reduce(
    (sum, { content }) => sum + (content?.placeholders.length ?? 0),
    0,
  );
  // A value can be as long as its row; each placeholder also costs some steps of its own.
  const valueLength =
    rows.reduce((sum, { span }) => sum + span.end - span.start, 0) / Math.max(1, rows.length);
  const perRow = fixed + valueLength + placeholders * 32;
  const count = Math.max(1, Math.min(rows.length, Math.floor(limit / Math.max(1, perRow))));
  if (rows.length === 0) return [];
  return Array.from({ length: count }, (_, i) => Math.floor((i * rows.length) / count));
}
