import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tiktoken } from 'tiktoken';
import * as table from '#core/tokens/character-table.ts';

/** tiktoken's own regex engine, with single bytes as its only tokens. */
function matched(pattern: string, text: string): Set<number> {
  const bytes = Array.from({ length: 256 }, (_, i) => Buffer.from([i]).toString('base64'));
  const tiktoken = new Tiktoken(`! 0 ${bytes.join(' ')}`, {}, pattern);
  const utf8 = Buffer.from(Uint8Array.from(tiktoken.encode_ordinary(text)));
  tiktoken.free();
  return new Set(Array.from(utf8.toString('utf8'), (character) => character.codePointAt(0) ?? 0));
}

const FLAGS = [
  ['HEAD', table.HEAD, '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]'],
  ['TAIL', table.TAIL, '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]'],
  ['LETTER', table.LETTER, '\\p{L}'],
  ['NUMBER', table.NUMBER, '\\p{N}'],
  ['SPACE', table.SPACE, '\\s'],
  ['NEWLINE', table.NEWLINE, '[\\r\\n]'],
  ['OTHER', table.OTHER, '[^\\s\\p{L}\\p{N}]'],
] as const;

const codePoints = Array.from({ length: 0x110000 }, (_, code) => code).filter(
  (code) => code < 0xd800 || code > 0xdfff,
);
const everything = codePoints.map((code) => String.fromCodePoint(code)).join('');
const characters = new table.CharacterTable();

for (const [name, flag, pattern] of FLAGS) {
  test(`${name} is what tiktoken matches with ${pattern}, for every code point`, () => {
    const expected = matched(pattern, everything);
    const wrong = codePoints.filter(
      (code) => ((characters.at(code) & flag) !== 0) !== expected.has(code),
    );
    assert.deepEqual(wrong.slice(0, 5), []);
    assert.ok(expected.size > 0);
  });
}

test('the white space is that of Rust, not of JavaScript', () => {
  assert.equal(characters.at(0x85) & table.SPACE, table.SPACE);
  assert.equal(characters.at(0xfeff) & table.SPACE, 0);
});
