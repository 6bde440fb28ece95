import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node, ScalarNode } from '#core/prompt/node.ts';
import { mapScalar } from '#core/prompt/scalar.ts';
import { parseYaml } from '#core/prompt/yaml.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

const PIECES = [
  'a',
  'b',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\n  ',
  '\n    ',
  '\t',
  '\r\n',
  "''",
  '\\n',
  '\\',
  '\\\n',
  '\\x41',
  '\\u00e9',
  '\\U0001F600',
  'é',
  '😀',
  '{{x}}',
  '"',
  "'",
  '#',
  ': ',
  '-',
  '\r',
  '\0',
];

const SHAPES: readonly ((body: string) => string)[] = [
  ...['', '-', '+', '2', '1-', '2+'].map((h) => (body: string) => `k: |${h}\n  ${body}\nz: 1\n`),
  ...['', '-', '+', '2', '1-'].map((h) => (body: string) => `k: >${h}\n  ${body}\nz: 1\n`),
  (body) => `k: "${body}"\nz: 1\n`,
  (body) => `k: '${body}'\nz: 1\n`,
  (body) => `k: w${body}\nz: 1\n`,
  (body) => `- |\n ${body}`,
  (body) => `- >+\n ${body}`,
  (body) => `k:\n  - >\n   ${body}\n  - 1`,
];

function scalars(node: Node | null): ScalarNode[] {
  if (!node || node.alias) return [];
  if (node.type === 'scalar') return [node];
  if (node.type === 'list') return node.items.flatMap(scalars);
  return node.entries.flatMap(({ key, value }) => [...scalars(key), ...scalars(value)]);
}

test('decodes every scalar style as the YAML parser does', () => {
  const next = seededRandom(42);
  let compared = 0;
  for (let i = 0; i < 6_000; i++) {
    const shape = SHAPES[next(SHAPES.length)] ?? SHAPES[0];
    const text = shape?.(randomText(next, PIECES, 11)) ?? '';
    const { root, problems } = parseYaml(text);
    // Without a closing quote, no value is the only correct one.
    if (problems.length > 0) continue;
    for (const node of scalars(root)) {
      if (typeof node.value !== 'string') continue;
      assert.equal(mapScalar(node, text).value, node.value, JSON.stringify(text));
      compared++;
    }
  }
  assert.ok(compared > 5_000);
});

test('every offset of a value maps into the scalar and back', () => {
  const next = seededRandom(7);
  for (let i = 0; i < 2_000; i++) {
    const shape = SHAPES[next(SHAPES.length)] ?? SHAPES[0];
    const text = shape?.(randomText(next, PIECES, 11)) ?? '';
    for (const node of scalars(parseYaml(text).root)) {
      const map = mapScalar(node, text);
      let last = node.token.start;
      for (let offset = 0; offset < map.value.length; offset++) {
        const source = map.toSource(offset);
        assert.ok(source >= last && source <= node.token.end, JSON.stringify(text));
        last = source;
        const { start, end } = map.span(offset, offset + 1);
        assert.ok(start <= end && end <= node.token.end);
        // A copied character is unchanged in the file and maps back to its own offset.
        if (end - start === 1 && text[start] === map.value[offset] && map.value[offset] !== '\n') {
          assert.equal(map.toValue(source), offset, JSON.stringify([text, offset]));
        }
      }
    }
  }
});

const marked: readonly (readonly [string, string, string])[] = [
  ['literal block', 'content: |\n    one {{a}}\n      two {{b}}\n', '{{b}}'],
  ['folded block', 'content: >-\n  one {{a}}\n  two\n\n    three {{b}}\n', '{{b}}'],
  ['plain over two lines', 'content: one {{a}}\n  two {{b}}\n', '{{b}}'],
  ['double quotes with escapes', 'content: "a\\n\\u00e9\\t{{b}} \\"x\\""\n', '{{b}}'],
  ['double quotes folded', 'content: "a\n  b\n\n  \\\n  {{b}}"\n', '{{b}}'],
  ['single quotes', "content: 'it''s\n  {{b}}'\n", '{{b}}'],
  ['CRLF block', 'content: |\r\n  a\r\n  {{b}}\r\n', '{{b}}'],
  ['emoji before', 'content: "😀😀 {{b}}"\n', '{{b}}'],
];

for (const [name, text, part] of marked) {
  test(`finds a placeholder exactly: ${name}`, () => {
    const node = scalars(parseYaml(text).root).find((n) => String(n.value).includes(part));
    assert.ok(node);
    const at = String(node.value).indexOf(part);
    const { start, end } = mapScalar(node, text).span(at, at + part.length);
    assert.equal(text.slice(start, end), part);
  });
}
