import { readFile } from 'node:fs/promises';
import type { PriceProvider } from '#core/models/price-data.ts';
import { readPriceList } from '#core/models/read-price-list.ts';
import { UserError } from '#core/user-error.ts';
import { loadPriceList } from '#io/catalogue.ts';
import { findProxyFault } from '#io/models/find-proxy-fault.ts';
import { createKeepAliveFetch } from '#io/models/keep-alive-fetch.ts';
import type { Network } from '#io/models/network.ts';
import { writeFetchedPrices } from '#io/price-list-file.ts';

/** Where the price list of `@pydantic/genai-prices` is published as it changes. */
export const PRICE_ADDRESS =
  'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json';

/** What an update changed. */
export interface PriceUpdate {
  readonly models: number;
  /** `provider/model` that the list did not have before. */
  readonly added: readonly string[];
  /** `provider/model` whose prices or window differ. */
  readonly changed: readonly string[];
}

/** Where prices come from, and where they are kept. */
export interface PriceSource {
  /** An address, or the path of a file. */
  readonly from: string;
  /** The file that keeps them. */
  readonly path: string;
  /** Today, as YYYY-MM-DD. */
  readonly date: string;
  readonly network: Network;
}

/**
 * Fetches the price list from an address or a file, checks it, and keeps it for all projects. Throws UserError and
 * keeps what was there if it cannot be read or is not sound.
 */
export async function updatePrices(
  { from, path, date, network }: PriceSource,
  signal: AbortSignal,
): Promise<PriceUpdate> {
  const address = URL.canParse(from) ? new URL(from) : null;
  // It would be kept as the source, and shown.
  if (address?.username || address?.password)
    throw new UserError('The address of prices must have no user and no password in it.');
  const { providers: before } = await loadPriceList(path);
  let providers: readonly PriceProvider[];
  try {
    providers = readPriceList(JSON.parse(await fetchText(from, network, signal)));
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UserError(`The prices at ${from} cannot be used: ${(error as Error).message}.`);
  }
  await writeFetchedPrices(path, { v: 1, date, source: from, providers });
  return comparePrices(before, providers);
}

async function fetchText(from: string, network: Network, signal: AbortSignal): Promise<string> {
  if (!/^https?:/i.test(from)) return readFile(from, 'utf8');
  const url = new URL(from);
  const transport = createKeepAliveFetch({ origin: url.origin, key: null, network });
  try {
    const response = await transport.fetch(url.href, { headers: { accept: '*/*' }, signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    return text;
  } catch (error) {
    const { origin } = url;
    const fault = findProxyFault({ cause: error }, { origin, said: '' }, network);
    throw fault ? new Error(fault.message) : error;
  } finally {
    transport.close();
  }
}

function comparePrices(
  before: readonly PriceProvider[],
  after: readonly PriceProvider[],
): PriceUpdate {
  const known = listModels(before);
  const fetched = listModels(after);
  const ids = [...fetched.keys()];
  return {
    models: fetched.size,
    added: ids.filter((id) => !known.has(id)).sort(),
    changed: ids.filter((id) => known.has(id) && known.get(id) !== fetched.get(id)).sort(),
  };
}

/** Prices and windows by `provider/model`. */
function listModels(providers: readonly PriceProvider[]): Map<string, string> {
  return new Map(
    providers.flatMap(({ id, models }) =>
      models.map(
        (model) =>
          [`${id}/${model.id}`, JSON.stringify([model.prices, model.context_window])] as const,
      ),
    ),
  );
}
