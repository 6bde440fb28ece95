import type { Connection } from '#core/eval/model.ts';
import { findApi } from '#core/models/find-api.ts';
import { findTraits } from '#core/models/find-traits.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import { findPreset, PRESETS } from '#core/models/presets.ts';
import type { Json } from '#core/prompt/node.ts';
import type { Settings } from '#core/settings.ts';
import type { ProviderAddress } from '#io/models/providers.ts';

/** How a model is called at a provider: what besides the request decides its answers. */
export function buildConnection(
  address: ProviderAddress,
  id: string,
  models: Settings['models'] = {},
): Connection {
  const { baseUrl, query = {}, headers, body } = address;
  const added = Object.keys(headers).map((header) => header.toLowerCase());
  const search = new URLSearchParams(query).toString();
  const traits = findTraits(models, id);
  return {
    api: findProviderApi(address, id),
    address: search === '' ? baseUrl : `${baseUrl}?${search}`,
    ...(added.length === 0 ? {} : { headers: added.sort() }),
    ...(body === undefined ? {} : { body: body as Readonly<Record<string, Json>> }),
    ...(traits === undefined ? {} : { traits }),
  };
}

/** The interface of a provider for a model; '' = for any. */
export function findProviderApi(
  { name, origin, api }: Pick<ProviderAddress, 'name' | 'origin' | 'api'>,
  id: string,
): ModelApi {
  return findApi(Object.hasOwn(PRESETS, name) ? name : findPreset(origin), id, api);
}
