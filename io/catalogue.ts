import { type Catalogue, type CatalogueOptions, createCatalogue } from '#core/models/catalogue.ts';

/**
 * The catalogue over the bundled price list. The list is read on the first call, from a file of its
 * own; nothing is ever fetched.
 */
export async function loadCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { priceList } = await import('./price-list.ts');
  return createCatalogue(await priceList(), options);
}
