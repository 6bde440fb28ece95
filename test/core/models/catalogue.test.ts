import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CatalogueOptions, createCatalogue } from '#core/models/catalogue.ts';
import type { PriceModel, PriceProvider } from '#core/models/price-data.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

function sold(
  id: string,
  input: number,
  output: number,
  more: Partial<PriceModel> = {},
): PriceModel {
  return { id, match: { equals: id }, prices: { input_mtok: input, output_mtok: output }, ...more };
}

const PROVIDERS: PriceProvider[] = [
  {
    id: 'openai',
    name: 'OpenAI',
    models: [
      sold('gpt-4o', 2.5, 10, { name: 'GPT-4o', context_window: 1 }),
      sold('gpt-6-sol', 2, 10),
      sold('gpt-4', 30, 60),
      sold('gpt-6-sol-2026-09-01', 2, 10),
      sold('text-embedding-3-small', 0.02, 0),
      sold('gpt-old', 1, 1, { deprecated: true }),
    ],
  },
  {
    id: 'azure',
    name: 'Azure',
    models: [sold('gpt-6-sol', 3, 15)],
    fallback_model_providers: ['openai'],
  },
  { id: 'openrouter', name: 'OpenRouter', models: [sold('meta-llama/llama-4', 0.1, 0.2)] },
  { id: 'google', name: 'Google', models: [sold('gemini-9', 1, 2), sold('claude-9', 5, 25)] },
];

function catalogue(options: Partial<CatalogueOptions> = {}) {
  return createCatalogue(
    { providers: PROVIDERS, date: '2026-09-23', source: 'list 1' },
    { today: '2026-11-21', ...options },
  );
}

test('every spelling of a model finds the same', () => {
  const { find } = catalogue();
  const info = find('openai/gpt-4o');
  assert.equal(info?.id, 'openai/gpt-4o');
  assert.equal(info?.displayName, 'GPT-4o');
  for (const spelling of ['gpt-4o', 'GPT-4o', 'openai:gpt-4o', 'custom/openai/gpt-4o']) {
    assert.deepEqual(find(spelling), info, spelling);
  }
  assert.equal(find('gpt-4o'), find('gpt-4o'), 'an id is looked up once');
});

test('our table of windows goes before the list’s', () => {
  const info = catalogue().find('gpt-4o');
  assert.deepEqual([info?.contextWindow, info?.maxOutput], [128_000, 16_384]);
});

test('a price is the named service’s, else the maker’s', () => {
  const { find } = catalogue();
  const price = (id: string) => [find(id)?.prices?.input, find(id)?.prices?.provider];
  assert.deepEqual(price('openai/gpt-6-sol'), [2, 'openai']);
  assert.deepEqual(price('azure/gpt-6-sol'), [3, 'azure']);
  assert.deepEqual(
    price('azure/gpt-4o'),
    [2.5, 'openai'],
    'Azure serves OpenAI’s models at their prices',
  );
  assert.deepEqual(price('openrouter/meta-llama/llama-4'), [0.1, 'openrouter']);
  assert.deepEqual(price('github:openai/gpt-6-sol'), [2, 'openai']);
  assert.equal(find('groq/gpt-4o'), null, 'no list of this service');
});

test('an id that nobody knows is null, and so is one that names no model', () => {
  const { find, suggest } = catalogue();
  for (const id of [
    'acme/chat',
    'openai/gpt-4oo',
    'anthropic/gpt-4o',
    'auto',
    '',
    ' ',
    null,
    undefined,
    'x'.repeat(5000),
  ]) {
    assert.equal(find(id), null, String(id));
  }
  assert.deepEqual(suggest('auto'), []);
  assert.deepEqual(suggest('x'.repeat(100_000)), []);
});

test('a model known from elsewhere has no price, never zero', () => {
  const info = catalogue().find('meta/llama-3.3-70b-instruct');
  assert.deepEqual([info?.contextWindow, info?.prices, info?.local], [128_000, null, false]);
});

test('a local model is known, without a price', () => {
  for (const id of ['qwen2.5-coder:7b', 'ollama/our-own', 'our-own:latest', 'llama3.1']) {
    const info = catalogue().find(id);
    assert.deepEqual([info?.local, info?.prices, info?.retirement], [true, null, null], id);
  }
  assert.equal(catalogue().find('gpt-oss:20b')?.encoding.exact, true);
});

test('a retired model is known even where the list has dropped it', () => {
  const info = catalogue().find('claude-3-opus-20240229');
  assert.deepEqual([info?.retirement?.date, info?.prices], ['2026-01-05', null]);
});

test('suggestions: the same name of another publisher, else a slip of the keyboard', () => {
  const { suggest } = catalogue();
  assert.deepEqual(suggest('anthropic/gpt-4o'), ['openai/gpt-4o']);
  assert.deepEqual(suggest('openai/gpt-4oo'), ['openai/gpt-4o']);
  assert.deepEqual(suggest('gpt4o'), ['openai/gpt-4o']);
  assert.deepEqual(suggest('openai/gpt-6-sol-2026-09-11'), ['openai/gpt-6-sol-2026-09-01']);
  assert.deepEqual(suggest('acme/quite-another-name'), []);
  assert.deepEqual(suggest('openai/gpt-4o'), [], 'nothing for a known id');
});

test('completion offers the makers’ chat models in use', () => {
  const ids = catalogue().ids();
  assert.ok(ids.includes('openai/gpt-6-sol') && ids.includes('google/gemini-9'));
  for (const id of [
    'openai/gpt-4',
    'openai/gpt-6-sol-2026-09-01',
    'openai/text-embedding-3-small',
    'openai/gpt-old',
    'google/claude-9',
  ]) {
    assert.ok(!ids.includes(id), id);
  }
  assert.ok(
    catalogue({ today: '2026-10-22' }).ids().includes('openai/gpt-4'),
    'a day before its retirement',
  );
  assert.deepEqual([...ids].sort(), ids);
});

test('a project’s own model is known, with what it says', () => {
  const { find, ids } = catalogue({
    models: {
      'acme/chat': {
        input: 0.5,
        output: 1.5,
        cacheRead: 0.05,
        context: 32_768,
        encoding: 'o200k_base',
      },
    },
  });
  const info = find('custom/Acme/Chat');
  assert.deepEqual(info?.prices, {
    input: 0.5,
    output: 1.5,
    cacheRead: 0.05,
    cacheWrite: null,
    reasoning: null,
    tiers: [],
    perCall: 0,
    provider: 'settings',
    peak: false,
  });
  assert.equal(info?.contextWindow, 32_768);
  assert.deepEqual(info?.encoding, { encoding: 'o200k_base', exact: true });
  assert.ok(ids().includes('acme/chat'));
});

test('a project’s prices replace what they name, and price local models', () => {
  const { find } = catalogue({
    models: {
      'gpt-4o': { output: 8 },
      'azure/gpt-6-sol': { input: 1, output: 2 },
      'qwen2.5-coder:7b': { input: 0, output: 0 },
      'acme/known': {},
    },
  });
  assert.deepEqual(
    [find('openai/gpt-4o')?.prices?.input, find('github:openai/gpt-4o')?.prices?.output],
    [2.5, 8],
  );
  assert.deepEqual(
    [find('azure/gpt-6-sol')?.prices?.input, find('openai/gpt-6-sol')?.prices?.input],
    [1, 2],
  );
  assert.equal(find('qwen2.5-coder:7b')?.prices?.input, 0);
  assert.equal(find('acme/known')?.prices, null);
});

test('no id makes the catalogue throw, and asking again gives the same', () => {
  const random = seededRandom(7);
  const { find, suggest } = catalogue();
  const pieces = [
    'openai',
    'gpt-4o',
    'azureml://registries/',
    'models',
    'versions/',
    '/',
    ':',
    '-',
    '.',
    'ft:',
    '@',
    '\n',
    'é',
    '💡',
    '{{x}}',
    '__proto__',
    'constructor',
    ' ',
  ];
  for (let i = 0; i < 2000; i++) {
    const id = randomText(random, pieces, 12);
    assert.deepEqual(find(id), find(id), JSON.stringify(id));
    suggest(id);
  }
});
