import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { mock, test } from 'node:test';
import { calcPrice } from '@pydantic/genai-prices';
import { priceUsage } from '#core/models/cost.ts';
import { findPricesOn } from '#core/models/price-data.ts';
import { loadCatalogue, loadPriceList, PRICE_PACKAGE } from '#io/catalogue.ts';

const TODAY = '2026-11-21';

test('loading and asking the catalogue opens no connection', async () => {
  const fetched = mock.method(globalThis, 'fetch', () =>
    Promise.reject(new Error('no network here')),
  );
  const connected = mock.method(Socket.prototype, 'connect', () => {
    throw new Error('no network here');
  });
  const catalogue = await loadCatalogue({ today: TODAY });
  catalogue.find('openai/gpt-4o');
  catalogue.suggest('openai/gpt-4oo');
  catalogue.ids();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([fetched.mock.callCount(), connected.mock.callCount()], [0, 0]);
  mock.restoreAll();
});

test('the bundled list is the installed release', async () => {
  const manifest = new URL(
    '../../node_modules/@pydantic/genai-prices/package.json',
    import.meta.url,
  );
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    name: string;
    version: string;
  };
  assert.deepEqual({ name, version }, { name: PRICE_PACKAGE.name, version: PRICE_PACKAGE.version });
  const { date, source } = await loadCatalogue({ today: TODAY });
  assert.deepEqual(
    { date, source },
    { date: '2026-09-23', source: '@pydantic/genai-prices 0.1.8' },
  );
});

/** Published prices, USD per million tokens: `[id, input, output, cache read]`. */
const PRICES: [string, number, number, number | null][] = [
  ['openai/gpt-4o-mini', 0.15, 0.6, 0.075],
  ['openai/gpt-4o', 2.5, 10, 1.25],
  ['openai/gpt-4.1', 2, 8, 0.5],
  ['openai/gpt-5', 1.25, 10, 0.125],
  ['openai/o3', 2, 8, 0.5],
  ['claude-sonnet-4-5-20250929', 3, 15, 0.3],
  ['claude-3-5-haiku-latest', 0.8, 4, 0.08],
  ['gemini-2.5-flash', 0.3, 2.5, 0.03],
  ['mistral-ai/mistral-large-2411', 2, 6, null],
  ['azure/gpt-4o-mini', 0.15, 0.6, 0.075],
];

for (const [id, input, output, cacheRead] of PRICES) {
  test(`${id} costs $${input} and $${output}`, async () => {
    const prices = (await loadCatalogue({ today: TODAY })).find(id)?.prices;
    assert.deepEqual(
      [prices?.input, prices?.output, prices?.cacheRead],
      [input, output, cacheRead],
    );
  });
}

/** The last catalogue of GitHub Models: what the base format's files name. */
const GITHUB_CATALOGUE = `
  ai21-labs/ai21-jamba-1.5-large cohere/cohere-command-a cohere/cohere-command-r-08-2024
  cohere/cohere-command-r-plus-08-2024 deepseek/deepseek-r1 deepseek/deepseek-r1-0528 deepseek/deepseek-v3-0324
  meta/llama-3.2-11b-vision-instruct meta/llama-3.2-90b-vision-instruct meta/llama-3.3-70b-instruct
  meta/llama-4-maverick-17b-128e-instruct-fp8 meta/llama-4-scout-17b-16e-instruct
  meta/meta-llama-3.1-405b-instruct meta/meta-llama-3.1-8b-instruct microsoft/mai-ds-r1 microsoft/phi-4
  microsoft/phi-4-mini-instruct microsoft/phi-4-mini-reasoning microsoft/phi-4-multimodal-instruct
  microsoft/phi-4-reasoning mistral-ai/codestral-2501 mistral-ai/ministral-3b mistral-ai/mistral-medium-2505
  mistral-ai/mistral-small-2503 openai/gpt-4.1 openai/gpt-4.1-mini openai/gpt-4.1-nano openai/gpt-4o
  openai/gpt-4o-mini openai/gpt-5 openai/gpt-5-chat openai/gpt-5-mini openai/gpt-5-nano openai/o1 openai/o1-mini
  openai/o1-preview openai/o3 openai/o3-mini openai/o4-mini openai/text-embedding-3-large
  openai/text-embedding-3-small xai/grok-3 xai/grok-3-mini`;

test('every model of the last GitHub Models catalogue is known, with its window', async () => {
  const { find } = await loadCatalogue({ today: TODAY });
  const ids = GITHUB_CATALOGUE.trim().split(/\s+/);
  assert.equal(ids.length, 43);
  for (const id of ids) assert.ok((find(id)?.contextWindow ?? 0) > 4000, id);
});

test('the ids of public prompt files are known, or name no model', async () => {
  const { find } = await loadCatalogue({ today: TODAY });
  for (const id of [
    'openai/gpt-4o',
    'openai/gpt-4o-mini',
    'openai/gpt-4.1',
    'openai/gpt-5',
    'openai/gpt-5.2',
  ]) {
    const info = find(id);
    assert.ok(info?.prices && info.contextWindow && info.encoding.exact, id);
  }
  assert.equal(find('qwen2.5-coder:7b')?.local, true);
  assert.equal(find(''), null);
});

test('completion offers known current models only', async () => {
  const { find, ids } = await loadCatalogue({ today: TODAY });
  assert.ok(
    ids().length > 100 &&
      ids().includes('openai/gpt-4o') &&
      ids().includes('anthropic/claude-opus-5-5'),
  );
  for (const id of ids()) assert.equal(find(id)?.id, id);
});

test('a call costs what the price package itself says, for every model in it', async () => {
  const { providers } = await loadPriceList();
  // Not at an hour for which DeepSeek has other prices.
  const timestamp = new Date(`${TODAY}T02:00:00Z`);
  const usages = [
    { input: 1000, output: 500 },
    { input: 900_000, output: 20_000, cachedInput: 300_000, reasoning: 5000 },
    { input: 5000, output: 1, cachedInput: 1000, cacheWrite: 2000 },
  ];
  let compared = 0;
  for (const provider of providers) {
    for (const model of provider.models) {
      const prices = findPricesOn(model, provider.id, TODAY);
      for (const usage of usages) {
        const theirs = packagePrice(provider, model.id, usage, timestamp);
        const ours = priceUsage(usage, prices);
        if (ours === null || theirs === null) continue;
        compared++;
        assert.ok(
          Math.abs(ours - theirs) <= 1e-9 * Math.max(1, theirs),
          `${provider.id} ${model.id}: ${ours} is not ${theirs}`,
        );
      }
    }
  }
  assert.ok(compared > 3500, `${compared} compared`);
});

/** The package's own answer; null when it finds another model under the id, or cannot price the usage. */
function packagePrice(
  provider: { readonly id: string },
  model: string,
  usage: {
    input: number;
    output: number;
    cachedInput?: number;
    cacheWrite?: number;
    reasoning?: number;
  },
  timestamp: Date,
): number | null {
  const theirs = calcPrice(
    {
      input_tokens: usage.input,
      output_tokens: usage.output,
      cache_read_tokens: usage.cachedInput ?? 0,
      cache_write_tokens: usage.cacheWrite ?? 0,
      output_reasoning_tokens: usage.reasoning ?? 0,
    },
    model,
    { providerId: provider.id, timestamp },
  );
  return theirs?.model.id === model && theirs.provider.id === provider.id
    ? theirs.total_price
    : null;
}
