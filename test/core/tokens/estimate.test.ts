import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateTokens } from '#core/tokens/estimate.ts';
import { tokenCorpus } from '../../support/token-corpus.ts';
import { encoderOf } from '../../support/token-tables.ts';

const encoder = await encoderOf('o200k_base');
const corpus = tokenCorpus();

for (const kind of [
  'english',
  'german',
  'russian',
  'arabic',
  'chinese',
  'japanese',
  'korean',
  'code',
  'yaml',
]) {
  test(`the estimate for ${kind} is within a third`, () => {
    const text = corpus[kind] ?? '';
    const ratio = estimateTokens(text) / encoder.count(text);
    assert.ok(ratio > 0.67 && ratio < 1.33, ratio.toFixed(2));
  });
}

test('nothing is no token', () => {
  assert.equal(estimateTokens(''), 0);
});
