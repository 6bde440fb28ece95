import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPriceList } from '#core/models/read-price-list.ts';
import { loadPriceList } from '#io/catalogue.ts';

const model = (more: object = {}) => ({
  id: 'm',
  match: { equals: 'm' },
  prices: { input_mtok: 1 },
  ...more,
});
const list = (more: object = {}) =>
  ['openai', 'anthropic', 'google', 'mistral'].map((id) => ({ id, models: [model(more)] }));

test('the bundled list is sound, and what it says is kept as it is', async () => {
  const { providers } = await loadPriceList(null);
  assert.equal(readPriceList(providers), providers);
  assert.ok(readPriceList(list()));
});

test('a list that is cut, hostile or out of range is refused with its first fault', () => {
  const table: [value: unknown, message: RegExp][] = [
    [null, /not a list of providers/],
    [{ openai: [] }, /not a list of providers/],
    [[], /not a list of providers/],
    [list().slice(1), /no provider openai/],
    [[...list(), { id: 'x' }], /x has no list of models/],
    [[...list(), null], /a provider has an unknown form/],
    [list({ id: 'x'.repeat(300) }), /id of a model of openai is missing or too long/],
    [list({ prices: { input_mtok: -1 } }), /unknown form|out of range/],
    [list({ prices: { input_mtok: 1e9 } }), /unknown form|out of range/],
    [
      list({ prices: { input_mtok: { base: 1, tiers: [{ start: 1, price: -5 }] } } }),
      /out of range/,
    ],
    [list({ prices: null }), /prices of openai\/m has an unknown form/],
    [list({ context_window: -1 }), /context window of openai\/m/],
    [list({ match: { regex: '^(a+)+$' } }), /may be slow/],
    [list({ match: { regex: '(' } }), /./],
    [list({ match: { equals: 5 } }), /names of openai\/m are no text/],
  ];
  for (const [value, message] of table)
    assert.throws(() => readPriceList(value), { message }, JSON.stringify(value)?.slice(0, 100));
});
