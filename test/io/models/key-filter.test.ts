import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyFilter } from '#io/models/key-filter.ts';

const KEY = 'sk-abcabcabcabd';

function filtered(parts: readonly string[], key: string | null = KEY): string {
  const filter = new KeyFilter(key === null ? [] : [key]);
  return parts.map((part) => filter.push(part)).join('') + filter.end();
}

test('a key is taken out however it is cut into parts, and nothing else is', () => {
  for (const text of [`x ${KEY} y`, KEY, `${KEY}${KEY}`, `sk-abc${KEY}`, 'sk-abcabc', 'sk-', ''])
    for (let size = 1; size <= text.length + 1; size++) {
      const parts = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
      assert.equal(filtered(parts), text.replaceAll(KEY, '[key]'), `${text} by ${size}`);
    }
});

test('only what may become the key waits', () => {
  const filter = new KeyFilter([KEY]);
  assert.equal(filter.push('Hello sk-'), 'Hello ');
  assert.equal(filter.push('ate'), 'sk-ate');
  assert.equal(filter.end(), '');
});

test('the greater part of a key at the end of a text counts as the key', () => {
  assert.equal(filtered([`x ${KEY.slice(0, -1)}`]), 'x [key]');
});

test('no key, or one too short to be secret, changes nothing', () => {
  assert.equal(filtered(['say ', 'EMPTY'], 'EMPTY'), 'say EMPTY');
  assert.equal(filtered([`say ${KEY}`], null), `say ${KEY}`);
});

test('a short text as a whole is cleaned of the key', () => {
  assert.equal(new KeyFilter(['0123456789abcdef']).clean('gpt-0123456789abcdef'), 'gpt-[key]');
  assert.equal(new KeyFilter([]).clean('gpt-4o'), 'gpt-4o');
});

test('several keys are taken out, also where one begins with another', () => {
  const keys = ['header-secret-1', 'header-secret-12345'];
  for (const size of [1, 3, 50]) {
    const filter = new KeyFilter(keys);
    const parts =
      'a header-secret-12345 b header-secret-1 c'.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
    const clean = parts.map((part) => filter.push(part)).join('') + filter.end();
    assert.doesNotMatch(clean, /header-secret/);
  }
});
