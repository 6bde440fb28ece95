import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { hashText, hashValue, sha256Hex } from '#core/hash.ts';
import { canonicalJson, jsonEquals } from '#core/json.ts';

test('canonical JSON follows RFC 8785', () => {
  // The RFC's own examples, sections 3.2.2 and 3.2.3.
  assert.equal(
    canonicalJson({
      numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]'),
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const sorted = canonicalJson({
    '€': 1,
    '\r': 2,
    '\ufb33': 3,
    '1': 4,
    '😀': 5,
    '\u0080': 6,
    ö: 7,
  });
  assert.equal([...sorted.matchAll(/:(\d)/g)].map((m) => m[1]).join(''), '2467153');
});

test('canonical JSON is total', () => {
  assert.equal(canonicalJson({ b: undefined, a: Number.NaN }), '{"a":null}');
  assert.equal(canonicalJson(undefined), 'null');
  assert.equal(canonicalJson('\ud800'), '"\\ud800"');
  assert.equal(canonicalJson([undefined, -0]), '[null,0]');
});

test('JSON equality ignores the order of keys only', () => {
  assert.ok(jsonEquals({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] }));
  for (const [a, b] of [
    [1, '1'],
    [null, {}],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [{ toString: 1 }, { b: 1 }],
  ] as const) {
    assert.ok(!jsonEquals(a, b));
  }
});

test('hashes are SHA-256 of UTF-8', () => {
  for (const text of ['', 'abc', 'äö€😀', 'x'.repeat(100_000)]) {
    assert.equal(sha256Hex(text), createHash('sha256').update(text, 'utf8').digest('hex'));
  }
  assert.equal(hashValue({ b: 1, a: 2 }), hashText('{"a":2,"b":1}'));
});
