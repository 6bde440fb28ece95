import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFirstCut, findLastCut, isCut } from '#core/tokens/cut.ts';
import { ENCODING_NAMES } from '#core/tokens/encoding.ts';
import { seededRandom } from '../../support/random.ts';
import { BLANKS, EDGES, oddText } from '../../support/token-corpus.ts';
import { encoderOf } from '../../support/token-tables.ts';

for (const name of ENCODING_NAMES) {
  test(`${name}: the texts on both sides of a cut can be counted apart`, async () => {
    const encoder = await encoderOf(name);
    const next = seededRandom(5);
    const pick = (list: readonly string[]) => list[next(list.length)] ?? '';
    let cuts = 0;
    for (let i = 0; i < 4000; i++) {
      const text = oddText(next) + pick(EDGES) + pick(BLANKS) + pick(EDGES) + oddText(next);
      for (let at = 1; at < text.length; at++) {
        if (!isCut(text, at)) continue;
        cuts++;
        const apart = [...encoder.encode(text.slice(0, at)), ...encoder.encode(text.slice(at))];
        assert.deepEqual(apart, encoder.encode(text), `${JSON.stringify(text)} at ${at}`);
      }
    }
    assert.ok(cuts > 1000);
  });
}

test('cuts lie between words and after line breaks, never inside what may be one piece', () => {
  const cuts = (text: string) =>
    Array.from(text, (_, at) => at).filter((at) => at > 0 && isCut(text, at));
  assert.deepEqual(cuts('one two\nthree'), [3, 7, 8]);
  assert.deepEqual(cuts('a  b'), [1]);
  assert.deepEqual(cuts('{\n/x'), []);
  assert.deepEqual(cuts('。\n中'), [2]);
  assert.deepEqual(cuts('\n\u0085\n\u3000\n\n'), []);
});

test('the first and the last cut', () => {
  assert.equal(findFirstCut('one two three'), 3);
  assert.equal(findFirstCut('one two three', 3), 7);
  assert.equal(findLastCut('one two three'), 7);
  assert.equal(findLastCut('one two three', 0, 7), 3);
  assert.equal(findLastCut('one two three', 7), -1);
  assert.equal(findFirstCut('one'), -1);
  assert.equal(findFirstCut(''), -1);
  assert.equal(findLastCut(''), -1);
});
