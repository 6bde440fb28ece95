import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeWords } from '#core/registry/describe-words.ts';

const describe = (before: string, after: string) =>
  describeWords({ name: 'a text', before, after });

test('changed lines are one line, with markers, without the lines between them', () => {
  assert.equal(
    describe('Sort it.\nA.\nB.\nC.\nBe kind.', 'Sort this.\nA.\nB.\nC.\nBe brief.'),
    'Sort [-it-]{+this+}. Be [-kind-]{+brief+}.',
  );
  assert.equal(describe('', 'One.\nTwo.'), '{+One.+} {+Two.+}');
  assert.equal(describe('same', 'same'), '');
  assert.equal(describe('', 'word '.repeat(500)).length, 200);
});
