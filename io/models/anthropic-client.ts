import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { Stream } from '@anthropic-ai/sdk/core/streaming';
import type { Endpoint } from './endpoint.ts';
import type { Ending, KeepAliveFetch } from './keep-alive-fetch.ts';
import { findMessagesRoot, MESSAGES_VERSION } from './messages-root.ts';

/** An event of a stream, not yet parsed. `event` is null where the server names none. */
export interface RawEvent {
  readonly event: string | null;
  readonly data: string;
}

export interface AnthropicClient {
  /** Resolves once the server has begun to answer. Rejects with the package's error. */
  post(
    body: object,
    signal: AbortSignal,
  ): Promise<{ readonly events: AsyncIterable<RawEvent>; readonly ending: Ending }>;
}

/**
 * A client of the package `@anthropic-ai/sdk`. This file is a bundle of its own: it needs a fifth of the package,
 * whose main module contains the interfaces of agents and organizations.
 */
export function createAnthropicClient(
  { baseUrl, query }: Endpoint,
  transport: KeepAliveFetch,
): AnthropicClient {
  // Everything is said here, or the package reads it from the environment. The key is the transport's.
  const client = new BaseAnthropic({
    apiKey: 'held-by-the-transport',
    authToken: null,
    webhookKey: null,
    baseURL: findMessagesRoot(baseUrl),
    ...(query ? { defaultQuery: { ...query } } : {}),
    defaultHeaders: { 'anthropic-version': MESSAGES_VERSION },
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    // Else prompts may go where another extension of this process sends its traces.
    openTelemetry: false,
    fetch: transport.fetch,
  });
  return {
    async post(body, signal) {
      const response = await client.post('/v1/messages', { body, signal }).asResponse();
      return { events: Stream.rawEvents(response), ending: response as unknown as Ending };
    },
  };
}
