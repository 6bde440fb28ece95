import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findPriceModel,
  findPricesOn,
  listExactNames,
  type MatchLogic,
  type PriceModel,
} from '#core/models/price-data.ts';
import { selectRates } from '#core/models/prices.ts';

function model(id: string, match: MatchLogic, prices: PriceModel['prices'] = {}): PriceModel {
  return { id, match, prices };
}

const PROVIDER = {
  id: 'maker',
  name: 'Maker',
  models: [
    model('sonnet-5', { starts_with: 'sonnet-5' }),
    model('flash-1.5', { contains: 'flash-1.5' }),
    model('flash-2.0', { or: [{ ends_with: 'flash-2.0' }, { contains: 'flash-2.0-0' }] }),
    model('pro', { and: [{ starts_with: 'pro' }, { regex: '^(?!.*-tts)' }] }),
    model('small', { or: [{ equals: 'small' }, { equals: 'Small-2024-05-13' }] }),
    model('sonnet-5-mini', { equals: 'sonnet-5-mini' }),
    model('dated', { regex: '^dated-\\d{4}$' }),
    model('tuned', { starts_with: 'ft:small-' }),
  ],
};

const NAMES: [string, string | null][] = [
  ['small', 'small'],
  ['SMALL-2024-05-13', 'small'],
  ['small-2025-01-01', null],
  ['sonnet-5', 'sonnet-5'],
  ['sonnet-5-20260630', 'sonnet-5'],
  ['sonnet-5-latest', 'sonnet-5'],
  ['sonnet-5@20260630', 'sonnet-5'],
  // Another model, which an open pattern would take for this one.
  ['sonnet-5-5', null],
  ['sonnet-5.5', null],
  ['sonnet-5-mini', 'sonnet-5-mini'],
  ['flash-1.5-002', 'flash-1.5'],
  ['flash-1.5-8b', null],
  ['us.maker.flash-1.5', 'flash-1.5'],
  ['myflash-1.5', null],
  ['flash-2.0', 'flash-2.0'],
  ['flash-2.0-001', 'flash-2.0'],
  ['pro-preview-05-06', 'pro'],
  ['pro-preview-tts', null],
  ['pro-max', null],
  ['dated-2024', 'dated'],
  ['ft:small-2024:acme::1', 'tuned'],
  ['', null],
];

for (const [name, id] of NAMES) {
  test(`the list has ${JSON.stringify(name)} as ${id}`, () => {
    assert.equal(findPriceModel(PROVIDER, name)?.id ?? null, id);
  });
}

test('a model is offered under its exact names', () => {
  assert.deepEqual(
    listExactNames(model('small', { or: [{ equals: 'small' }, { equals: 'Small-1' }] })),
    ['small', 'small-1'],
  );
  assert.deepEqual(listExactNames(model('a family', { equals: 'a-1' })), ['a-1']);
});

test('a tier holds for the whole call once the input is larger than its start', () => {
  const prices = findPricesOn(
    model(
      'm',
      { equals: 'm' },
      {
        input_mtok: { base: 5, tiers: [{ start: 200_000, price: 10 }] },
        output_mtok: { base: 30, tiers: [{ start: 200_000, price: 45 }] },
        cache_read_mtok: 0.5,
      },
    ),
    'maker',
    '2026-11-21',
  );
  assert.ok(prices);
  assert.deepEqual(selectRates(prices, 200_000).input, 5);
  const { input, output, cacheRead, cacheWrite } = selectRates(prices, 200_001);
  assert.deepEqual(
    { input, output, cacheRead, cacheWrite },
    { input: 10, output: 45, cacheRead: 0.5, cacheWrite: null },
  );
});

const DATED = model('m', { equals: 'm' }, [
  { prices: { input_mtok: 10, output_mtok: 40 } },
  {
    constraint: { type: 'start_date', start_date: '2025-06-10' },
    prices: { input_mtok: 2, output_mtok: 8 },
  },
  {
    constraint: { type: 'start_date', start_date: '2027-01-01' },
    prices: { input_mtok: 3, output_mtok: 9 },
  },
]);

for (const [day, input] of [
  ['2025-06-09', 10],
  ['2025-06-10', 2],
  ['2026-11-21', 2],
  ['2027-01-01', 3],
] as const) {
  test(`on ${day} the input costs ${input}`, () => {
    assert.equal(findPricesOn(DATED, 'maker', day)?.input, input);
  });
}

test('of prices that change with the hour the dearer ones are taken, and said to be so', () => {
  const prices = findPricesOn(
    model('m', { equals: 'm' }, [
      { prices: { input_mtok: 9, output_mtok: 9 } },
      {
        constraint: { type: 'start_date', start_date: '2026-08-17' },
        prices: { input_mtok: 1, output_mtok: 2 },
      },
      { constraint: { type: 'time_of_date' }, prices: { input_mtok: 2, output_mtok: 4 } },
    ]),
    'maker',
    '2026-11-21',
  );
  assert.deepEqual([prices?.input, prices?.output, prices?.peak], [2, 4, true]);
});

test('a model without a price for text has none, never zero', () => {
  assert.equal(findPricesOn(model('m', { equals: 'm' }, {}), 'maker', '2026-11-21'), null);
  assert.equal(
    findPricesOn(model('m', { equals: 'm' }, { audio_hours: 0.36 }), 'maker', '2026-11-21'),
    null,
  );
  assert.equal(
    findPricesOn(
      model('m', { equals: 'm' }, { input_mtok: 0, output_mtok: 0 }),
      'maker',
      '2026-11-21',
    )?.input,
    0,
  );
});
