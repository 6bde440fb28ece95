import type { OpenAI } from 'openai';
import type { Endpoint } from './endpoint.ts';
import type { KeepAliveFetch } from './keep-alive-fetch.ts';

/** A client of the package `openai`, which is loaded with the first call. */
export async function openOpenai(
  { baseUrl, query }: Endpoint,
  transport: KeepAliveFetch,
): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  // Everything is said here, or the package reads it from the environment. The key is the transport's.
  return new OpenAI({
    apiKey: 'held-by-the-transport',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    ...(query ? { defaultQuery: { ...query } } : {}),
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    fetch: transport.fetch,
  });
}
