import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForeignTokens } from '#core/lint/foreign-syntax.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

test('tokens have a kind, a name and a span', () => {
  const text = 'a {{ x }} {{y|up}} {{#if z}} {% for a in b %} {{{w}}} {v} {{ok}} `{{ code }}`';
  const found = [...findForeignTokens(text)].map(({ kind, name, start, end, inCode }) => [
    kind,
    name,
    text.slice(start, end),
    inCode,
  ]);
  assert.deepEqual(found, [
    ['spaced', 'x', '{{ x }}', false],
    ['filter', 'y', '{{y|up}}', false],
    ['block', undefined, '{{#if z}}', false],
    ['tag', undefined, '{% for a in b %}', false],
    ['braces', 'w', '{{{w}}}', false],
    ['single', 'v', '{v}', false],
    ['spaced', 'code', '{{ code }}', true],
  ]);
});

test('an open fence extends to the end, a closed one to its closing line', () => {
  const inCode = (text: string) => [...findForeignTokens(text)].map((token) => token.inCode);
  assert.deepEqual(inCode('```\n{{ a }}\n```\n{{ b }}'), [true, false]);
  assert.deepEqual(inCode('{{ a }}\n```\n{{ b }}'), [false, true]);
  assert.deepEqual(inCode('it`s {{ a }} and it`s'), [true]);
});

test('random braces: tokens are in order, inside the text, and found in linear time', () => {
  const next = seededRandom(7);
  const pieces = ['{', '{{', '}', '}}', ' ', 'a', '|', '#', '%', '`', '```\n', '$', '\n'];
  for (let round = 0; round < 300; round++) {
    const text = randomText(next, pieces, 60);
    let at = 0;
    for (const { start, end } of findForeignTokens(text)) {
      assert.ok(start >= at && end > start && end <= text.length, JSON.stringify(text));
      at = end;
    }
  }
  for (const piece of ['{', '{{ ', '{% if ', '{{{', '{{ a |', '`', '{a'])
    assert.ok(timeOf(piece) < 400, `${piece}: ${timeOf(piece)} ms`);
});

function timeOf(piece: string): number {
  const text = piece.repeat(300_000 / piece.length);
  const start = cpuMs();
  for (const _ of findForeignTokens(text));
  return cpuMs() - start;
}

test('template syntax in the source of a web page is not foreign', () => {
  const [token] = findForeignTokens('<p class="title">{{ site.title }}</p>');
  assert.equal(token?.inCode, true);
  assert.equal(findForeignTokens('<doc>{{ text }}</doc>')[0]?.inCode, false);
});
