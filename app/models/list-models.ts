import type { ModelError } from '#core/eval/model.ts';
import { findApi } from '#core/models/find-api.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import { findPreset, parseOrigin } from '#core/models/presets.ts';
import { NoAnswer, SentError } from '#io/models/answer-fault.ts';
import type { Endpoint } from '#io/models/endpoint.ts';
import { createKeepAliveFetch, type KeepAliveFetch } from '#io/models/keep-alive-fetch.ts';
import { findMessagesRoot, MESSAGES_VERSION } from '#io/models/messages-root.ts';
import { createModelError } from '#io/models/model-error.ts';
import { selectKeyHeader } from '#io/models/providers.ts';
import { readErrorBody } from '#io/models/read-error-body.ts';

/** Where models are listed. */
export type ListedEndpoint = Pick<
  Endpoint,
  'baseUrl' | 'key' | 'headers' | 'query' | 'secrets' | 'network'
> & {
  /** Default: the interface of the preset with this address, else Chat Completions. */
  readonly api?: ModelApi;
};

/** A list in pages has no more of them. */
const MAX_PAGES = 20;

/** The ids of the models that an endpoint serves, or why it does not say. Costs nothing. */
export async function listModels(
  endpoint: ListedEndpoint,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[] } | { readonly error: ModelError }> {
  const { baseUrl, key, headers, network } = endpoint;
  const origin = parseOrigin(baseUrl) ?? baseUrl;
  const { api = findApi(findPreset(origin), '') } = endpoint;
  const keyHeader = selectKeyHeader(origin, api);
  const added = { ...(headers ? { headers } : {}), ...(network ? { network } : {}) };
  const transport = createKeepAliveFetch({ origin, key, keyHeader, ...added });
  try {
    return { ids: await readPages(transport, endpoint, api, signal) };
  } catch (error) {
    // As the packages of the interfaces wrap an error of Node.
    const failed = isSystemError(error) ? new Error(error.message, { cause: error }) : error;
    return { error: createModelError(failed, endpoint) };
  } finally {
    transport.close();
  }
}

async function readPages(
  transport: KeepAliveFetch,
  endpoint: ListedEndpoint,
  api: ModelApi,
  signal: AbortSignal,
): Promise<string[]> {
  const version = api === 'messages' ? { 'anthropic-version': MESSAGES_VERSION } : {};
  const headers = { accept: 'application/json', ...version };
  const ids: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const response = await transport.fetch(buildUrl(endpoint, api, after), { headers, signal });
    if (!response.ok) {
      const { status, headers } = response;
      const { message, source: _, ...facts } = readErrorBody(await response.text());
      throw Object.assign(new Error(`${status} ${message}`), { ...facts, status, headers });
    }
    const list: unknown = await response.json();
    ids.push(...pickModelIds(list));
    after = findNextPage(list, after);
    if (after === null) break;
  }
  return ids;
}

function buildUrl({ baseUrl, query }: ListedEndpoint, api: ModelApi, after: string | null): string {
  const isPaged = api === 'messages';
  const root = isPaged ? `${findMessagesRoot(baseUrl)}/v1` : baseUrl;
  const page = { limit: '1000', ...(after === null ? {} : { after_id: after }) };
  const search = new URLSearchParams({ ...query, ...(isPaged ? page : {}) }).toString();
  return `${root}/models${search === '' ? '' : `?${search}`}`;
}

/** The last id of a page of Anthropic's, where more follow; null at the end. */
function findNextPage(list: unknown, before: string | null): string | null {
  const { has_more, last_id } = list as { has_more?: unknown; last_id?: unknown };
  return has_more === true && typeof last_id === 'string' && last_id !== before ? last_id : null;
}

/** `{data: [{id}]}` as OpenAI has it; some services answer with the list alone. */
function pickModelIds(list: unknown): string[] {
  const { data = list } = list as { data?: unknown };
  if (!Array.isArray(data)) throw new NoAnswer('the answer is not a list of models');
  return data.flatMap((model: { id?: unknown } | null) =>
    typeof model?.id === 'string' ? [model.id] : [],
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof Error && !(error instanceof SentError) && typeof code === 'string';
}
