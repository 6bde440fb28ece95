import { setMaxListeners } from 'node:events';
import type { OpenAI } from 'openai';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type {
  Answer,
  Model,
  ModelError,
  ModelPart,
  ModelRequest,
  Usage,
} from '#core/eval/model.ts';
import { parseFinishReason } from '#core/eval/plan/parse-finish-reason.ts';
import { createKeepAliveFetch, type Ending, type KeepAliveFetch } from './keep-alive-fetch.ts';
import { KeyFilter } from './key-filter.ts';
import { createModelError } from './openai-error.ts';
import { buildRequest } from './openai-request.ts';
import { readUsage } from './read-usage.ts';

/** Where calls to a provider go. */
export interface Endpoint {
  readonly baseUrl: string;
  /** Sent to the origin of `baseUrl` and nowhere else; null = none. */
  readonly key: string | null;
  /** The longest a call may take as a whole, in milliseconds; default 5 minutes. */
  readonly timeoutMs?: number;
  /** The longest silence once the answer has begun; default 1 minute. */
  readonly idleMs?: number;
  /** Its `usage.cost` is what the provider charges, in USD. */
  readonly hasCharge?: boolean;
}

const MAX_CALL_MS = 300_000;
const MAX_IDLE_MS = 60_000;

export interface OpenaiModel extends Model {
  /** Closes kept connections. */
  close(): void;
}

interface Connection {
  readonly client: OpenAI;
  readonly transport: KeepAliveFetch;
  readonly endpoint: Endpoint;
  readonly origin: string;
  /** Turned off where a server does not know the option. */
  withUsage: boolean;
}

/**
 * Models behind the chat completions interface, over the package `openai`, which is loaded with the first
 * call. `endpointOf` says where a provider is, or why it cannot be called. One attempt a call.
 */
export function createOpenaiModel(
  endpointOf: (provider: string, origin: string) => Endpoint | { readonly error: ModelError },
): OpenaiModel {
  const connections = new Map<string, Promise<Connection>>();
  return {
    async *complete(request, signal) {
      signal.throwIfAborted();
      const id = `${request.provider} ${request.origin}`;
      const known = connections.get(id);
      if (known) return yield* stream(await known, request, signal);
      const endpoint = endpointOf(request.provider, request.origin);
      if ('error' in endpoint) return yield { kind: 'error', error: endpoint.error };
      const { origin } = new URL(endpoint.baseUrl);
      if (origin !== request.origin) {
        const message = `${request.provider} is now at ${origin}, not at ${request.origin}: restart the run`;
        return yield { kind: 'error', error: { kind: 'not-found', message } };
      }
      // Before the first wait: calls that begin together share one connection.
      const connection = connect(endpoint, origin);
      connections.set(id, connection);
      yield* stream(await connection, request, signal);
    },
    close() {
      for (const connection of connections.values()) {
        connection.then(({ transport }) => transport.close()).catch(() => undefined);
      }
      connections.clear();
    },
  };
}

async function connect(endpoint: Endpoint, origin: string): Promise<Connection> {
  const transport = createKeepAliveFetch(origin, endpoint.key);
  const { OpenAI } = await import('openai');
  // Everything is said here, or the package reads it from the environment. The key is the transport's.
  const client = new OpenAI({
    apiKey: 'held-by-the-transport',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    fetch: transport.fetch,
  });
  return { client, transport, endpoint, origin, withUsage: true };
}

async function* stream(
  connection: Connection,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const { endpoint, origin } = connection;
  const stop = new AbortController();
  let late: string | null = null;
  let complete = false;
  const expire = (message: string): void => {
    late ??= message;
    stop.abort();
  };
  const onAbort = (): void => stop.abort();
  // As many calls as run at a time listen to the one signal of the run.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', onAbort, { once: true });
  const { timeoutMs = MAX_CALL_MS, idleMs = MAX_IDLE_MS } = endpoint;
  const total = setTimeout(expire, timeoutMs, `no complete answer within ${timeoutMs} ms`);
  let idle: NodeJS.Timeout | undefined;
  const reading = new Reading(request.model, endpoint);
  try {
    const { data: chunks, response } = await send(connection, request, stop.signal);
    idle = setTimeout(expire, idleMs, `the answer stopped for ${idleMs} ms`);
    for await (const chunk of chunks) {
      idle.refresh();
      const text = reading.add(chunk);
      if (text !== '') yield { kind: 'text', text };
    }
    const rest = reading.rest();
    if (rest !== '') yield { kind: 'text', text: rest };
    complete = true;
    signal.throwIfAborted();
    const { isWhole } = response as unknown as Ending;
    yield late === null ? reading.end(origin, isWhole) : createTimeout(late);
  } catch (error) {
    signal.throwIfAborted();
    const rest = reading.rest();
    if (rest !== '') yield { kind: 'text', text: rest };
    yield late === null
      ? { kind: 'error', error: createModelError(error, origin, endpoint.key) }
      : createTimeout(late);
  } finally {
    clearTimeout(total);
    clearTimeout(idle);
    signal.removeEventListener('abort', onAbort);
    // Ends the connection when the reader leaves early; for nothing, it would cost a tenth of the call.
    if (!complete) stop.abort();
  }
}

async function send(connection: Connection, request: ModelRequest, signal: AbortSignal) {
  const { completions } = connection.client.chat;
  const { withUsage } = connection;
  try {
    return await completions.create(buildRequest(request, withUsage), { signal }).withResponse();
  } catch (error) {
    const { status, message } = error as { status?: number; message?: string };
    if (!withUsage || !(status === 400 || status === 422) || !message?.includes('stream_options'))
      throw error;
    connection.withUsage = false;
    return completions.create(buildRequest(request, false), { signal }).withResponse();
  }
}

function createTimeout(message: string): ModelPart {
  return { kind: 'error', error: { kind: 'timeout', message } };
}

/** An answer as it comes in. */
class Reading {
  readonly #start = performance.now();
  #text = '';
  #refusal = '';
  #finish: string | null = null;
  /** Why the provider says that it could not finish the answer. */
  #failure: string | null = null;
  #usage: Usage | null = null;
  #firstTokenMs: number | undefined;
  #servedBy: string;
  readonly #filter: KeyFilter;
  readonly #hasCharge: boolean;
  #isBegun = false;

  constructor(model: string, { key, hasCharge = false }: Endpoint) {
    this.#servedBy = model;
    this.#filter = new KeyFilter(key);
    this.#hasCharge = hasCharge;
  }

  /** Takes a chunk in and returns its new text. */
  add(chunk: ChatCompletionChunk): string {
    if (chunk.model) this.#servedBy = this.#filter.clean(chunk.model);
    if (chunk.usage) this.#usage = readUsage(chunk.usage, this.#hasCharge) ?? this.#usage;
    const choice = chunk.choices?.[0];
    if (!choice) return '';
    if (choice.finish_reason) this.#finish = choice.finish_reason;
    this.#failure ??= findFailure(choice);
    // A server that does not stream sends the whole message.
    const { message } = choice as { message?: ChatCompletionChunk.Choice.Delta };
    this.#isBegun = true;
    const { content, refusal } = choice.delta ?? message ?? {};
    this.#refusal += refusal ?? '';
    const text = this.#filter.push(readContent(content));
    if (text !== '') this.#firstTokenMs ??= performance.now() - this.#start;
    this.#text += text;
    return text;
  }

  /** Text that was held back and turned out to be no part of a key. */
  rest(): string {
    const text = this.#filter.end();
    this.#text += text;
    return text;
  }

  /**
   * The whole answer; a stream that broke off is none. Not every server says why it ended, but then it
   * says that it did (`isWhole`).
   */
  end(origin: string, isWhole: boolean): ModelPart {
    if (isWhole && !this.#isBegun) {
      const message = `${origin} sent no answer: the response has no \`choices\``;
      return { kind: 'error', error: { kind: 'bad-answer', message } };
    }
    if (this.#finish === null && !isWhole) {
      const message = `the connection to ${origin} closed in the middle of the answer`;
      return { kind: 'error', error: { kind: 'network', message } };
    }
    if (this.#failure !== null) {
      const message = `${origin} could not finish the answer: ${this.#filter.clean(this.#failure)}`;
      return { kind: 'error', error: { kind: 'unavailable', message } };
    }
    const refused = this.#text === '' && this.#refusal !== '';
    const answer: Answer = {
      text: refused ? this.#filter.clean(this.#refusal) : this.#text,
      finishReason: refused ? 'content-filter' : (parseFinishReason(this.#finish ?? '') ?? 'other'),
      usage: this.#usage,
      latencyMs: performance.now() - this.#start,
      servedBy: this.#servedBy,
      ...(this.#firstTokenMs === undefined ? {} : { firstTokenMs: this.#firstTokenMs }),
    };
    return { kind: 'end', answer };
  }
}

/** Ends that are failures of the provider: what came before them is no answer. */
const FAILED_ENDS: ReadonlySet<string> = new Set([
  'error',
  'network_error',
  'malformed_function_call',
]);

function findFailure(choice: ChatCompletionChunk.Choice): string | null {
  const { finish_reason, native_finish_reason, error } = choice as {
    finish_reason?: string | null;
    native_finish_reason?: string | null;
    error?: { message?: unknown } | null;
  };
  const ends = [finish_reason, native_finish_reason].map((end) => String(end ?? '').toLowerCase());
  const end = ends.find((one) => FAILED_ENDS.has(one));
  if (end === undefined && !error) return null;
  return typeof error?.message === 'string' ? error.message.slice(0, 500) : `it ended with ${end}`;
}

/** Some services send content in parts, of which thoughts are none of the answer. */
function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) throw new Error('the content of the answer is not text');
  return content
    .map((part: { type?: unknown; text?: unknown } | null) =>
      typeof part?.text === 'string' ? part.text : '',
    )
    .join('');
}
