import { setMaxListeners } from 'node:events';
import type { Model, ModelError, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { API_NAMES, type ModelApi } from '#core/models/model-api.ts';
import { type Adaptation, learnFrom, UNADAPTED } from './adaptation.ts';
import { AnswerStream } from './answer-stream.ts';
import { chatWire } from './chat.ts';
import { type Endpoint, listSecrets } from './endpoint.ts';
import { hideKeys } from './hide-keys.ts';
import { createKeepAliveFetch, type KeepAliveFetch } from './keep-alive-fetch.ts';
import { messagesWire } from './messages.ts';
import { createModelError } from './model-error.ts';
import { selectKeyHeader } from './providers.ts';
import { responsesWire } from './responses.ts';
import type { BuiltRequest, SentRequest, Wire, WireClient } from './wire.ts';

const MAX_CALL_MS = 300_000;

/** A server that names one more field with each answer is asked this often at most. */
const MAX_LESSONS = 8;

const WIRES: Readonly<Partial<Record<ModelApi, Wire>>> = {
  chat: chatWire,
  messages: messagesWire,
  responses: responsesWire,
};

export interface RemoteModel extends Model {
  /** Closes kept connections. */
  close(): void;
}

interface Connection {
  readonly client: WireClient;
  readonly transport: KeepAliveFetch;
  readonly endpoint: Endpoint;
  readonly origin: string;
  /** What a server that taught nothing is sent. */
  readonly initial: Adaptation;
  /** What the server taught, by model. */
  readonly adaptations: Map<string, Adaptation>;
}

/**
 * Models behind the interfaces of providers. `endpointOf` says where a provider is, or why it cannot be called.
 * One attempt a call; a request that the server refuses for a field it does not take is sent again without it.
 */
export function createRemoteModel(
  endpointOf: (provider: string, origin: string) => Endpoint | { readonly error: ModelError },
): RemoteModel {
  const connections = new Map<string, Promise<Connection>>();
  return {
    async *complete(request, signal) {
      signal.throwIfAborted();
      const api = request.connection?.api ?? 'chat';
      const id = JSON.stringify([api, request.provider, request.origin]);
      const known = connections.get(id);
      if (known) return yield* stream(await known, request, signal);
      const endpoint = endpointOf(request.provider, request.origin);
      if ('error' in endpoint) return yield { kind: 'error', error: endpoint.error };
      const { origin } = new URL(endpoint.baseUrl);
      if (origin !== request.origin) {
        const message = `${request.provider} is now at ${origin}, not at ${request.origin}: restart the run`;
        return yield { kind: 'error', error: { kind: 'not-found', message } };
      }
      const wire = WIRES[api];
      if (!wire) {
        const message = `${request.provider} is not called through ${API_NAMES[api]}`;
        return yield { kind: 'error', error: { kind: 'not-found', message } };
      }
      // Before the first wait: calls that begin together share one connection.
      const connection = connect(endpoint, origin, api, wire);
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

async function connect(
  endpoint: Endpoint,
  origin: string,
  api: ModelApi,
  wire: Wire,
): Promise<Connection> {
  const { key, headers, idleMs, network } = endpoint;
  const transport = createKeepAliveFetch({
    origin,
    key,
    keyHeader: selectKeyHeader(origin, api),
    ...(headers ? { headers } : {}),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(network ? { network } : {}),
  });
  const client = await wire.open(endpoint, transport);
  // Only Chat Completions has to be asked for token counts.
  const initial = { ...UNADAPTED, stream: endpoint.stream !== false, asksUsage: api === 'chat' };
  return { client, transport, endpoint, origin, initial, adaptations: new Map() };
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
  const { timeoutMs = MAX_CALL_MS } = endpoint;
  const total = setTimeout(expire, timeoutMs, `no complete answer within ${timeoutMs} ms`);
  const reading = new AnswerStream(connection.client.read(), request, endpoint);
  try {
    const { events, ending, changes } = await send(connection, request, stop.signal);
    for await (const event of events) {
      const text = reading.add(event);
      if (text !== '') yield { kind: 'text', text };
    }
    const rest = reading.rest();
    if (rest !== '') yield { kind: 'text', text: rest };
    complete = true;
    signal.throwIfAborted();
    yield late === null ? reading.end(origin, ending.isWhole, changes) : createTimeout(late);
  } catch (error) {
    signal.throwIfAborted();
    const rest = reading.rest();
    if (rest !== '') yield { kind: 'text', text: rest };
    yield late === null
      ? { kind: 'error', error: createModelError(error, endpoint) }
      : createTimeout(late);
  } finally {
    clearTimeout(total);
    signal.removeEventListener('abort', onAbort);
    // Ends the connection when the reader leaves early; for nothing, it would cost a tenth of the call.
    if (!complete) stop.abort();
  }
}

/** Sends a request, and again without what the server does not take. */
async function send(
  { client, endpoint, initial, adaptations }: Connection,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<SentRequest & Pick<BuiltRequest, 'changes'>> {
  const clean = (text: string) => hideKeys(text, listSecrets(endpoint));
  for (let lessons = 0; ; lessons++) {
    const adaptation = adaptations.get(request.model) ?? initial;
    const built = client.build(request, adaptation);
    try {
      return { ...(await client.send(built, signal)), changes: built.changes };
    } catch (error) {
      // Another call may have learned it in the meantime.
      const current = adaptations.get(request.model) ?? initial;
      const { parameters } = request;
      const lesson = learnFrom(error, { parameters, adaptation: current }, clean);
      if (lessons === MAX_LESSONS || (lesson === null && current === adaptation)) throw error;
      if (current === adaptation && lesson !== null) adaptations.set(request.model, lesson);
    }
  }
}

function createTimeout(message: string): ModelPart {
  return { kind: 'error', error: { kind: 'timeout', message } };
}
