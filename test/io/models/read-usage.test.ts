import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readUsage } from '#io/models/read-usage.ts';
import { seededRandom } from '#test/support/random.ts';

const wire = (prompt: unknown, completion: unknown, total?: unknown, more: object = {}) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: total,
  ...more,
});

const counted: readonly (readonly [string, unknown, unknown])[] = [
  ['counts as OpenAI sends them', wire(20, 9, 29), { input: 20, output: 9 }],
  ['no total', wire(20, 9), { input: 20, output: 9 }],
  [
    'Grok: thinking is beside the completion',
    wire(37, 10, 547, { completion_tokens_details: { reasoning_tokens: 500 } }),
    { input: 37, output: 510, reasoning: 500 },
  ],
  [
    'Gemini: only the total has the thinking',
    wire(37, 10, 547),
    { input: 37, output: 510, reasoning: 500 },
  ],
  [
    'thinking that the completion includes is not counted twice',
    wire(37, 510, 547, { completion_tokens_details: { reasoning_tokens: 500 } }),
    { input: 37, output: 510, reasoning: 500 },
  ],
  ['a total below the prompt', wire(37, 10, 5), { input: 37, output: 10 }],
  ['a total of 0', wire(37, 10, 0), { input: 37, output: 10 }],
  ['no prompt, but a total', wire(undefined, 10, 47), { input: 37, output: 10 }],
  ['no completion, but a total', wire(37, null, 47), { input: 37, output: 10 }],
  [
    'OpenRouter: tokens written to the cache',
    wire(100, 5, 105, { prompt_tokens_details: { cached_tokens: 30, cache_write_tokens: 40 } }),
    { input: 100, output: 5, cachedInput: 30, cacheWrite: 40 },
  ],
  [
    'DeepSeek: the cache under its own name',
    wire(100, 5, 105, { prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }),
    { input: 100, output: 5, cachedInput: 64 },
  ],
  [
    'Moonshot: the cache',
    wire(100, 5, 105, { cached_tokens: 64 }),
    { input: 100, output: 5, cachedInput: 64 },
  ],
  [
    'Anthropic: more is cached than the prompt counts',
    wire(10, 5, 15, { cache_read_input_tokens: 1000, cache_creation_input_tokens: 200 }),
    { input: 1210, output: 5, cachedInput: 1000, cacheWrite: 200 },
  ],
  [
    'Anthropic: the total tells that the cache is beside the prompt, not the answer',
    wire(2000, 5, 3005, { cache_read_input_tokens: 1000 }),
    { input: 3000, output: 5, cachedInput: 1000 },
  ],
  [
    'details that are null or no numbers',
    wire(20, 9, 29, {
      prompt_tokens_details: null,
      completion_tokens_details: { reasoning_tokens: '4' },
    }),
    { input: 20, output: 9 },
  ],
  [
    'details that are negative or larger than the answer',
    wire(20, 9, 29, {
      prompt_tokens_details: { cached_tokens: -5 },
      completion_tokens_details: { reasoning_tokens: 1e6 },
    }),
    { input: 20, output: 9, reasoning: 9 },
  ],
  ['an absurd total', wire(20, 9, 1e300), { input: 20, output: 9 }],
];

for (const [name, sent, expected] of counted)
  test(name, () => assert.deepEqual(readUsage(sent), expected));

for (const [name, sent] of [
  ['null', null],
  ['a text', 'usage'],
  ['an empty object', {}],
  ['NaN', wire(Number.NaN, 9)],
  ['negative counts', wire(-20, 9)],
  ['infinite counts', wire(20, Number.POSITIVE_INFINITY)],
  ['texts', wire('20', '9', '29')],
  ['a completion above the total, and no prompt', wire(null, 50, 20)],
] as const)
  test(`${name} counts nothing`, () => assert.equal(readUsage(sent), null));

test('the charge is read only of providers that document it', () => {
  const sent = wire(20, 9, 29, { cost: 0.00123 });
  assert.deepEqual(readUsage(sent), { input: 20, output: 9 });
  assert.deepEqual(readUsage(sent, true), { input: 20, output: 9, charged: 0.00123 });
  assert.deepEqual(readUsage(wire(20, 9, 29, { cost: 0 }), true)?.charged, 0);
  for (const cost of [-1, Number.NaN, Number.POSITIVE_INFINITY, '0.1', null])
    assert.deepEqual(readUsage(wire(20, 9, 29, { cost }), true), { input: 20, output: 9 });
});

test('whatever a server sends, counts are numbers that fit each other', () => {
  const next = seededRandom(13);
  const odd = [undefined, null, -1, 0, 1, 7, 50, 1e300, Number.NaN, Number.POSITIVE_INFINITY, '9'];
  const pick = () => odd[next(odd.length)];
  let read = 0;
  for (let i = 0; i < 20_000; i++) {
    const usage = readUsage(
      wire(pick(), pick(), pick(), {
        prompt_tokens_details: { cached_tokens: pick(), cache_write_tokens: pick() },
        completion_tokens_details: { reasoning_tokens: pick() },
        cache_read_input_tokens: pick(),
        cache_creation_input_tokens: pick(),
        cost: pick(),
      }),
      true,
    );
    if (!usage) continue;
    read++;
    const { input, output, cachedInput = 0, cacheWrite = 0, reasoning = 0, charged = 0 } = usage;
    for (const count of [input, output, cachedInput, cacheWrite, reasoning, charged])
      assert.ok(Number.isFinite(count) && count >= 0, JSON.stringify(usage));
    assert.ok(cachedInput + cacheWrite <= input, JSON.stringify(usage));
    assert.ok(reasoning <= output, JSON.stringify(usage));
  }
  assert.ok(read > 1000, `${read} read`);
});
