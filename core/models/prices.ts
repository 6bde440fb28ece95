/** USD per million tokens; null = the price list names no such price. */
export interface Rates {
  readonly input: number;
  /** Null for models that answer with no tokens, as embeddings. */
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  /** Set where reasoning tokens cost something else than output. */
  readonly reasoning: number | null;
}

export interface PriceTier extends Rates {
  /** The tier holds for a whole call whose input is larger than this many tokens. */
  readonly above: number;
}

export interface Prices extends Rates {
  /** Ascending by `above`. */
  readonly tiers: readonly PriceTier[];
  /** USD of a call besides its tokens. */
  readonly perCall: number;
  /** Whose price list: a provider of the catalogue's data, or `settings`. */
  readonly provider: string;
  /** True when the provider charges less at some hours; these are the dearer rates. */
  readonly peak: boolean;
}

/** The rates of a call with this many input tokens. */
export function selectRates(prices: Prices, inputTokens: number): Rates {
  return prices.tiers.findLast(({ above }) => inputTokens > above) ?? prices;
}

/** Flat prices, as settings state them. */
export function createFlatPrices(rates: Rates, provider: string): Prices {
  return { ...rates, tiers: [], perCall: 0, provider, peak: false };
}
