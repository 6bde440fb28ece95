import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonNode, parseJsonText } from '#core/json-text.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '"',
  '\\',
  '\\n',
  '\\u00e9',
  ' ',
  '\n',
  '1',
  '-',
  '0',
  '.5',
  'e3',
  'true',
  'nul',
  'null',
  'é',
  '😀',
  '\t',
  "'",
  '/',
];

test('it accepts what JSON.parse accepts, with the same value', () => {
  const next = seededRandom(3);
  let good = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = round % 2 ? randomText(next, PIECES, 12) : randomJson(next, 3);
    const tree = parseJsonText(text);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      assert.ok('message' in tree, text);
      assert.ok(tree.span.start >= 0 && tree.span.end <= text.length, text);
      continue;
    }
    good++;
    assert.ok(!('message' in tree), text);
    assert.deepEqual(plain(tree), value, text);
    assertPlaces(tree, text);
  }
  assert.ok(good > 5000);
});

test('the place of an error is the one to look at', () => {
  const cases: [string, string, string][] = [
    ['{"a": 1,}', ',', 'does not allow a comma before `}`'],
    ['[1, 2,\n]', ',', 'does not allow a comma before `]`'],
    ['{"a" 1}', '"a"', 'A `:` is missing'],
    ['{"a": 1 "b": 2}', '"', 'A `,` is missing'],
    ["{'a': 1}", "'", 'JSON keys use double quotes'],
    ['{a: 1}', 'a', 'A key in double quotes is expected'],
    ['{"a": True}', 'True', 'is not a JSON value'],
    ['{"a": 1', '{', 'never closed'],
    ['["a', '"a', 'never closed'],
    ['"a\nb"', '"a', 'never closed'],
    ['"\\d"', '\\d', 'does not have this escape'],
    ['{} // end', '/', 'has ended'],
    ['// x', '/', 'does not allow comments'],
  ];
  for (const [text, marked, message] of cases) {
    const found = parseJsonText(text);
    assert.ok('message' in found, text);
    assert.equal(text.slice(found.span.start, found.span.end), marked, text);
    assert.ok(found.message.includes(message), `${text}: ${found.message}`);
  }
});

test('depth is bounded, length is not', () => {
  assert.ok('message' in parseJsonText('['.repeat(100_000)));
  assert.ok(!('message' in parseJsonText(`"${'a'.repeat(1_000_000)}"`)));
  assert.ok(!('message' in parseJsonText(`[${'1,'.repeat(100_000)}1]`)));
});

function randomJson(next: (n: number) => number, depth: number): string {
  const kind = next(depth > 0 ? 6 : 4);
  const many = (): string[] => Array.from({ length: next(4) }, () => randomJson(next, depth - 1));
  switch (kind) {
    case 0:
      return JSON.stringify(randomText(next, PIECES, 4));
    case 1:
      return String(next(1000) / 8 - 30);
    case 2:
      return ['true', 'false', 'null'][next(3)] ?? '0';
    case 3:
      return `${next(9)}e${next(5)}`;
    case 4:
      return `[ ${many().join(' ,\n')}]`;
    default:
      return `{${many()
        .map((value, i) => `"k${i}" :${value}`)
        .join(',')}}`;
  }
}

function plain(node: JsonNode): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'array') return node.items.map(plain);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
}

/** The text of each node is that node's JSON. */
function assertPlaces(node: JsonNode, text: string): void {
  assert.deepEqual(plain(node), JSON.parse(text.slice(node.span.start, node.span.end)));
  if (node.type === 'array') for (const item of node.items) assertPlaces(item, text);
  if (node.type === 'object')
    for (const { key, keySpan, value } of node.members) {
      assert.equal(JSON.parse(text.slice(keySpan.start, keySpan.end)), key);
      assertPlaces(value, text);
    }
}
