import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { ModelError, ModelPart, ModelRequest } from '#core/eval/model.ts';
import type { Endpoint } from '#io/models/endpoint.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { type ModelServer, modelServer, type Reply } from './model-server.ts';

/** Must show up nowhere but in the header of its own server. */
export const KEY = 'canary-7f3a91c2d4e5';
/** What is closed when the tests of a file are done. */
export const opened: { close(): unknown }[] = [];
after(() => Promise.all(opened.map((o) => o.close())));

/** A server that gives these replies in turn, the last one for good. */
export async function serve(...replies: Reply[]): Promise<ModelServer> {
  const server = await modelServer(
    (_, n) => replies[Math.min(n, replies.length) - 1] ?? { kind: 'nothing' },
  );
  opened.push(server);
  return server;
}

/** A small request. */
export function requestTo(server: ModelServer, more: Partial<ModelRequest> = {}): ModelRequest {
  return {
    provider: 'lab',
    origin: server.origin,
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Hello' }],
    parameters: {},
    why: { case: 'a', repeat: 0, role: 'answer' },
    ...more,
  };
}

/** What differs from a small request to a plain endpoint. */
export interface AskOptions extends Partial<ModelRequest>, Partial<Endpoint> {
  readonly signal?: AbortSignal;
  /** Called after each part with text. */
  readonly onText?: () => void;
}

/** Everything that one call yields. */
export async function ask(
  server: ModelServer,
  { signal, onText, ...more }: AskOptions = {},
): Promise<ModelPart[]> {
  const { timeoutMs, idleMs, stream, baseUrl = server.baseUrl, ...request } = more;
  const endpoint = {
    baseUrl,
    key: KEY,
    ...(timeoutMs ? { timeoutMs } : {}),
    ...(idleMs ? { idleMs } : {}),
    ...(stream === undefined ? {} : { stream }),
  };
  const model = createRemoteModel(() => endpoint);
  opened.push(model);
  const parts: ModelPart[] = [];
  for await (const part of model.complete(
    requestTo(server, request),
    signal ?? new AbortController().signal,
  )) {
    parts.push(part);
    if (part.kind === 'text') onText?.();
  }
  return parts;
}

/** The error that a call must end with. */
export async function errorOf(server: ModelServer, more: AskOptions = {}): Promise<ModelError> {
  const last = (await ask(server, more)).at(-1);
  assert.ok(last?.kind === 'error', `an error was expected: ${JSON.stringify(last)}`);
  assert.ok(!JSON.stringify(last).includes(KEY));
  assert.ok(!last.error.message.includes('\n'));
  return last.error;
}
