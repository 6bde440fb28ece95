import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { get_encoding, type Tiktoken } from 'tiktoken';
import { Encoder } from '#core/tokens/encoder.ts';
import { ENCODING_NAMES } from '#core/tokens/encoding.ts';
import { tokenCorpus } from '../../support/token-corpus.ts';
import { encoderOf, tokenTable } from '../../support/token-tables.ts';

const corpus = tokenCorpus();

for (const name of ENCODING_NAMES) {
  describe(name, () => {
    let encoder: Encoder;
    let tiktoken: Tiktoken;
    before(async () => {
      encoder = await encoderOf(name);
      tiktoken = get_encoding(name);
    });
    after(() => tiktoken.free());

    for (const [kind, text] of Object.entries(corpus)) {
      test(`encodes ${kind} as tiktoken does`, () => {
        const expected = [...tiktoken.encode_ordinary(text)];
        assert.deepEqual(encoder.encode(text), expected);
        assert.equal(encoder.count(text), expected.length);
        assert.equal(encoder.count(text), expected.length, 'the second count comes from the cache');
      });
    }

    test('encodes a text of many segments as tiktoken does', () => {
      const text = (corpus.mixed ?? '').repeat(25);
      assert.ok(text.length > 150_000);
      const expected = tiktoken.encode_ordinary(text);
      assert.ok(isSame(encoder.encode(text), expected));
      assert.equal(encoder.count(text), expected.length);
    });

    test('encodes long pieces, which take the queue, as tiktoken does', () => {
      for (const unit of ['ab', '=', ' ', '😀', '中文', '\u0301', 'Aa', '-=']) {
        for (const length of [47, 48, 49, 50, 129, 700]) {
          const text = unit.repeat(length).slice(0, length);
          const expected = [...tiktoken.encode_ordinary(text)];
          assert.deepEqual(encoder.encode(text), expected, JSON.stringify(text));
          assert.equal(encoder.count(text), expected.length);
        }
      }
    });
  });
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

test('special tokens in a text are ordinary text', async () => {
  const encoder = await encoderOf('o200k_base');
  assert.equal(encoder.count('<|endoftext|>'), 7);
  assert.ok(encoder.encode('<|endoftext|>').every((id) => id < 199_998));
});

test('a lone surrogate counts as U+FFFD', async () => {
  const encoder = await encoderOf('o200k_base');
  assert.deepEqual(encoder.encode('a\ud83d'), encoder.encode('a\ufffd'));
});

test('a table that is not one, not this one, cut off or damaged is refused', async () => {
  const table = Uint8Array.from(await tokenTable('cl100k_base'));
  const refused = (bytes: Uint8Array, message: RegExp) =>
    assert.throws(() => new Encoder('cl100k_base', bytes), message);
  refused(new Uint8Array(10), /cl100k_base is not a token table/);
  refused(new Uint8Array(100), /cl100k_base is not a token table/);
  refused(table.subarray(0, table.length - 8), /cl100k_base is cut off/);
  refused(await tokenTable('o200k_base'), /cl100k_base contains o200k_base/);
  const damaged = Uint8Array.from(table);
  damaged[200_000] = (damaged[200_000] ?? 0) ^ 1;
  refused(damaged, /cl100k_base is damaged/);
});
