import http from 'node:http';
import https from 'node:https';
import { readBeginning, readBody } from './bounded-body.ts';
import { buildAgentOptions, type Network } from './network.ts';
import { selectKeyHeader } from './providers.ts';
import { parseAnswer, readAnswerBody } from './read-answer-body.ts';
import { readErrorBody } from './read-error-body.ts';

const MAX_IDLE_MS = 60_000;

/** Of the headers that the package sets, the ones that are sent. */
const SENT = ['accept', 'anthropic-version', 'content-type', 'user-agent'];

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
  /** The longest silence once an answer has begun, in milliseconds; default 1 minute. */
  readonly idleMs?: number;
  readonly network?: Network;
}

export interface KeepAliveFetch {
  readonly fetch: typeof fetch;
  /** Closes the connections. */
  close(): void;
}

/**
 * A `fetch` for the package `openai` on Node's own HTTP client: kept-alive connections, a third of the
 * time that the built-in fetch takes, and proxies. It never follows a redirect, and
 * it alone knows the key, which goes to `origin` and nowhere else.
 */
export function createKeepAliveFetch({
  origin,
  key,
  keyHeader = selectKeyHeader(origin),
  headers: added = {},
  idleMs = MAX_IDLE_MS,
  network = {},
}: TransportOptions): KeepAliveFetch {
  const { protocol } = new URL(origin);
  const client = protocol === 'https:' ? https : http;
  const agent = new client.Agent({
    keepAlive: true,
    scheduling: 'lifo',
    ...buildAgentOptions(origin, network),
  });

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
    headers['accept-encoding'] = 'identity';
    headers['content-length'] = String(body.length);
    const options: http.RequestOptions = {
      method: init.method ?? 'GET',
      agent,
      headers,
    };
    const answer = await exchange(client, url, options, body, init.signal ?? null);
    return createResponse(url.href, answer, idleMs);
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
function createResponse(url: string, message: http.IncomingMessage, idleMs: number): Response {
  const status = message.statusCode ?? 0;
  // Read by `get` and `entries` alone; a real Headers would cost more than the request.
  const headers = new Map(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  );
  const contentType = headers.get('content-type') ?? '';
  const ok = status >= 200 && status < 300;
  // The package reads only JSON that is called JSON; what is none is found while it is read.
  if (ok) headers.set('content-type', 'application/json');
  let isWhole = false;
  const whole = () => {
    isWhole = true;
  };
  const response = {
    url,
    status,
    ok,
    headers,
    body: readAnswerBody(message, { contentType, idleMs, whole }),
    get isWhole() {
      return isWhole;
    },
    text: async () =>
      ok ? await readBody(message, idleMs) : normalizeError(await readBeginning(message)),
    json: async () => parseAnswer(await readBody(message, idleMs)),
  };
  return response as unknown as Response;
}

/** The package reads the `error` of a JSON object alone, and of that the `message`. */
function normalizeError(body: string): string {
  const { source, ...facts } = readErrorBody(body);
  return facts.message === '' ? '' : JSON.stringify({ error: { ...source, ...facts } });
}
