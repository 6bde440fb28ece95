import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertEntry, renameKey, scalarText, setScalar } from '#core/prompt/edit.ts';
import { child, findEntry, type MapNode } from '#core/prompt/node.ts';
import { parseYaml } from '#core/prompt/yaml.ts';
import { applyEdits } from '#core/text.ts';

function mapOf(text: string): MapNode {
  const { root } = parseYaml(text);
  assert.equal(root?.type, 'map');
  return root as MapNode;
}

test('a renamed key keeps its value, comment and position', () => {
  const text = 'a: 1 # one\nmax_tokens: 5 # five\nb: 2\n';
  const entry = findEntry(mapOf(text), 'max_tokens');
  assert.ok(entry);
  assert.equal(
    applyEdits(text, [renameKey(entry, 'maxTokens')]),
    'a: 1 # one\nmaxTokens: 5 # five\nb: 2\n',
  );
});

test('an entry is inserted after the given one', () => {
  const text = 'a: 1 # one\nb:\n  - x\nc: 3\n';
  const map = mapOf(text);
  const after = findEntry(map, 'a');
  assert.ok(after);
  assert.equal(
    applyEdits(text, [insertEntry(map, 'n', '2', text, after)]),
    'a: 1 # one\nn: 2\nb:\n  - x\nc: 3\n',
  );
});

test('text that some YAML reader takes for another type is quoted', () => {
  for (const word of ['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'])
    for (const spelling of [word, word.toUpperCase()])
      assert.equal(scalarText(spelling), `'${spelling}'`);
  for (const text of [
    '1',
    '-1',
    '+1',
    '.5',
    '1.50',
    '0x1f',
    '1e3',
    '12:30',
    '2026-11-21',
    '.inf',
    '.NaN',
    '~',
    '',
  ])
    assert.equal(scalarText(text), `'${text}'`);
  for (const text of ['yesterday', 'only', 'offer', 'truth', 'v1', 'a-1', 'x.5'])
    assert.equal(scalarText(text), text);
});

for (const [before, value, after] of [
  ["a: 'x' # c\n", 3, 'a: 3 # c\n'],
  ['a: x\n', true, 'a: true\n'],
  ['a: |\n  x\nb: 1\n', null, 'a: null\nb: 1\n'],
  ['a: >-\r\n  x\r\nb: 1\r\n', 0.5, 'a: 0.5\r\nb: 1\r\n'],
  ['a: 1\n', '2', "a: '2'\n"],
] as const)
  test(`a scalar is set to ${JSON.stringify(value)} in ${JSON.stringify(before)}`, () => {
    const node = child(parseYaml(before).root, 'a');
    assert.ok(node?.type === 'scalar');
    assert.equal(applyEdits(before, [setScalar(node, before, value)]), after);
  });
