import {
  type Catalogue,
  type CatalogueData,
  type CatalogueOptions,
  createCatalogue,
} from '#core/models/catalogue.ts';
import { getPriceListPath, readFetchedPrices } from './price-list-file.ts';

/** The release whose prices are bundled, and the day the registry has for it: the data has no date of its own. */
export const PRICE_PACKAGE = {
  name: '@pydantic/genai-prices',
  version: '0.1.8',
  released: '2026-09-23',
} as const;

/** The catalogue over the price list. Rejects when the bundled list's file is missing or damaged. */
export async function loadCatalogue(
  options: CatalogueOptions,
  path?: string | null,
): Promise<Catalogue> {
  return createCatalogue(await loadPriceList(path), options);
}

/**
 * The price list that the user fetched (`path`; null = none), where it is newer than that in the package: a file of its own that is read on the first call. Its updates from
 * the network start only with `updatePrices`, which nothing here calls: without it `waitForUpdate`
 * gives the bundled list.
 */
export async function loadPriceList(
  path: string | null = getPriceListPath(process.env),
): Promise<CatalogueData> {
  const fetched = path === null ? null : await readFetchedPrices(path);
  if (fetched && fetched.date > PRICE_PACKAGE.released)
    return { providers: fetched.providers, date: fetched.date, source: fetched.source };
  const { waitForUpdate } = await import('@pydantic/genai-prices');
  const providers = await waitForUpdate();
  return {
    providers: (providers ?? []) as CatalogueData['providers'],
    date: PRICE_PACKAGE.released,
    source: `${PRICE_PACKAGE.name} ${PRICE_PACKAGE.version}`,
  };
}
