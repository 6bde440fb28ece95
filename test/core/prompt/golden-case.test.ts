import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCase, createRow, type NewCase } from '#core/prompt/golden-case.ts';
import { toJson } from '#core/prompt/node.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { applyEdits } from '#core/text.ts';

const HEAD = `# kept
messages:
  - { role: user, content: "{{text}} {{n}}" } # kept too
`;
const NEW: NewCase = {
  name: 'from the playground: 1',
  values: new Map([
    ['text', 'two\nlines # no comment'],
    ['n', '3'],
  ]),
  expected: 'yes',
  source: 'https://example.com/1#a',
  contains: ['sorry', 'a: "b"'],
  lacks: ['guarantee\n'],
};

function added(text: string, one = NEW): string {
  const document = parsePrompt(text);
  const edit = addCase(document, one);
  assert.ok(edit, text);
  return applyEdits(text, [edit]);
}

const FILES = {
  'rows in block style': `${HEAD}testData:\n  # first\n  - text: a\n    n: 1 # one\n\nevaluators: []\n`,
  'rows in flow style': `${HEAD}testData:\n  - { text: a, n: 1 } # one\n`,
  'a flow list': `${HEAD}testData: [{ text: a, n: 1 }]\nname: x\n`,
  'no rows': `${HEAD}name: x\n`,
  'no rows and no line end': `${HEAD}name: x`,
  'an empty list': `${HEAD}testData: []\nname: x # kept\n`,
  'an empty key': `${HEAD}testData:\nname: x\n`,
  CRLF: `${HEAD}testData:\n  - text: a\n`.replaceAll('\n', '\r\n'),
};

for (const [name, text] of Object.entries(FILES)) {
  test(`a case is added to ${name}, and everything else is kept`, () => {
    const before = parsePrompt(text);
    const after = parsePrompt(added(text));
    assert.deepEqual(after.problems, []);
    assert.equal(after.rows.length, before.rows.length + 1);
    const row = after.rows.at(-1);
    assert.equal(row?.meta.name, NEW.name);
    assert.equal(row?.meta.source, NEW.source);
    assert.deepEqual(
      row?.meta.evaluators.map(({ name: title, body }) => [
        title,
        body.type === 'uses' ? body.uses : '',
        body.type === 'uses' && body.with?.type === 'scalar' ? body.with.value : '',
      ]),
      [
        ['says sorry', 'promptsmith/contains', 'sorry'],
        ['says a: "b"', 'promptsmith/contains', 'a: "b"'],
        ['does not say guarantee', 'promptsmith/not-contains', 'guarantee\n'],
      ],
    );
    assert.deepEqual(
      Object.fromEntries([...(row?.values ?? [])].map(([key, value]) => [key, value.text])),
      { text: 'two\nlines # no comment', n: '3', expected: 'yes' },
    );
    for (const comment of text.match(/#.*?(?=[\r\n]|$)/g) ?? [])
      assert.ok(after.text.includes(comment), comment);
    assert.equal(after.messages.length, 1);
  });
}

test('values are written as their declared type', () => {
  const text = `${HEAD}variables:
  - { name: n, type: integer }
  - { name: list, type: array }
  - { name: flag, type: boolean }
`;
  const values = new Map([
    ['n', '3'],
    ['list', '["a", 1]'],
    ['flag', 'true'],
    ['text', '3'],
  ]);
  const { rows } = parsePrompt(added(text, { values }));
  const plain = [...(rows[0]?.values ?? [])].map(([key, { node }]) => [key, toJson(node)]);
  assert.deepEqual(Object.fromEntries(plain), { n: 3, list: ['a', 1], flag: true, text: '3' });
  const odd = parsePrompt(added(text, { values: new Map([['n', 'many']]) }));
  assert.equal(odd.rows[0]?.values.get('n')?.text, 'many');
});

test('a file that is not a map has no place for a case', () => {
  assert.equal(addCase(parsePrompt('- 1\n'), NEW), null);
});

test('a row takes other texts and keeps its other keys', () => {
  const { rows } = parsePrompt(`${HEAD}testData: [{ text: a, n: 1, expected: z }]\n`);
  const row = createRow(new Map([['text', 'b']]), rows[0]);
  assert.deepEqual(
    [...row.values].map(([key, { text }]) => `${key}=${text}`),
    ['text=b', 'n=1', 'expected=z'],
  );
});
