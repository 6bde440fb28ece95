import {
  type Catalogue,
  type CatalogueData,
  type CatalogueOptions,
  createCatalogue,
} from '#core/models/catalogue.ts';

/** The release whose prices are bundled, and the day the registry has for it: the data has no date of its own. */
export const PRICE_PACKAGE = {
  name: '@pydantic/genai-prices',
  version: '0.1.8',
  released: '2026-09-23',
} as const;

/** The catalogue over the bundled price list. Rejects when the list's file is missing or damaged. */
export async function loadCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  return createCatalogue(await loadPriceList(), options);
}

/**
 * The price list in the package, a file of its own that is read on the first call. Its updates from
 * the network start only with `updatePrices`, which nothing here calls: without it `waitForUpdate`
 * gives the bundled list.
 */
export async function loadPriceList(): Promise<CatalogueData> {
  const { waitForUpdate } = await import('@pydantic/genai-prices');
  const providers = await waitForUpdate();
  return {
    providers: (providers ?? []) as CatalogueData['providers'],
    date: PRICE_PACKAGE.released,
    source: `${PRICE_PACKAGE.name} ${PRICE_PACKAGE.version}`,
  };
}
