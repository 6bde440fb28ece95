import { waitForUpdate } from '@pydantic/genai-prices';
import type { CatalogueData } from '#core/models/catalogue.ts';

/** The release whose prices are bundled, and the day the registry has for it: the data has no date of its own. */
export const PRICE_PACKAGE = {
  name: '@pydantic/genai-prices',
  version: '0.1.8',
  released: '2026-09-23',
} as const;

/**
 * The price list in the package. Its updates from the network start only with `updatePrices`, which
 * nothing here calls: without it `waitForUpdate` gives the bundled list.
 */
export async function priceList(): Promise<CatalogueData> {
  const providers = await waitForUpdate();
  return {
    providers: (providers ?? []) as CatalogueData['providers'],
    date: PRICE_PACKAGE.released,
    source: `${PRICE_PACKAGE.name} ${PRICE_PACKAGE.version}`,
  };
}
