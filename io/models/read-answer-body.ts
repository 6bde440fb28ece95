import type http from 'node:http';
import { NoAnswer, SentError } from './answer-fault.ts';
import { MAX_ANSWER, MAX_EVENT, readBounded } from './bounded-body.ts';
import { describePage, isBinary, isMarkup } from './describe-page.ts';
import { readErrorValue } from './read-error-body.ts';

/** Bytes that hold the end of a stream, its last event and blank lines. */
const TAIL = 128;

/** The last event of a stream: of Chat Completions, and of the Messages API. */
const LAST_EVENT = /[\r\n]data: ?(?:\[DONE\]\s*|\{"type": ?"message_stop"[^\r\n]*[\r\n]*)$/;

/** The beginning of a line of an event. */
const FIELD = /^(?:data|event|id|retry)?:/;

const EVENT_STREAM = /^text\/event-stream\b/i;

/** Bytes that tell what a body is. */
const HEAD = 8;

/** The ways to write the blank line that ends an event; CRLF twice ends with the last of them. */
const BLANK_LINES = ['\n\n', '\r\r', '\n\r\n'];

/** What is known of an answer before its body. */
export interface AnswerHead {
  readonly contentType: string;
  readonly idleMs: number;
  /** Called at the word that ends a stream, and after a whole JSON object. */
  whole(): void;
}

/**
 * The events of an answer, each whole. A server that does not stream answers with one JSON object: the same as a
 * stream of one event. Throws NoAnswer for a body that is neither, and SentError for an error in place of an answer.
 */
export async function* readAnswerBody(
  message: http.IncomingMessage,
  { contentType, idleMs, whole }: AnswerHead,
): AsyncGenerator<Buffer> {
  let isDone = false;
  const chunks = readBounded(message, {
    maxEvent: /json|html/i.test(contentType) ? MAX_ANSWER : MAX_EVENT,
    idleMs,
    isDone: () => isDone,
  });
  const head: Buffer[] = [];
  let kind: 'stream' | 'whole' | null = null;
  let hasEvents = false;
  // A line of its own: inside an event line breaks are escaped.
  let tail = '\n';
  // Where a stream breaks off, the package would take the part of an event for all of it.
  const begun: Buffer[] = [];
  for await (const next of chunks) {
    let chunk = next;
    if (kind === null) {
      head.push(chunk);
      const text = Buffer.concat(head).toString('utf8');
      kind = recognize(text, contentType);
      // Blank lines before the first event mean nothing, and may be many.
      if (text.trim() === '') head.length = 0;
      if (kind === null) continue;
      chunk = Buffer.concat(head.splice(0));
    }
    if (kind === 'whole') {
      begun.push(chunk);
      continue;
    }
    const end = endOfEvents(chunk, tail);
    tail = (tail + chunk.subarray(-TAIL).toString('latin1')).slice(-TAIL);
    if (LAST_EVENT.test(tail)) {
      isDone = true;
      whole();
    }
    hasEvents ||= end > 0;
    if (end > 0) yield Buffer.concat([...begun.splice(0), chunk.subarray(0, end)]);
    if (end < chunk.length) begun.push(chunk.subarray(end));
  }
  const text = Buffer.concat([...head, ...begun])
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (kind === 'stream') {
    // A proxy's words that the server's header calls a stream; what is shorter may be the beginning of an event.
    if (!hasEvents && text.length >= HEAD && !FIELD.test(text)) throw describeText(text);
    return;
  }
  if (text.trim() === '') {
    if (EVENT_STREAM.test(contentType)) return;
    throw new NoAnswer('the body is empty', '', ADVICE);
  }
  parseAnswer(text);
  whole();
  // In JSON, a line break is always between values.
  yield Buffer.from(`data: ${text.replace(/[\r\n]+/g, ' ')}\n\n`);
}

/** The JSON value that a server sent in place of a stream. Throws like `readAnswerBody`. */
export function parseAnswer(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw describeText(text);
  }
  // Some services list their models without anything around them.
  if (Array.isArray(value) && !value.some((item) => item?.error)) return value;
  if (typeof value !== 'object' || value === null) throw describeText(text);
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields.done === 'boolean') throw new NoAnswer(OLLAMA);
  if (!fields.error && ANSWER_FIELDS.some((field) => Array.isArray(fields[field]))) return value;
  const error = readErrorValue(value);
  if (error) throw new SentError(error);
  throw new NoAnswer('it answers with JSON of another kind', text);
}

/** The lists that answers and lists of models of the interfaces have, and errors do not. */
const ANSWER_FIELDS = ['choices', 'output', 'content', 'data'];

/** Whether a body is a stream of events, by its beginning; null while that cannot be told. */
function recognize(head: string, contentType: string): 'stream' | 'whole' | null {
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (/^[{[<]/.test(text)) return 'whole';
  if (FIELD.test(text)) return 'stream';
  if (EVENT_STREAM.test(contentType)) return text === '' ? null : 'stream';
  return text.length < HEAD ? null : 'whole';
}

const OLLAMA = 'it answers in Ollama’s own format; use the address that ends in /v1';

const ADVICE = 'is the address right, and is /v1 missing?';

/** What a body that is no JSON is instead. */
function describeText(text: string): NoAnswer {
  if (isMarkup(text)) return new NoAnswer('it answers with a web page', describePage(text), ADVICE);
  if (isBinary(text)) return new NoAnswer('it answers with bytes that are no text', '', ADVICE);
  const [line = ''] = text.split('\n', 1);
  const first = parseObject(line);
  if (first === null) return new NoAnswer('it answers with text', text, ADVICE);
  if (typeof first.done === 'boolean') return new NoAnswer(OLLAMA);
  return new NoAnswer('it answers with lines of JSON, which is no stream of events', text);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}

/** Where the last event that ends in the chunk ends; 0 when none does. `before` is what came before it. */
function endOfEvents(chunk: Buffer, before: string): number {
  const context = Buffer.from(before.slice(-2), 'latin1');
  const bytes = Buffer.concat([context, chunk]);
  const ends = BLANK_LINES.map((line) => {
    const at = bytes.lastIndexOf(line);
    return at < 0 ? 0 : at + line.length - context.length;
  });
  return Math.max(0, ...ends);
}
