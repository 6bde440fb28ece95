import type { PriceModel, PriceProvider, PriceTable } from './price-data.ts';

/** Prices of models that are newer than the price list, in USD per million tokens. */
interface AddedPrices {
  readonly provider: string;
  readonly source: string;
  readonly checkedOn: string;
  readonly models: Readonly<Record<string, PriceTable>>;
}

const ADDED: readonly AddedPrices[] = [
  {
    provider: 'openai',
    source: 'https://developers.openai.com/api/docs/pricing',
    checkedOn: '2026-12-01',
    models: {
      'gpt-6.1-sol': longer(2, 10, 0.1, 2.5),
      'gpt-6.1-terra': longer(1, 5, 0.05, 1.25),
      'gpt-6.2-sol': longer(2, 10, 0.1, 2.5),
      'gpt-6.2-astra': longer(8, 40, 0.4, 10),
    },
  },
  {
    provider: 'anthropic',
    source: 'https://platform.claude.com/docs/en/about-claude/pricing',
    checkedOn: '2026-12-01',
    models: {
      'claude-fable-5-2': flat(8, 40, 0.8, 10),
      'claude-sonnet-5-5': flat(2, 10, 0.2, 2.5),
    },
  },
];

/** The price list with the models that it does not have yet. Its own prices go before. */
export function addPrices(providers: readonly PriceProvider[]): readonly PriceProvider[] {
  return providers.map((provider) => {
    const added = ADDED.filter((one) => one.provider === provider.id);
    const known = new Set(provider.models.map(({ id }) => id));
    const models = added
      .flatMap(({ models }) => Object.entries(models))
      .filter(([id]) => !known.has(id))
      .map(([id, prices]): PriceModel => ({ id, match: { equals: id }, prices }));
    return models.length === 0
      ? provider
      : { ...provider, models: [...provider.models, ...models] };
  });
}

/** Where the prices of a model are from that the list does not have; null for all others. */
export function findAddedPrices(
  model: string,
): { readonly source: string; readonly checkedOn: string } | null {
  const name = model.slice(model.indexOf('/') + 1);
  return ADDED.find(({ models }) => Object.hasOwn(models, name)) ?? null;
}

/** From 272,000 input tokens on, input costs twice and output one and a half times as much. */
function longer(input: number, output: number, cacheRead: number, cacheWrite: number): PriceTable {
  const tier = (base: number, factor: number) => ({
    base,
    tiers: [{ start: 272_000, price: base * factor }],
  });
  return {
    input_mtok: tier(input, 2),
    output_mtok: tier(output, 1.5),
    cache_read_mtok: tier(cacheRead, 2),
    cache_write_mtok: tier(cacheWrite, 2),
  };
}

function flat(input: number, output: number, cacheRead: number, cacheWrite: number): PriceTable {
  return {
    input_mtok: input,
    output_mtok: output,
    cache_read_mtok: cacheRead,
    cache_write_mtok: cacheWrite,
  };
}
