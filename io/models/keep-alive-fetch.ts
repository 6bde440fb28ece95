import http from 'node:http';
import https from 'node:https';
import { finished } from 'node:stream/promises';
import { selectKeyHeader } from './providers.ts';

/** What is longer is cut off with an error: a whole answer, and one event of a stream, in bytes. */
const MAX_ANSWER = 64 * 1024 * 1024;
const MAX_EVENT = 4 * 1024 * 1024;

/** Bytes that hold the end of a stream, `data: [DONE]` and blank lines. */
const TAIL = 32;

/** The ways to write the blank line that ends an event; CRLF twice ends with the last of them. */
const BLANK_LINES = ['\n\n', '\r\r', '\n\r\n'];

/** How long the rest of a stream that has said its last word is waited for, in milliseconds. */
const DRAIN = 1000;

/** Of the headers that the package sets, the ones that are sent. */
const SENT = ['accept', 'content-type', 'user-agent'];

/** What the package does not tell of an answer that has been read. */
export interface Ending {
  /** It came to its end as its sender meant it: `[DONE]`, or one whole JSON object. */
  readonly isWhole: boolean;
}

/** What a transport adds to each call, and where calls may go. */
export interface TransportOptions {
  readonly origin: string;
  /** Sent to `origin` and nowhere else; null = none. */
  readonly key: string | null;
  /** The header for the key; default: as the origin takes it. */
  readonly keyHeader?: string;
  /** Added headers by name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface KeepAliveFetch {
  readonly fetch: typeof fetch;
  /** Closes the connections. */
  close(): void;
}

/**
 * A `fetch` for the package `openai` on Node's own HTTP client: kept-alive connections, a third of the
 * time that the built-in fetch takes, proxies as the host sets them up. It never follows a redirect, and
 * it alone knows the key, which goes to `origin` and nowhere else.
 */
export function createKeepAliveFetch({
  origin,
  key,
  keyHeader = selectKeyHeader(origin),
  headers: added = {},
}: TransportOptions): KeepAliveFetch {
  const { protocol } = new URL(origin);
  const client = protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true, scheduling: 'lifo' });

  const send = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    if (url.origin !== origin)
      throw new Error(`a call to ${url.origin} was blocked: the provider is at ${origin}`);
    const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    const headers: Record<string, string> = {};
    for (const name of SENT) {
      const value = given.get(name);
      if (value !== null) headers[name] = value;
    }
    if (key !== null) headers[keyHeader] = keyHeader === 'authorization' ? `Bearer ${key}` : key;
    Object.assign(headers, added);
    const body = Buffer.from(typeof init.body === 'string' ? init.body : '');
    headers['content-length'] = String(body.length);
    const options: http.RequestOptions = {
      method: init.method ?? 'GET',
      agent,
      headers,
    };
    const answer = await exchange(client, url, options, body, init.signal ?? null);
    return createResponse(url.href, answer);
  };
  return { fetch: send, close: () => agent.destroy() };
}

async function exchange(
  client: typeof http | typeof https,
  url: URL,
  options: http.RequestOptions,
  body: Buffer,
  signal: AbortSignal | null,
): Promise<http.IncomingMessage> {
  for (let again = false; ; again = true) {
    let request: http.ClientRequest | null = null;
    try {
      return await new Promise<http.IncomingMessage>((resolve, reject) => {
        request = client.request(url, options, (message) => {
          // A call may be aborted when nobody reads its answer any more; an error then has no other listener.
          message.on('error', () => {});
          resolve(message);
        });
        request.on('error', reject);
        if (signal) endWith(signal, request);
        request.end(body);
      });
    } catch (error) {
      // The server closed a kept connection just as it was used again: it has not read the request.
      const { reusedSocket = false } = (request ?? {}) as { reusedSocket?: boolean };
      const stale = reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      if (again || !stale || signal?.aborted) throw error;
    }
  }
}

/**
 * Ends the request when the signal is aborted. Node's own option `signal` does that, too, after the answer
 * has come in: the socket is then back in the pool, where its error would end the process.
 */
function endWith(signal: AbortSignal, request: http.ClientRequest): void {
  let answer: http.IncomingMessage | null = null;
  const abort = () => {
    if (answer?.complete) answer.destroy();
    else request.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  request.once('response', (message) => {
    answer = message;
  });
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}

/** The parts of a Response that the package reads, and how it ended. */
function createResponse(url: string, message: http.IncomingMessage): Response {
  const status = message.statusCode ?? 0;
  // Read by `get` and `entries` alone; a real Headers would cost more than the request.
  const headers = new Map(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  );
  const isJson = /^application\/json\b/i.test(headers.get('content-type') ?? '');
  const ok = status >= 200 && status < 300;
  let isWhole = false;
  const whole = () => {
    isWhole = true;
  };
  const response = {
    url,
    status,
    ok,
    headers,
    // A server that does not stream answers with one JSON object: the same as a stream of one event.
    body: ok && isJson ? asOneEvent(message, whole) : watched(message, whole),
    get isWhole() {
      return isWhole;
    },
    text: async () => (ok ? await readBody(message) : errorBody(await readBody(message))),
    json: async () => JSON.parse(await readBody(message)),
  };
  return response as unknown as Response;
}

/** Whole events as they come; calls `whole` at the word that ends a stream. */
async function* watched(message: http.IncomingMessage, whole: () => void): AsyncGenerator<Buffer> {
  // A line of its own: inside an event line breaks are escaped.
  let tail = '\n';
  // Where a stream breaks off, the package would take the part of an event for all of it.
  const begun: Buffer[] = [];
  let isDone = false;
  for await (const chunk of bounded(message, MAX_EVENT, () => isDone)) {
    const end = endOfEvents(chunk, tail);
    tail = (tail + chunk.subarray(-TAIL).toString('latin1')).slice(-TAIL);
    if (/[\r\n]data: ?\[DONE\]\s*$/.test(tail)) {
      isDone = true;
      whole();
    }
    if (end > 0) yield Buffer.concat([...begun.splice(0), chunk.subarray(0, end)]);
    if (end < chunk.length) begun.push(chunk.subarray(end));
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

/**
 * The package takes quadratic time over an event that does not end. When the reader leaves before the
 * end, the connection is kept if `isDone`, and closed otherwise.
 */
async function* bounded(
  message: http.IncomingMessage,
  maxEvent: number,
  isDone: () => boolean = () => false,
): AsyncGenerator<Buffer> {
  let total = 0;
  let event = 0;
  let last = 0;
  try {
    for await (const part of message.iterator({ destroyOnReturn: false })) {
      const chunk = part as Buffer;
      total += chunk.length;
      event = endsEvent(chunk, last) ? chunk.length : event + chunk.length;
      last = chunk.at(-1) ?? last;
      if (total > MAX_ANSWER || event > maxEvent) throw new Error('the answer is too large');
      yield chunk;
    }
  } finally {
    if (isDone()) await drain(message);
    else message.destroy();
  }
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

async function* asOneEvent(
  message: http.IncomingMessage,
  whole: () => void,
): AsyncGenerator<Buffer> {
  const text = await readBody(message);
  whole();
  yield Buffer.from(`data: ${text.replace(/[\r\n]+/g, ' ')}\n\n`);
}

/** The package reads an error's `error` alone; some servers say `message` or `detail` beside nothing. */
function errorBody(text: string): string {
  try {
    const body = JSON.parse(text);
    if (typeof body !== 'object' || body === null || 'error' in body) return text;
    const message = typeof body.message === 'string' ? body.message : JSON.stringify(body.detail);
    return message === undefined ? text : JSON.stringify({ error: { ...body, message } });
  } catch {
    return text;
  }
}

async function readBody(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(message, MAX_ANSWER)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
