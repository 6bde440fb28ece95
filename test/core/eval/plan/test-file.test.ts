import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowToJson } from '#core/eval/ids.ts';
import { readTestFile } from '#core/eval/plan/test-file.ts';
import { toJson } from '#core/prompt/node.ts';

function read(path: string, text: string, maxRows = 1000) {
  const placeholders = new Set(['q']);
  const { rows, problems } = readTestFile(path, text, { placeholders, maxRows });
  return {
    rows,
    values: rows.map((row) => JSON.parse(JSON.stringify(rowToJson(row)))),
    spans: rows.map(({ span }) => text.slice(span.start, span.end)),
    problems: problems.map(({ message, severity, span }) => ({
      message,
      severity,
      at: text.slice(span.start, span.end),
    })),
  };
}

test('CSV: quotes, line breaks inside values, CRLF, a byte order mark and short rows', () => {
  const { values, spans, problems } = read(
    'a.csv',
    '\ufeffq,expected\r\n"say ""hé👍"",\r\nnow",yes\r\n\r\nalone\r\nlast,"z"',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(values, [
    { q: 'say "hé👍",\r\nnow', expected: 'yes' },
    { q: 'alone' },
    { q: 'last', expected: 'z' },
  ]);
  assert.deepEqual(spans, ['"say ""hé👍"",\r\nnow",yes', 'alone', 'last,"z"']);
});

test('a row knows the line where it begins in its file', () => {
  const lines = (path: string, text: string) => read(path, text).rows.map(({ line }) => line);
  assert.deepEqual(lines('a.csv', 'q,expected\r\n"two\r\nlines",yes\r\n\r\nalone\r\n'), [2, 5]);
  assert.deepEqual(lines('a.jsonl', '{"q":1}\n\n{"q":2}\n'), [1, 3]);
  assert.deepEqual(lines('a.yaml', '# rows\n- q: 1\n  expected: x\n- q: 2\n'), [2, 4]);
});

test('CSV: numbers stay the text they are', () => {
  assert.deepEqual(read('a.csv', 'q,n\nx,007\n').values, [{ q: 'x', n: '007' }]);
});

test('CSV: columns of $case', () => {
  const { rows, problems } = read(
    'a.csv',
    'q,$case.name,$case.tags,$case.must,$case.threshold,$case.group\nx,first,"a, holdout",TRUE,0.5,g\ny,,,maybe,,\n',
  );
  assert.deepEqual(
    { ...rows[0]?.meta },
    {
      name: 'first',
      tags: ['a', 'holdout'],
      must: true,
      skip: false,
      only: false,
      threshold: 0.5,
      group: 'g',
      evaluators: [],
    },
  );
  assert.equal(rows[1]?.meta.name, undefined);
  assert.deepEqual(problems, [
    {
      message: '`$case.must` must be true or false, not "maybe"',
      severity: 'warning',
      at: 'y,,,maybe,,',
    },
  ]);
});

const EXPECTED: [cell: string, uses: string, parameters?: unknown, threshold?: number][] = [
  ['Paris', 'equals', 'Paris'],
  ['time: 12:30', 'equals', 'time: 12:30'],
  ['equals: Paris', 'equals', 'Paris'],
  ['contains:Paris', 'contains', 'Paris'],
  ['not-icontains: Paris', 'not-icontains', 'Paris'],
  ['contains-any:a, b', 'contains-any', ['a', 'b']],
  ['is-json', 'is-json'],
  ['is-json:{"type":"object"}', 'is-json', '{"type":"object"}'],
  ['regex:^a:b$', 'regex', '^a:b$'],
  ['levenshtein(2):kitten', 'levenshtein', 'kitten', 2],
  ['similar(0.8):a fine day', 'similarity', 'a fine day', 0.8],
  ['rouge-n(0.6):a b', 'rouge-n', 'a b', 0.6],
  ['cost(0.01)', 'cost', undefined, 0.01],
  ['llm-rubric:is polite', 'rubric', 'is polite'],
  ['is-refusal', 'refusal'],
  ['javascript:output.length > 3', 'javascript'],
  ['python:len(output)', 'python'],
  ['file://check.py', 'file'],
];

test("promptfoo's __expected becomes an evaluator of the row", () => {
  for (const [cell, uses, parameters, threshold] of EXPECTED) {
    const { rows, values, problems } = read(
      'a.csv',
      `q,__expected,__metric,__threshold,__description\nx,"${cell.replaceAll('"', '""')}",m,0.5,case one`,
    );
    const [evaluator] = rows[0]?.meta.evaluators ?? [];
    assert.ok(evaluator?.body.type === 'uses', cell);
    assert.equal(evaluator.body.uses, `promptsmith/${uses}`, cell);
    assert.equal(evaluator.metric, 'm');
    assert.equal(evaluator.threshold, threshold, cell);
    const given = evaluator.body.with && toJson(evaluator.body.with);
    assert.deepEqual(given ?? undefined, parameters, cell);
    assert.deepEqual(values, [{ q: 'x' }]);
    assert.equal(rows[0]?.meta.name, 'case one');
    assert.equal(rows[0]?.meta.threshold, 0.5);
    const isForeign = ['javascript', 'python', 'file'].includes(uses);
    assert.equal(problems.length, isForeign ? 1 : 0, cell);
  }
});

test('several __expected columns; columns without counterpart are named', () => {
  const { rows, problems } = read('a.csv', 'q,__expected1,__expected2,__prefix\nx,a,contains:b,p');
  assert.deepEqual(
    rows[0]?.meta.evaluators.map(({ name }) => name),
    ['equals', 'contains'],
  );
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['the column "__prefix" is ignored'],
  );
});

test('JSON Lines: types, nested values, $case and places', () => {
  const text =
    '{"q":"a","n":1.50,"list":[1,{"x":null}]}\r\n\n{"vars":{"q":"b"},"$case":{"name":"second","tags":["t"]}}';
  const { rows, values, problems, spans } = read('a.jsonl', text);
  assert.deepEqual(problems, []);
  assert.deepEqual(values, [{ q: 'a', n: 1.5, list: [1, { x: null }] }, { q: 'b' }]);
  assert.equal(rows[0]?.values.get('n')?.text, '1.50');
  assert.equal(rows[1]?.meta.name, 'second');
  assert.equal(rows[1]?.file, 'a.jsonl');
  assert.equal(spans[0], '{"q":"a","n":1.50,"list":[1,{"x":null}]}');
  const value = rows[0]?.values.get('q')?.node.span;
  assert.equal(text.slice(value?.start, value?.end), '"a"');
});

test('YAML: a list of rows, with places', () => {
  const text = '# cases\n- q: one\n  $case: { must: true }\n- { q: 1.50 }\n';
  const { rows, values, spans } = read('a.yml', text);
  assert.deepEqual(values, [{ q: 'one' }, { q: 1.5 }]);
  assert.equal(rows[0]?.meta.must, true);
  assert.equal(spans[1], '{ q: 1.50 }');
});

const REFUSED: [path: string, text: string, message: RegExp, at?: string][] = [
  ['a.csv', 'q,b\n1,"2\n3', /a double quote is not closed/],
  ['a.csv', 'q,b\n1,2"x"\n', /a value contains a double quote/, '1,2"x"'],
  ['a.csv', 'q,q\n1,2\n', /two columns are named "q"/, 'q,q'],
  ['a.csv', 'q,\n1,2\n', /column 2 has no name/],
  ['a.csv', 'q,b\n1,2,3\n', /3 cells for 2 columns/, '1,2,3'],
  ['a.jsonl', '{"q":1}\n{"q":}\n', /not valid JSON: A JSON value is expected here/, '}'],
  ['a.jsonl', '[1]\n', /a row must be a map/],
  ['a.yaml', 'q: 1\n', /the top level is not a list of rows/],
  ['a.yaml', '- 1\n', /a row must be a map/],
  ['a.yaml', '- q: [\n', /./],
  ['a.yaml', '- q: 1\n---\n- q: 2\n', /one YAML document/],
  ['a.txt', 'q', /end in \.csv, \.jsonl or \.yaml/],
];

test('what cannot be read is an error with its place', () => {
  for (const [path, text, message, at] of REFUSED) {
    const { problems } = read(path, text);
    assert.equal(problems[0]?.severity, 'error', text);
    assert.match(problems[0].message, message);
    if (at !== undefined) assert.equal(problems[0].at, at);
  }
});

test('too many rows are refused in every format', () => {
  for (const [path, text] of [
    ['a.csv', 'q\n1\n2\n3\n'],
    ['a.jsonl', '{"q":1}\n{"q":2}\n{"q":3}\n'],
    ['a.yaml', '- q: 1\n- q: 2\n- q: 3\n'],
  ] as const) {
    assert.equal(read(path, text, 3).rows.length, 3);
    const { rows, problems } = read(path, text, 2);
    assert.equal(rows.length, 0);
    assert.match(problems[0]?.message ?? '', /more than 2 rows/);
  }
});

test('an empty file has no rows', () => {
  for (const path of ['a.csv', 'a.jsonl', 'a.yaml']) {
    assert.deepEqual(read(path, '').problems, []);
    assert.deepEqual(read(path, '\n').rows, []);
  }
});
