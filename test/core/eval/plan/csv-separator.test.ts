import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTestFile } from '#core/eval/plan/test-file.ts';

function read(text: string) {
  const { rows, problems } = readTestFile('a.csv', text, { placeholders: new Set(), maxRows: 100 });
  return {
    values: rows.map(({ values }) =>
      Object.fromEntries([...values].map(([name, value]) => [name, value.text])),
    ),
    spans: rows.map(({ span }) => text.slice(span.start, span.end)),
    problems: problems.map(({ severity, message }) => `${severity}: ${message}`),
  };
}

const SAID = (name: string) => `info: the columns are separated by ${name}s, not by commas`;

test('semicolons and tabs separate columns, in quotes they do not, and a finding says so', () => {
  for (const [separator, name] of [
    [';', 'semicolon'],
    ['\t', 'tab'],
  ] as const) {
    const lines = ['q;answer', '"a;b, ""c""";1,5', 'x, y;', '"two\r\nlines";z', ''];
    const text = `\ufeff${lines.join('\r\n').replaceAll(';', separator)}`;
    const { values, spans, problems } = read(text);
    assert.deepEqual(problems, [SAID(name)]);
    assert.deepEqual(values, [
      { q: `a${separator}b, "c"`, answer: '1,5' },
      { q: 'x, y', answer: '' },
      { q: 'two\r\nlines', answer: 'z' },
    ]);
    assert.equal(spans[1], `x, y${separator}`);
  }
});

test("Excel's line sep=; names the separator", () => {
  const { values, spans, problems } = read('sep=;\r\nq, long;b\r\n1,2;3\r\n');
  assert.deepEqual(values, [{ 'q, long': '1,2', b: '3' }]);
  assert.deepEqual(spans, ['1,2;3']);
  assert.deepEqual(problems, [SAID('semicolon')]);
  assert.deepEqual(read('sep=,\nq;b,c\n1,2\n').values, [{ 'q;b': '1', c: '2' }]);
});

test('where a line has several, the one that splits the rows evenly counts; a comma if it does', () => {
  assert.deepEqual(read('question, short;answer\na;b\nc;d\n').values[0], {
    'question, short': 'a',
    answer: 'b',
  });
  for (const text of [
    'q,answer; or none\na;b,c\nd,e\n',
    'q,a;b\n1,2;3\n',
    // Neither is even: as before.
    'q,a;b\n1\n2;3;4\n',
    // Quoted in the first line, or only in the rows.
    '"q;a"\nhello; world\n',
    'q\nhello; world\ta\n',
  ])
    assert.deepEqual(
      read(text).problems.filter((one) => one.startsWith('info')),
      [],
      text,
    );
});

test('errors name the separator of the file', () => {
  assert.match(
    read('q;b\n1;2;3\n').problems[1] ?? '',
    /put values with a semicolon in double quotes/,
  );
  assert.match(read('q\tb\n1\t"2"x\n').problems[0] ?? '', /the next tab/);
});
