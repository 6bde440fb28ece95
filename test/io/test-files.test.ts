import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { readTestFiles } from '#io/test-files.ts';
import { folderWith } from '#test/support/cli.ts';

const FILES = {
  'p/a.prompt.yaml': '',
  'p/cases/one.csv': 'q\n1\n2\n',
  'p/cases/deep/two.jsonl': '{"q":3}\n',
  'p/cases/bad.csv': 'q,q\n1,2\n',
  'shared.yaml': '- q: 4\n',
};

async function read(t: TestContext, patterns: string[], links: [from: string, to: string][] = []) {
  const root = await folderWith(t, FILES);
  for (const [from, to] of links) await symlink(to, join(root, from));
  const prompt = parsePrompt(
    `messages: []\ntestFiles: ${JSON.stringify(patterns)}\ntestData: [{ q: 0 }]\n`,
  );
  const { rows, problems } = await readTestFiles(prompt, join(root, 'p/a.prompt.yaml'), root);
  return {
    rows: rows.map(({ values, file, index }) => `${index} ${file} ${values.get('q')?.text}`),
    problems: problems.map(({ message }) => message.replaceAll(root, 'ROOT')),
  };
}

test('paths and globs from the prompt file, each file once, in order', async (t) => {
  const { rows, problems } = await read(t, [
    './cases/{one,none}.csv',
    'cases/**/*.jsonl',
    '../shared.yaml',
    'cases/one.csv',
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(rows, [
    '1 p/cases/one.csv 1',
    '2 p/cases/one.csv 2',
    '3 p/cases/deep/two.jsonl 3',
    '4 shared.yaml 4',
  ]);
});

test('nothing outside the project is read, by no way', async (t) => {
  for (const [pattern, message] of [
    ['../../x.csv', /outside the project/],
    ['../../**/*.csv', /outside the project/],
    ['/etc/passwd', /relative to the prompt file/],
    ['file:///etc/x.csv', /relative to the prompt file/],
    ['~/x.csv', /relative to the prompt file/],
    ['link.csv', /p\/link\.csv is a link to the outside/],
    ['*.csv', /p\/link\.csv is a link to the outside/],
    ['folder/x.csv', /link to the outside/],
  ] as const) {
    const outside = await folderWith(t, { 'x.csv': 'q\nsecret\n' });
    const { rows, problems } = await read(
      t,
      [pattern],
      [
        ['p/link.csv', join(outside, 'x.csv')],
        ['p/folder', outside],
      ],
    );
    assert.deepEqual(rows, [], pattern);
    assert.match(problems[0] ?? '', message);
  }
});

test('says which file is missing, which line is wrong, and which pattern fits nothing', async (t) => {
  const { rows, problems } = await read(t, ['cases/nope.csv', 'cases/bad.csv', '*.jsonl', 'x.txt']);
  assert.deepEqual(rows, []);
  assert.deepEqual(problems.toSorted(), [
    '`testFiles: *.jsonl` fits no file',
    '`testFiles: x.txt` must end in .csv, .jsonl or .yaml',
    'p/cases/bad.csv:1: two columns are named "q"',
    'p/cases/nope.csv does not exist',
  ]);
});
