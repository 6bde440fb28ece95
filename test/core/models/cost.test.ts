import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecastCost, type PricedModel, priceUsage } from '#core/models/cost.ts';
import type { ExpectedOutput } from '#core/models/expected-output.ts';
import { createFlatPrices, type Prices } from '#core/models/prices.ts';

const PRICES: Prices = {
  input: 2,
  output: 10,
  cacheRead: 0.5,
  cacheWrite: 2.5,
  reasoning: null,
  tiers: [{ above: 1000, input: 4, output: 20, cacheRead: 1, cacheWrite: 5, reasoning: null }],
  perCall: 0,
  provider: 'maker',
  peak: false,
};
const MODEL: PricedModel = {
  prices: PRICES,
  caching: {
    minTokens: 100,
    step: 10,
    automatic: true,
    source: 'https://example.org',
    checkedOn: '2026-11-21',
  },
  batch: { off: 0.5, source: 'https://example.org', checkedOn: '2026-11-21' },
};
const MILLIONTH = 1e-6;

function close(actual: number | null | undefined, millionths: number): void {
  assert.ok(
    typeof actual === 'number' && Math.abs(actual / MILLIONTH - millionths) < 1e-6,
    `${actual} is not ${millionths}e-6`,
  );
}

test('a billed call: cached and written tokens are part of the input', () => {
  close(priceUsage({ input: 1000, output: 100 }, PRICES), 2000 + 1000);
  close(
    priceUsage({ input: 1000, output: 100, cachedInput: 400, cacheWrite: 100 }, PRICES),
    500 * 2 + 400 * 0.5 + 100 * 2.5 + 1000,
  );
});

test('a billed call over a tier costs more altogether', () => {
  close(priceUsage({ input: 1001, output: 100 }, PRICES), 1001 * 4 + 100 * 20);
});

test('reasoning is output unless it has a price of its own', () => {
  close(priceUsage({ input: 0, output: 100, reasoning: 60 }, PRICES), 1000);
  close(
    priceUsage({ input: 0, output: 100, reasoning: 60 }, { ...PRICES, reasoning: 3 }),
    40 * 10 + 60 * 3,
  );
});

test('a token kind without a price costs as input; a fee is added to each call', () => {
  const prices = {
    ...createFlatPrices(
      { input: 1, output: 1, cacheRead: null, cacheWrite: null, reasoning: null },
      'maker',
    ),
    perCall: 0.012,
  };
  close(priceUsage({ input: 100, output: 10, cachedInput: 50 }, prices), 110 + 12_000);
});

const none: ExpectedOutput = { tokens: 0, basis: 'default' };
const ten: ExpectedOutput = { tokens: 10, basis: 'traffic' };

test('an unknown price is null, never zero', () => {
  assert.equal(priceUsage({ input: 1, output: 1 }, null), null);
  assert.equal(priceUsage({ input: 1, output: 1 }, { ...PRICES, output: null, tiers: [] }), null);
  close(priceUsage({ input: 1, output: 0 }, { ...PRICES, output: null, tiers: [] }), 2);
  assert.equal(
    forecastCost(
      { ...MODEL, prices: null },
      { input: { min: 1, median: 1, max: 1 }, output: none },
    ),
    null,
  );
});

test('usage that contradicts itself never gives a negative cost', () => {
  const cost = priceUsage({ input: 10, output: 0, cachedInput: 1000, cacheWrite: 1000 }, PRICES);
  close(cost, 10 * 0.5);
});

const INPUT = { min: 100, median: 500, max: 2000 };

test('a call costs its input and the expected output; the most is the longest with the limit', () => {
  const forecast = forecastCost(MODEL, { input: INPUT, output: ten, maxTokens: 50 });
  assert.deepEqual(forecast?.output, ten);
  close(forecast?.call.min, 200 + 100);
  close(forecast?.call.median, 1000 + 100);
  close(forecast?.call.max, 2000 * 4 + 10 * 20);
  close(forecast?.most, 2000 * 4 + 50 * 20);
  close(forecast?.per1000, 1_100_000);
  assert.equal(forecast?.perMonth, null);
  assert.equal(forecastCost(MODEL, { input: INPUT, output: ten })?.most, null);
});

test('a month without cache and batch is that many calls', () => {
  close(
    forecastCost(MODEL, { input: INPUT, output: ten, traffic: { callsPerMonth: 7 } })?.perMonth,
    7 * 1100,
  );
});

test('cache hits read the prefix, misses write it; batch calls have the discount only', () => {
  const question = {
    input: INPUT,
    output: ten,
    cacheablePrefix: 209,
    traffic: { callsPerMonth: 1, cacheHitRate: 0.25 },
  };
  const hit = 300 * 2 + 200 * 0.5 + 100;
  const miss = 300 * 2 + 200 * 2.5 + 100;
  close(forecastCost(MODEL, question)?.perMonth, 0.25 * hit + 0.75 * miss);
  const batched = { ...question, traffic: { ...question.traffic, batchShare: 0.4 } };
  close(
    forecastCost(MODEL, batched)?.perMonth,
    0.4 * 0.5 * 1100 + 0.6 * (0.25 * hit + 0.75 * miss),
  );
});

test('a batch share without a known batch price counts in full, and says so', () => {
  const traffic = { callsPerMonth: 1, batchShare: 1 };
  const forecast = forecastCost({ ...MODEL, batch: null }, { input: INPUT, output: ten, traffic });
  assert.equal(forecast?.batchUnknown, true);
  close(forecast?.perMonth, 1100);
});

test('the saving of a cached prefix is what reading it costs less', () => {
  const forecast = forecastCost(MODEL, { input: INPUT, output: none, cacheablePrefix: 209 });
  assert.equal(forecast?.cache?.tokens, 200);
  close(forecast?.cache?.perCall, 200 * 1.5);
  assert.equal(
    forecastCost(MODEL, { input: INPUT, output: none, cacheablePrefix: 99 })?.cache?.tokens,
    0,
  );
  assert.equal(
    forecastCost({ ...MODEL, caching: null }, { input: INPUT, output: none, cacheablePrefix: 209 })
      ?.cache,
    null,
  );
});
