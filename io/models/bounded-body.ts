import type http from 'node:http';
import { finished } from 'node:stream/promises';
import { Silence } from './answer-fault.ts';
import { decodeBody, decodeBytes } from './decode-body.ts';
import { takeWords } from './describe-page.ts';

/** What is longer is cut off with an error: a whole answer, and one event of a stream, in bytes. */
export const MAX_ANSWER = 64 * 1024 * 1024;
export const MAX_EVENT = 4 * 1024 * 1024;

/** How long the rest of a stream that has said its last word is waited for, in milliseconds. */
const DRAIN = 1000;

export interface BodyLimits {
  readonly maxEvent: number;
  /** The longest silence in milliseconds. */
  readonly idleMs: number;
  /** True once the last word was said: the connection can be used again. */
  isDone?(): boolean;
}

/**
 * The bytes of an answer as they come. The package takes quadratic time over an event that does not end, so its
 * length is bounded. When the reader leaves before the end, the connection is kept if `isDone`, and closed otherwise.
 */
export async function* readBounded(
  message: http.IncomingMessage,
  { maxEvent, idleMs, isDone = () => false }: BodyLimits,
): AsyncGenerator<Buffer> {
  let total = 0;
  let event = 0;
  let last = 0;
  const stopWatching = watchSilence(message, idleMs);
  const decoded = decodeBody(message);
  try {
    for await (const part of (decoded ?? message).iterator({ destroyOnReturn: false })) {
      const chunk = part as Buffer;
      total += chunk.length;
      event = endsEvent(chunk, last) ? chunk.length : event + chunk.length;
      last = chunk.at(-1) ?? last;
      if (total > MAX_ANSWER || event > maxEvent) throw new Error('the answer is too large');
      yield chunk;
    }
  } finally {
    stopWatching();
    if (isDone() && !decoded) await drain(message);
    else message.destroy();
  }
}

/** The longest beginning of an error that is read, in bytes, and how long it is waited for, in milliseconds. */
const MAX_ERROR = 256 * 1024;
const MAX_ERROR_MS = 5000;

/** What a failed call says, as far as it comes: its status is known anyway. */
export async function readBeginning(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => message.destroy(), MAX_ERROR_MS);
  // An iterator would drop what came just before the connection broke.
  message.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ERROR) message.destroy();
  });
  await finished(message).catch(() => {});
  clearTimeout(timer);
  const content = await decodeBytes(Buffer.concat(chunks), message, MAX_ERROR);
  return takeWords(decodeText(content, message.headers['content-type'] ?? ''), MAX_ERROR);
}

/** A text in the encoding that its type names, as old proxies have it; UTF-8 otherwise. */
function decodeText(bytes: Buffer, contentType: string): string {
  const [, label = 'utf-8'] = /charset=["']?([\w.:-]{1,40})/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

/** The whole body as text, cut off at `max` bytes with an error. */
export async function readBody(message: http.IncomingMessage, idleMs: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of readBounded(message, { maxEvent: MAX_ANSWER, idleMs }))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Ends a message whose server has been silent for `idleMs`, or up to twice as long. Any byte counts, also of comments that only keep the
 * connection alive, and of events that nobody has taken yet.
 */
function watchSilence(message: http.IncomingMessage, idleMs: number): () => void {
  const { socket } = message;
  let heard = socket.bytesRead;
  const check = (): void => {
    if (socket.bytesRead === heard)
      message.destroy(new Silence(`the answer stopped for ${idleMs} ms`));
    else {
      heard = socket.bytesRead;
      timer.refresh();
    }
  };
  const timer = setTimeout(check, idleMs);
  return () => clearTimeout(timer);
}

/** Reads the end of an answer, which the connection needs to be used again; not one that does not come. */
async function drain(message: http.IncomingMessage): Promise<void> {
  const timer = setTimeout(() => message.destroy(), DRAIN);
  await finished(message.resume()).catch(() => {});
  clearTimeout(timer);
}

/** True when a blank line stands in the chunk, or where it meets the byte before. */
function endsEvent(chunk: Buffer, before: number): boolean {
  const first = chunk[0];
  if ((before === 10 || before === 13) && (first === 10 || first === 13)) return true;
  return chunk.includes('\n\n') || chunk.includes('\r\n\r\n') || chunk.includes('\r\r');
}
