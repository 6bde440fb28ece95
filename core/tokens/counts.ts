import type { Message, PromptDocument, Role } from '../prompt/document.ts';
import { splitTemplate } from '../prompt/template.ts';
import type { CountMemo, MessageMemo } from './count-memo.ts';
import type { Counter } from './counter.ts';
import type { EncodingName } from './encoding.ts';
import { computeFigure, type Figure } from './figure.ts';
import { GoldenRows } from './golden-rows.ts';
import { TemplateCounter } from './template-counter.ts';

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

/** Tokens of a prompt. */
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
  /** What the chat format adds, and the schema of `json_schema`: `≈` for every model. */
  readonly overhead: number;
  /** Tokens before the first placeholder: the same in every call, so that a provider can cache them. */
  readonly cacheablePrefix: number;
  readonly messages: readonly MessageCounts[];
  /** Tokens of a value, by the name of its placeholder; over the rows that give one, else its default. */
  readonly variables: ReadonlyMap<string, Figure>;
}

export interface CaseCount {
  /** Index in the document's rows. */
  readonly row: number;
  readonly tokens: number;
}

export interface CountOptions {
  /** UTF-16 units of text to render and count (default 8 million); of more, rows at even distances stand for all. */
  readonly limit?: number;
  /** Of this counter, kept between calls. */
  readonly memo?: CountMemo;
}

const MAX_COUNTED_TEXT = 8_000_000;
/** Stands for the defaults where a prompt has no rows. */
const NO_ROW = -1;
const APART = 'the values are so long that they were counted apart from the text around them';

/**
 * Counts a prompt as it is sent: each message as if rendered with each row's values and counted whole,
 * since tokens may span the seam between text and value. Without rows, defaults and examples count.
 */
export function countPrompt(
  prompt: PromptDocument,
  counter: Counter,
  { limit = MAX_COUNTED_TEXT, memo }: CountOptions = {},
): PromptCounts {
  const { oddKeys } = prompt;
  const messages = prompt.messages.flatMap((message) =>
    readMessage(message, counter, { oddKeys, memo }),
  );
  const rows = new GoldenRows(
    prompt,
    messages.map(({ template }) => template),
  );
  const chosen = rows.choose(limit);
  const counted = countRows(messages, rows, chosen.length > 0 ? chosen : [NO_ROW], counter, memo);
  const schema = countSchema(prompt, counter);
  const overhead = messages.length * TOKENS_PER_MESSAGE + TOKENS_PER_REPLY + schema;
  const calls = counted.calls.map((tokens) => tokens + overhead);
  const basis = counter.exact && counted.apart ? APART : counter.basis;
  return {
    encoding: counter.encoding,
    exact: counter.exact && !counted.apart,
    ...(basis === undefined ? {} : { basis }),
    call: computeFigure(calls),
    cases: chosen.map((row, i) => ({ row, tokens: calls[i] ?? 0 })),
    rows: prompt.rows.length,
    static: messages.reduce((sum, { fixed }) => sum + fixed, 0),
    overhead,
    cacheablePrefix: schema + countPrefix(messages, counter),
    messages: messages.map(({ role, fixed }, i) => ({
      role,
      static: fixed,
      total: counted.totals[i] ?? computeFigure([]),
    })),
    variables: countVariables(rows, chosen, counter),
  };
}

interface CountedMessage {
  readonly role: Role | null;
  readonly template: TemplateCounter;
  /** Tokens of the text without its placeholders. */
  readonly fixed: number;
  /** The text before the first placeholder; null where there is none. */
  readonly prefix: string | null;
  readonly known: MessageMemo;
}

function readMessage(
  { role, content }: Message,
  counter: Counter,
  { oddKeys, memo }: { oddKeys: ReadonlySet<string>; memo: CountMemo | undefined },
): CountedMessage[] {
  if (content === null) return [];
  const { text, placeholders } = content;
  const make = (own: string): MessageMemo => {
    const literal = splitTemplate(own, oddKeys).filter((_, i) => i % 2 === 0);
    const fixed = counter.count(literal.join(''));
    return { template: new TemplateCounter(own, counter, oddKeys), fixed, rows: null };
  };
  // A text means the same in any prompt unless its keys matter.
  const known = memo && oddKeys.size === 0 ? memo.message(text, make) : make(text);
  const [first] = placeholders;
  const prefix = first ? text.slice(0, first.value.start) : null;
  return [{ role, template: known.template, fixed: known.fixed, prefix, known }];
}

/** Tokens of the text of each row's call, and of each message over the rows. */
function countRows(
  messages: readonly CountedMessage[],
  rows: GoldenRows,
  chosen: readonly number[],
  counter: Counter,
  memo: CountMemo | undefined,
): { calls: number[]; totals: Figure[]; apart: boolean } {
  const valueTokens = chosen.map((row) =>
    rows.isTooLong(row) ? eachValueOnce(rows, row, counter) : null,
  );
  const calls = chosen.map(() => 0);
  let constant = 0;
  const valuesOf = listValueNames(rows, chosen, memo);
  const totals = messages.map(({ template, known }) => {
    if (template.names.length === 0) {
      const tokens = template.count(() => undefined);
      constant += tokens;
      return computeFigure([tokens]);
    }
    const values = valuesOf(template.names);
    if (known.rows === null || known.rows.values !== values) {
      const counts = chosen.map((row, i) => {
        const tokensOf = valueTokens[i];
        return tokensOf
          ? template.countApart(tokensOf)
          : template.count((name) => rows.textOf(row, name));
      });
      known.rows = { values, counts, figure: computeFigure(counts) };
    }
    const { counts, figure } = known.rows;
    for (let i = 0; i < counts.length; i++) calls[i] = (calls[i] ?? 0) + (counts[i] ?? 0);
    return figure;
  });
  return {
    calls: calls.map((tokens) => tokens + constant),
    totals,
    apart: valueTokens.some((tokensOf) => tokensOf !== null),
  };
}

/** Names what the rows give a list of placeholders: equal names, equal counts. Null without a memo. */
function listValueNames(
  rows: GoldenRows,
  chosen: readonly number[],
  memo: CountMemo | undefined,
): (names: readonly string[]) => string | null {
  if (!memo) return () => null;
  const tooLong = chosen.filter((row) => rows.isTooLong(row)).join();
  const known = new Map<string, number>();
  const nameOf = (name: string): number => {
    const own = chosen.map((row) => rows.ownText(row, name) ?? null);
    const values = memo.nameOf(JSON.stringify([tooLong, rows.textOf(NO_ROW, name) ?? null, own]));
    known.set(name, values);
    return values;
  };
  return (names) => names.map((name) => known.get(name) ?? nameOf(name)).join();
}

function eachValueOnce(rows: GoldenRows, row: number, counter: Counter): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const tokens = known.get(name) ?? counter.measure(rows.textOf(row, name) ?? `{{${name}}}`);
    known.set(name, tokens);
    return tokens;
  };
}

function countSchema(prompt: PromptDocument, counter: Counter): number {
  const schema = findSentSchema(prompt);
  return schema === null ? 0 : counter.count(schema);
}

/** The schema that structured output sends along, as written; null without one. */
export function findSentSchema({
  responseFormat,
  jsonSchema,
}: Pick<PromptDocument, 'responseFormat' | 'jsonSchema'>): string | null {
  return responseFormat === 'json_schema' && jsonSchema ? jsonSchema.source : null;
}

/** Whole messages with what the format adds, then the text before the first placeholder. */
function countPrefix(messages: readonly CountedMessage[], counter: Counter): number {
  let tokens = 0;
  for (const { fixed, prefix } of messages) {
    tokens += TOKENS_PER_MESSAGE;
    if (prefix !== null) return tokens + counter.count(prefix);
    tokens += fixed;
  }
  return tokens;
}

function countVariables(
  rows: GoldenRows,
  chosen: readonly number[],
  counter: Counter,
): Map<string, Figure> {
  const given = new Map<string, number[]>();
  for (const row of chosen) {
    rows.visit(row, (name, text) => {
      const counts = given.get(name);
      if (counts) counts.push(counter.count(text));
      else given.set(name, [counter.count(text)]);
    });
  }
  const figures = new Map<string, Figure>();
  for (const name of rows.names) {
    const counts = given.get(name) ?? [];
    const fallback = rows.defaultOf(name);
    if (fallback !== undefined) {
      const times = Math.max(1, chosen.length) - counts.length;
      figures.set(name, computeFigure(counts, counter.count(fallback), times));
    } else if (counts.length > 0) figures.set(name, computeFigure(counts));
  }
  return figures;
}
