import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalize } from '#core/lint/payload/normalize.ts';
import { Scorer } from '#core/lint/payload/scorer.ts';
import { readWords } from '#core/lint/payload/words.ts';
import { SIGNALS } from '#core/lint/signals/index.ts';

test('every signal says what it is for, where it was seen, and is found in its examples', () => {
  const silent = Object.entries(SIGNALS).flatMap(([name, signal]) => {
    assert.match(signal.purpose, /^\S.{8,}\.$/, name);
    assert.ok(Array.isArray(signal.seenIn), name);
    assert.ok(signal.examples.length > 0, name);
    const scorer = new Scorer({ [name]: signal });
    return signal.examples
      .filter((example) => {
        const { text } = normalize(example);
        return scorer.hits(text, readWords(text, scorer.lexicon)).length === 0;
      })
      .map((example) => `${name}: ${example}`);
  });
  assert.deepEqual(silent, []);
});

test('no two signals have one purpose', () => {
  const purposes = Object.entries(SIGNALS)
    .filter(([, { family }]) => family !== 'language')
    .map(([, { purpose }]) => purpose);
  assert.deepEqual(
    purposes.filter((purpose, i) => purposes.indexOf(purpose) !== i),
    [],
  );
});
