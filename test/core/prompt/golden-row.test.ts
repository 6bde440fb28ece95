import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addGoldenRow, type GoldenRow } from '#core/prompt/golden-row.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { applyEdits } from '#core/text.ts';

const HEAD = 'model: a/b # keep\nmessages: [{ role: user, content: "{{q}} {{lang}}" }]\n';

function added(text: string, row: GoldenRow): string {
  const edit = addGoldenRow(parsePrompt(text), row, text);
  assert.ok(!('error' in edit), JSON.stringify(edit));
  return applyEdits(text, [edit]);
}

const ROW: GoldenRow = {
  values: { q: 'Where is my "order" #12?\nIt: is late.\n\n  Thanks', lang: 'no' },
  name: 'late order',
  source: 'https://example.com/1',
  contains: ['sorry', 'a: b'],
  lacks: ['guarantee'],
};

for (const [what, text] of [
  ['a list of rows', `${HEAD}testData:\n  # first\n  - q: one\n    lang: en\n`],
  ['no testData', HEAD],
  ['a list without indentation', `${HEAD}testData:\n- q: one\n`],
  ['keys behind it', `testData:\n  - q: one\n${HEAD}`],
] as const) {
  test(`a row is added to ${what}, and reads back as it was given`, () => {
    const result = added(text, ROW);
    const prompt = parsePrompt(result);
    assert.equal(prompt.broken, false, result);
    assert.deepEqual(prompt.problems, []);
    const row = prompt.rows.at(-1);
    assert.equal(row?.values.get('q')?.text, ROW.values.q, result);
    assert.equal(row?.values.get('lang')?.text, 'no');
    assert.equal(row?.meta.name, 'late order');
    assert.equal(row?.meta.source, 'https://example.com/1');
    assert.deepEqual(
      row?.meta.evaluators
        .map(({ body }) => (body.type === 'uses' ? [body.uses, body.with] : []))
        .map(([uses, value]) => [
          uses,
          value && typeof value === 'object' && 'source' in value ? value.source : value,
        ]),
      [
        ['promptsmith/contains', 'sorry'],
        ['promptsmith/contains', 'a: b'],
        ['promptsmith/not-contains', 'guarantee'],
      ],
      result,
    );
    assert.ok(result.includes('# keep'), 'comments stay');
    assert.equal(prompt.rows.length, text.includes('testData') ? 2 : 1);
  });
}

test('where there is no place for a row it says why', () => {
  const refused = (text: string) => addGoldenRow(parsePrompt(text), ROW, text);
  assert.match(JSON.stringify(refused(`${HEAD}testData: [{ q: 1 }]\n`)), /block style/);
  assert.match(JSON.stringify(refused('a: [')), /YAML errors/);
});
