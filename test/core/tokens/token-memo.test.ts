import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Encoder } from '#core/tokens/encoder.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { encoderOf } from '../../support/token-tables.ts';

const real = await encoderOf('cl100k_base');

/** The real encoder, noting what it is asked for. */
function watched(): { encoder: Encoder; asked: string[] } {
  const asked: string[] = [];
  const encoder = Object.create(real, {
    count: {
      value(text: string) {
        asked.push(text);
        return real.count(text);
      },
    },
  }) as Encoder;
  return { encoder, asked };
}

const long = 'A message that is long enough to be worth remembering. '.repeat(20);

test('an unchanged text is counted once, by its content', () => {
  const { encoder, asked } = watched();
  const memo = new TokenMemo();
  const again = [...long].join('');
  assert.equal(memo.count(encoder, long), real.count(long));
  assert.equal(memo.count(encoder, again), real.count(long));
  assert.equal(asked.length, 1);
});

test('encoders do not share counts', () => {
  const [a, b] = [watched(), watched()];
  const memo = new TokenMemo();
  memo.count(a.encoder, long);
  memo.count(b.encoder, long);
  assert.equal(a.asked.length + b.asked.length, 2);
});

test('what was not asked for while much else was is forgotten; what was stays', () => {
  const { encoder, asked } = watched();
  const memo = new TokenMemo();
  const other = `${long}other`;
  memo.count(encoder, long);
  memo.count(encoder, other);
  for (let i = 0; i < 60; i++) {
    memo.count(encoder, `${i} ${'x '.repeat(50_000)}`);
    memo.count(encoder, long);
  }
  asked.length = 0;
  memo.count(encoder, long);
  assert.deepEqual(asked, []);
  memo.count(encoder, other);
  assert.deepEqual(asked, [other]);
});
