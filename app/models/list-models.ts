import type { ModelError } from '#core/eval/model.ts';
import { parseOrigin } from '#core/models/presets.ts';
import { type Endpoint, listSecrets } from '#io/models/endpoint.ts';
import { createKeepAliveFetch } from '#io/models/keep-alive-fetch.ts';
import { createModelError } from '#io/models/model-error.ts';

/** The ids of the models that an endpoint serves, or why it does not say. Costs nothing. */
export async function listModels(
  endpoint: Pick<Endpoint, 'baseUrl' | 'key' | 'headers' | 'query' | 'secrets'>,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[] } | { readonly error: ModelError }> {
  const { baseUrl, key, headers, query } = endpoint;
  const origin = parseOrigin(baseUrl) ?? baseUrl;
  const transport = createKeepAliveFetch({ origin, key, ...(headers ? { headers } : {}) });
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  try {
    const response = await transport.fetch(`${baseUrl}/models${search}`, {
      headers: { accept: 'application/json' },
      signal,
    });
    const text = await response.text();
    if (response.ok) return { ids: parseModelIds(text) };
    const { status, headers } = response;
    const failed = Object.assign(new Error(parseMessage(text)), { status, headers });
    return { error: createModelError(failed, origin, listSecrets(endpoint)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const failed = code === undefined ? error : Object.assign(new Error(code), { cause: { code } });
    return { error: createModelError(failed, origin, listSecrets(endpoint)) };
  } finally {
    transport.close();
  }
}

/** `{data: [{id}]}` as OpenAI has it; some services answer with the list alone. */
function parseModelIds(text: string): string[] {
  const body: unknown = JSON.parse(text);
  const { data = body } = (body ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) throw new SyntaxError('the answer is not a list of models');
  return data.flatMap((model: { id?: unknown } | null) =>
    typeof model?.id === 'string' ? [model.id] : [],
  );
}

function parseMessage(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } | string };
    const message = typeof error === 'string' ? error : error?.message;
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}
