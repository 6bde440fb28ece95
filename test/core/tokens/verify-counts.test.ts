import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { Counter } from '#core/tokens/counter.ts';
import { type ReferenceCounter, verifyCounts } from '#core/tokens/verify-counts.ts';

/** Counts characters, so that sums and figures are plain to see. */
const counter: Counter = {
  encoding: 'o200k_base',
  exact: true,
  count: (text) => text.length,
  measure: (text) => text.length,
};
const reference = (count: (text: string) => number | null): ReferenceCounter => ({
  count,
  explain: (text) => (text.includes('known') ? 'white-space' : null),
});
const prompt = parsePrompt(`model: openai/gpt-4o
responseFormat: json_schema
jsonSchema: '{"name":"x"}'
messages:
  - { role: system, content: Be brief. }
  - { role: user, content: "Say {{word}}" }
testData: [{ word: one }, { word: three }]
`);

test('equal counts: schema, static texts, rendered messages, figures and calls', () => {
  const { equal, differences, skipped } = verifyCounts(
    prompt,
    counter,
    reference((text) => text.length),
  );
  assert.deepEqual(differences, []);
  assert.deepEqual(skipped, []);
  assert.equal(equal, 1 + 2 + 4 + 6 + 2);
});

test('a text that differs is named with its row; figures and calls it is part of are not', () => {
  const { differences } = verifyCounts(
    prompt,
    counter,
    reference((text) => (text === 'Say three' ? 1 : text.length)),
  );
  assert.deepEqual(differences, [
    {
      place: { kind: 'message', message: 2, role: 'user', row: 1 },
      tokens: 9,
      reference: 1,
      reason: null,
    },
  ]);
});

test('a known reason comes with the difference', () => {
  const known = parsePrompt('messages: [{ role: user, content: known }]\n');
  const { differences } = verifyCounts(
    known,
    counter,
    reference(() => 1),
  );
  assert.deepEqual(
    differences.map(({ place, reason }) => [place.kind, reason]),
    [
      ['static', 'white-space'],
      ['message', 'white-space'],
    ],
  );
});

test('a text that cannot be counted in time is skipped', () => {
  const { skipped, equal } = verifyCounts(
    prompt,
    counter,
    reference((text) => (text.includes('three') ? null : text.length)),
  );
  assert.deepEqual(skipped, [{ kind: 'message', message: 2, role: 'user', row: 1 }]);
  assert.equal(equal, 1 + 2 + 3 + 3 + 1);
});

test('a sum that is not that of its parts is a difference', () => {
  // Counts one more each time, so that what is counted twice cannot agree.
  let calls = 0;
  const unsteady: Counter = { ...counter, measure: (text) => text.length + (calls++ > 20 ? 1 : 0) };
  const steady = verifyCounts(
    prompt,
    unsteady,
    reference((text) => text.length),
  );
  assert.deepEqual(steady.differences, []);
  calls = 100;
  const kinds = verifyCounts(
    prompt,
    unsteady,
    reference((text) => text.length),
  ).differences;
  assert.deepEqual([...new Set(kinds.map(({ place }) => place.kind))].sort(), [
    'call',
    'max',
    'median',
    'min',
  ]);
});
