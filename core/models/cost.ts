import type { Figure } from '../tokens/figure.ts';
import type { BatchDiscount } from './batch-discount.ts';
import {
  countCacheableTokens,
  estimateCacheSaving,
  type PrefixCaching,
} from './cacheable-prefix.ts';
import type { ExpectedOutput } from './expected-output.ts';
import { type Prices, type Rates, selectRates } from './prices.ts';

/** Tokens of one call as billed: `input` includes cached and written ones, `output` includes reasoning. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
}

/** Calls of a prompt a month; rates are 0 to 1. */
export interface CallTraffic {
  readonly callsPerMonth: number;
  readonly outputTokens?: number;
  /** Share of the calls that find the prefix cached. */
  readonly cacheHitRate?: number;
  /** Share of the calls that go through the batch API. */
  readonly batchShare?: number;
}

export interface CostQuestion {
  /** Input tokens of a call. */
  readonly input: Figure;
  readonly output: ExpectedOutput;
  /** Tokens at the beginning that all calls have in common. */
  readonly cacheablePrefix?: number;
  /** The prompt's output limit. */
  readonly maxTokens?: number | undefined;
  readonly traffic?: CallTraffic | undefined;
}

/** USD. */
export interface CostForecast {
  /** A call without cache and batch, with the expected output. */
  readonly call: Figure;
  readonly output: ExpectedOutput;
  /** The longest call with as much output as the prompt allows; null without a limit. */
  readonly most: number | null;
  /** A thousand calls of the median input. */
  readonly per1000: number;
  /** With cache and batch as the traffic states them; null without traffic. */
  readonly perMonth: number | null;
  /**
   * What a call saves whose prefix is read from the provider's cache. Null when the model's caching or
   * its price is unknown.
   */
  readonly cache: {
    readonly tokens: number;
    readonly perCall: number;
    readonly automatic: boolean;
  } | null;
  /** True when the traffic has a batch share and no batch price is known: it is counted in full. */
  readonly batchUnknown: boolean;
}

/** What costs need to know of a model. */
export interface PricedModel {
  readonly prices: Prices | null;
  readonly caching: PrefixCaching | null;
  readonly batch: BatchDiscount | null;
}

/**
 * USD of a call as billed. A cached or written token without a price of its own costs as input. Null
 * when a price that the usage needs is unknown.
 */
export function priceUsage(usage: TokenUsage, prices: Prices | null): number | null {
  if (prices === null) return null;
  const rates = selectRates(prices, usage.input);
  const read = Math.min(usage.cachedInput ?? 0, usage.input);
  const written = Math.min(usage.cacheWrite ?? 0, usage.input - read);
  const reasoning = rates.reasoning === null ? 0 : Math.min(usage.reasoning ?? 0, usage.output);
  const output = priceOutput(usage.output - reasoning, rates);
  if (output === null) return null;
  const input =
    (usage.input - read - written) * rates.input +
    read * (rates.cacheRead ?? rates.input) +
    written * (rates.cacheWrite ?? rates.input);
  return (input + output + reasoning * (rates.reasoning ?? 0)) / 1e6 + prices.perCall;
}

/** What a prompt costs to run. Null when the model's price is unknown: it is then never zero. */
export function forecastCost(model: PricedModel, question: CostQuestion): CostForecast | null {
  const { prices } = model;
  if (prices === null) return null;
  const { output, traffic, maxTokens } = question;
  const call = priceInputs(question.input, output.tokens, prices);
  if (call === null) return null;
  const cached = model.caching
    ? countCacheableTokens(model.caching, question.cacheablePrefix ?? 0)
    : 0;
  return {
    call,
    output,
    most:
      maxTokens === undefined
        ? null
        : priceUsage({ input: question.input.max, output: maxTokens }, prices),
    per1000: 1000 * call.median,
    perMonth: traffic
      ? forecastMonth(model, prices, question.input.median, output.tokens, cached, traffic)
      : null,
    cache: forecastCache(model, prices, cached, question.input.median),
    batchUnknown: (traffic?.batchShare ?? 0) > 0 && model.batch === null,
  };
}

/** USD of calls with these inputs and one output; null when a price is unknown. */
export function priceInputs(input: Figure, output: number, prices: Prices | null): Figure | null {
  const price = (tokens: number) => priceUsage({ input: tokens, output }, prices);
  const [min, median, max] = [price(input.min), price(input.median), price(input.max)];
  return min === null || median === null || max === null ? null : { min, median, max };
}

/**
 * Batch calls get the discount and no cache reads, as providers do not grant both. Of the others the
 * hit rate reads the prefix from the cache; a miss writes it, where writing has a price.
 */
function forecastMonth(
  model: PricedModel,
  prices: Prices,
  input: number,
  output: number,
  cached: number,
  traffic: CallTraffic,
): number | null {
  const hitRate = cached > 0 ? share(traffic.cacheHitRate) : 0;
  const plain = priceUsage({ input, output }, prices);
  const hit = priceUsage({ input, output, cachedInput: cached }, prices);
  const miss = hitRate > 0 ? priceUsage({ input, output, cacheWrite: cached }, prices) : plain;
  if (plain === null || hit === null || miss === null) return null;
  const batched = share(traffic.batchShare);
  const direct = hitRate * hit + (1 - hitRate) * miss;
  return (
    traffic.callsPerMonth *
    (batched * plain * (1 - (model.batch?.off ?? 0)) + (1 - batched) * direct)
  );
}

function forecastCache(
  model: PricedModel,
  prices: Prices,
  tokens: number,
  input: number,
): CostForecast['cache'] {
  if (model.caching === null) return null;
  const perCall = estimateCacheSaving(prices, tokens, input);
  return perCall === null ? null : { tokens, perCall, automatic: model.caching.automatic };
}

function priceOutput(tokens: number, rates: Rates): number | null {
  if (tokens === 0) return 0;
  return rates.output === null ? null : tokens * rates.output;
}

function share(value: number | undefined): number {
  return Math.max(0, Math.min(1, value ?? 0));
}
