import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { get_encoding, type Tiktoken } from 'tiktoken';
import type { Encoder } from '#core/tokens/encoder.ts';
import { ENCODING_NAMES } from '#core/tokens/encoding.ts';
import { seededRandom } from '../../support/random.ts';
import { oddText } from '../../support/token-corpus.ts';
import { encoderOf } from '../../support/token-tables.ts';

for (const name of ENCODING_NAMES) {
  describe(name, () => {
    let encoder: Encoder;
    let tiktoken: Tiktoken;
    before(async () => {
      encoder = await encoderOf(name);
      tiktoken = get_encoding(name);
    });
    after(() => tiktoken.free());

    test('encodes 100,000 random strings as tiktoken does', () => {
      const next = seededRandom(name.length);
      // Joined by a line feed and a letter, where pieces end: a call of the WASM module takes longer
      // than a short text.
      for (let batch = 0; batch < 1000; batch++) {
        const texts = Array.from(
          { length: 100 },
          (_, i) => `${i > 0 ? 'x' : ''}${oddText(next)}\n`,
        );
        const expected = tiktoken.encode_ordinary(texts.join(''));
        const apart = texts.flatMap((text) => encoder.encode(text));
        const count = texts.reduce((sum, text) => sum + encoder.count(text), 0);
        if (count !== expected.length || !isSame(apart, expected)) failOn(texts);
      }
    });

    test('encodes random strings at their ends as tiktoken does', () => {
      const next = seededRandom(99);
      for (let i = 0; i < 5_000; i++) {
        const text = oddText(next);
        const expected = tiktoken.encode_ordinary(text);
        const isRight = encoder.count(text) === expected.length;
        if (!isRight || !isSame(encoder.encode(text), expected)) failOn([text]);
      }
    });

    function failOn(texts: readonly string[]): void {
      for (const text of texts) {
        const expected = [...tiktoken.encode_ordinary(text)];
        assert.deepEqual(encoder.encode(text), expected, JSON.stringify(text));
        assert.equal(encoder.count(text), expected.length, JSON.stringify(text));
      }
      assert.fail(`differs from tiktoken only in a longer text: ${JSON.stringify(texts)}`);
    }
  });
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

test('the caches do not outlive their bounds: counts stay right after a million pieces', async () => {
  const encoder = await encoderOf('cl100k_base');
  const next = seededRandom(7);
  const texts = Array.from({ length: 400 }, () =>
    Array.from(
      { length: 300 },
      () => `${next(1e9).toString(36)}word${next(1e9).toString(36)}`,
    ).join(' '),
  );
  const fresh = texts.map((text) => encoder.encode(text).length);
  assert.deepEqual(
    texts.map((text) => encoder.count(text)),
    fresh,
  );
  assert.deepEqual(
    texts.map((text) => encoder.count(text)),
    fresh,
  );
});
