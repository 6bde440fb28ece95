import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { assignCaseIds } from '#core/eval/ids.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const FILES = {
  'a.prompt.yaml': `model: openai/gpt-4o-mini
messages:
  - { role: user, content: "Say {{word}}" }
testData:
  - { word: one, $case: { name: one } }
  - { word: two, $case: { name: two } }
evaluators:
  - { name: says it, uses: promptsmith/contains, with: "{{word}}" }
`,
  'recordings/a.jsonl': ['one', 'two']
    .map((name) =>
      JSON.stringify({
        v: 1,
        why: { case: name, repeat: 0, role: 'answer' },
        model: 'openai/gpt-4o-mini',
        answer: { text: 'I say one' },
        source: 'sample',
      }),
    )
    .join('\n'),
};

const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  junit:
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="promptsmith" tests="2" failures="1"/,
  html: /^<!doctype html>/,
  csv: /^path,case,model/,
  github:
    /^::error file=a\.prompt\.yaml,title=promptsmith eval%3A Not accepted%3A 1 of 2 cases pass.*\n::error file=a\.prompt\.yaml,line=6,/,
  markdown:
    /^### ❌ Not accepted: 1 of 2 cases pass \(50 %, 95 % CI 9\.5–90\.5 %\), on sample answers\n/,
  json: /^\{\n {2}"v": 2,/,
  'gh-models': /^\{\n {2}"name": ""/,
};

test('each format is the whole output, and the exit code stays', async (t) => {
  const cwd = await folderWith(t, FILES);
  for (const [format, beginning] of Object.entries(BEGINNINGS)) {
    const { code, stdout, stderr } = await promptsmith(
      ['eval', 'a.prompt.yaml', '--replay', '--format', format],
      { cwd },
    );
    assert.equal(code, 1, stderr);
    assert.match(stdout, beginning);
    assert.match(stdout, /says it/);
  }
});

test('a line break in a name, a tag or an answer does not break the lines of the plain report', async (t) => {
  const name = 'two\nlines';
  const cwd = await folderWith(t, {
    'a.prompt.yaml': FILES['a.prompt.yaml'].replace(
      '$case: { name: two }',
      `$case: { name: ${JSON.stringify(name)}, tags: [${JSON.stringify('t\nu')}] }`,
    ),
    'recordings/a.jsonl': FILES['recordings/a.jsonl']
      .replace('"case":"two"', `"case":${JSON.stringify(name)}`)
      .replaceAll('I say one', 'I say\\none\\u001b[31m'),
  });
  const { stdout } = await promptsmith(['eval', 'a.prompt.yaml', '--replay'], { cwd });
  assert.match(stdout, /^ {2}✗ two lines {2}a\.prompt\.yaml:6 {2}t u$/m);
  assert.match(stdout, /^ {8}got {7}I say one␛\[31m$/m);
});

test('--output writes the report to a file', async (t) => {
  const cwd = await folderWith(t, FILES);
  const { code, stdout } = await promptsmith(
    ['eval', '.', '--replay', '--format', 'junit', '--output', 'report.xml'],
    { cwd },
  );
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(await readFile(join(cwd, 'report.xml'), 'utf8'), /<\/testsuites>\n$/);
});

test('--report writes several reports beside what is printed', async (t) => {
  const cwd = await folderWith(t, FILES);
  const reports = Object.keys(BEGINNINGS);
  const words = reports.flatMap((format) => ['--report', `${format}=r.${format}`]);
  const run = (...args: string[]) =>
    promptsmith(['eval', 'a.prompt.yaml', '--replay', ...args], { cwd });
  const { code, stdout } = await run(...words);
  assert.equal(code, 1);
  assert.match(stdout, /1 passed, 1 failed/);
  for (const [format, beginning] of Object.entries(BEGINNINGS))
    assert.match(await readFile(join(cwd, `r.${format}`), 'utf8'), beginning);
  assert.equal(JSON.parse(await readFile(join(cwd, 'r.json'), 'utf8')).totals.passed, 1);
  for (const wrong of ['junit', 'pdf=x', '=x']) {
    const refused = await run('--report', wrong);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /pass format=file, with one of the formats json, markdown, junit/);
  }
  const lost = await run('--report', 'csv=a.prompt.yaml/x.csv');
  assert.equal(lost.code, 2);
  assert.match(lost.stderr, /x\.csv could not be written/);
});

test('gh-models holds one prompt and one model, which is said before anything runs', async (t) => {
  const cwd = await folderWith(t, FILES);
  const { code, stderr } = await promptsmith(
    ['eval', 'a.prompt.yaml', '--replay', '--format', 'gh-models', '-m', 'a/b', '-m', 'c/d'],
    { cwd },
  );
  assert.equal(code, 2);
  assert.match(stderr, /a single prompt and a single model/);
});

test('--compat gh-models gives its verdicts', async (t) => {
  const text = FILES['a.prompt.yaml'].replace(
    /evaluators:.*/s,
    'evaluators:\n  - { name: first decides, string: { contains: one, endsWith: nothing } }\n',
  );
  const cwd = await folderWith(t, { ...FILES, 'a.prompt.yaml': text });
  const args = ['eval', 'a.prompt.yaml', '--replay', '--format', 'gh-models'];
  const ours = JSON.parse((await promptsmith(args, { cwd })).stdout);
  assert.equal(ours.summary.passedTests, 0);
  const { code, stdout } = await promptsmith([...args, '--compat', 'gh-models'], { cwd });
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).summary.passedTests, 2);
});

test('every format calls a case without a name by its row and first text, its id stays the hash', async (t) => {
  const secret = `sk-proj-${'aB3dE5fG'.repeat(6)}`;
  const rows = [
    '{ word: one, n: 1, $case: { must: true } }',
    `{ word: "${secret} and more", n: 2 }`,
    '{ word: three, n: 3, $case: { name: named } }',
  ];
  const prompt = `model: openai/gpt-4o-mini
messages:
  - { role: user, content: "Say {{word}}" }
testData:
${rows.map((row) => `  - ${row}\n`).join('')}evaluators:
  - { name: says it, uses: promptsmith/contains, with: "x{{n}}" }
`;
  const cases = assignCaseIds(parsePrompt(prompt).rows);
  const [first = ''] = cases;
  assert.match(first, /^[0-9a-f]{12}$/);
  const recorded = cases.map((name) =>
    JSON.stringify({
      v: 1,
      why: { case: name, repeat: 0, role: 'answer' },
      model: 'openai/gpt-4o-mini',
      answer: { text: 'nothing' },
      source: 'sample',
    }),
  );
  const cwd = await folderWith(t, {
    'a.prompt.yaml': prompt,
    'recordings/a.jsonl': recorded.join('\n'),
  });
  for (const format of ['plain', 'junit', 'html', 'github']) {
    const { stdout, stderr } = await promptsmith(
      ['eval', 'a.prompt.yaml', '--replay', '--format', format],
      { cwd },
    );
    assert.match(stdout, /row 1 · one/, `${format}: ${stderr}`);
    assert.match(stdout, /row 2 · sk-p•+ and more/, format);
    assert.match(stdout, /named/, format);
    assert.doesNotMatch(stdout, /aB3d/, format);
    assert.equal(stdout.includes(first), false, format);
    if (format === 'plain') assert.match(stdout, /required test row 1 · one: 0 % of its repeats/);
  }
});
