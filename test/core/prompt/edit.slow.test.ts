import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendItem,
  insertEntry,
  removeEntry,
  replaceScalar,
  scalarText,
} from '#core/prompt/edit.ts';
import { child, type Json, type MapNode, type Node, toJson } from '#core/prompt/node.ts';
import { parseYaml } from '#core/prompt/yaml.ts';
import { applyEdits, type Edit } from '#core/text.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

const PIECES = [
  'a',
  'b',
  ' ',
  '\n',
  '\n\n',
  '  ',
  '\t',
  "'",
  '"',
  '\\',
  '#',
  ': ',
  '- ',
  '{{x}}',
  '😀',
  'é',
  '\x07',
  '1',
  'true',
  'null',
  '\u2028',
  '%',
  '@',
  '\r',
];

const FILES = [
  '# c\na: x # t\nb: 1\n',
  'a: |\n  foo\n  bar\nb: 1\n',
  "a: 'x'\nb: 1",
  'a: "x"\nb:\n  - 1\n  - k: 2\n    l: 3\n',
  'a: >-\n    foo\n\n\nb: 2\n',
  'b: 2\na: |\n  x',
  'a: x\r\nb:\r\n  - 1\r\n',
  '{a: x, b: [1, 2]}\n',
];

function mapOf(text: string): MapNode {
  const { root } = parseYaml(text);
  assert.equal(root?.type, 'map');
  return root as MapNode;
}

function valuesOf(text: string): Record<string, Json> {
  const { root, problems } = parseYaml(text);
  assert.deepEqual(problems, [], text);
  return root ? { ...(toJson(root) as Record<string, Json>) } : {};
}

/** Checks that the file reads as `want` after the edit and keeps its comments. */
function checkEdit(text: string, edit: Edit, want: Record<string, Json>): void {
  const after = applyEdits(text, [edit]);
  assert.deepEqual(valuesOf(after), want, JSON.stringify([text, after]));
  if (text.startsWith('# c')) assert.ok(after.startsWith('# c'));
}

const rounds = Array.from({ length: 4_000 }, (_, i) => i);

test('a replaced, inserted, appended or removed value reads back, whatever its text', () => {
  const next = seededRandom(7);
  for (const round of rounds) {
    const value = randomText(next, PIECES, 7);
    const text = FILES[next(FILES.length)] ?? '';
    const map = mapOf(text);
    const before = valuesOf(text);
    const list = child(map, 'b') as Node;
    switch (round % 4) {
      case 0: {
        const node = child(map, 'a');
        assert.equal(node?.type, 'scalar');
        if (map.flow && /\n/.test(value)) break;
        if (node?.type === 'scalar' && !map.flow)
          checkEdit(text, replaceScalar(node, text, value), { ...before, a: value });
        break;
      }
      case 1:
        if (!map.flow)
          checkEdit(text, insertEntry(map, 'zz', scalarText(value), text), {
            ...before,
            zz: value,
          });
        break;
      case 2:
        if (list.type === 'list' && !list.flow) {
          checkEdit(text, appendItem(list, scalarText(value), text), {
            ...before,
            b: [...(before.b as Json[]), value],
          });
        }
        break;
      default: {
        const entry = map.entries[next(map.entries.length)];
        assert.ok(entry);
        const want = { ...before };
        delete want[entry.key.source];
        checkEdit(text, removeEntry(map, entry, text), want);
      }
    }
  }
});
