import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeExpectedOutput, expectOutput } from '#core/models/expected-output.ts';

test('traffic settings come first, then earlier answers, then the default; each within the limit', () => {
  assert.deepEqual(expectOutput({ traffic: 45, earlier: 28, limit: 100 }), {
    tokens: 45,
    basis: 'traffic',
  });
  assert.deepEqual(expectOutput({ earlier: 28, limit: 100 }), { tokens: 28, basis: 'runs' });
  assert.deepEqual(expectOutput({ earlier: null }), { tokens: 300, basis: 'default' });
  assert.deepEqual(expectOutput({ limit: 12_000 }), { tokens: 300, basis: 'default' });
  for (const sources of [{ traffic: 45 }, { earlier: 28 }, {}])
    assert.equal(expectOutput({ ...sources, limit: 5 }).tokens, 5);
  assert.deepEqual(expectOutput({ traffic: 0, earlier: 28 }), { tokens: 0, basis: 'traffic' });
});

test('says where the number is from', () => {
  assert.equal(
    describeExpectedOutput({ tokens: 1200, basis: 'runs' }),
    '1,200 tokens of answer, the mean of earlier runs',
  );
  assert.equal(
    describeExpectedOutput({ tokens: 1, basis: 'traffic' }),
    '1 token of answer, from `traffic`',
  );
  assert.equal(
    describeExpectedOutput({ tokens: 300, basis: 'default' }),
    '300 tokens of answer, assumed',
  );
});
