import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const FLAWED = `# keep me
name: T
description: D
modelParameters:
  max_tokens: 50 # and me
messages:
  - role: user
    content: "Hi {{who}}"
testData:
  - who: Ann
`;

test('prints a finding with its line and carets, and exits with 0 below the limit', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': FLAWED });
  const { code, stdout, stderr } = await promptsmith(['check'], { cwd });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /a\.prompt\.yaml\n {2}info parameter-spelling at 5:3\n/);
  assert.match(stdout, /5 │ {3}max_tokens: 50 # and me\n +│ {3}\^{10}\n/);
  assert.match(stdout, /1 file: .*1 note/);
});

test('--fail-on sets the limit', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': FLAWED });
  assert.equal((await promptsmith(['check', '--fail-on', 'info'], { cwd })).code, 1);
  assert.equal((await promptsmith(['check', '--fail-on', 'warning'], { cwd })).code, 0);
});

test('--format json has the shape other programs read', async (t) => {
  const cwd = await folderWith(t, { 'p/a.prompt.yaml': FLAWED, 'b.prompt.yml': 'messages: [\n' });
  const { code, stdout } = await promptsmith(['check', 'p', 'b.prompt.yml', '--format', 'json'], {
    cwd,
  });
  assert.equal(code, 1);
  const report = JSON.parse(stdout);
  assert.equal(report.v, 1);
  assert.deepEqual(
    report.files.map((f: { path: string }) => f.path),
    ['p/a.prompt.yaml', 'b.prompt.yml'],
  );
  const spelling = report.files[0].findings.find(
    (f: { id: string }) => f.id === 'parameter-spelling',
  );
  assert.deepEqual(spelling.range, {
    start: { line: 4, character: 2 },
    end: { line: 4, character: 12 },
  });
  assert.equal(spelling.severity, 'info');
  assert.equal(spelling.confidence, 'high');
  assert.deepEqual(spelling.fixes[0].edits, [{ range: spelling.range, newText: 'maxTokens' }]);
  assert.equal(report.summary.files, 2);
  assert.equal(report.files[1].findings[0].id, 'yaml-syntax');
  for (const key of ['error', 'warning', 'info', 'hint', 'suppressed', 'known'])
    assert.equal(typeof report.summary[key], 'number');
});

test('--fix mends in place and keeps comments; a second run changes nothing', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': FLAWED });
  const { code, stdout } = await promptsmith(['check', '--fix'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /fixed 1 file: a\.prompt\.yaml/);
  const fixed = FLAWED.replace('max_tokens', 'maxTokens');
  assert.equal(await readFile(join(cwd, 'a.prompt.yaml'), 'utf8'), fixed);
  assert.doesNotMatch((await promptsmith(['check', '--fix'], { cwd })).stdout, /fixed/);
});

test('--fix=all says what it changed and what a call costs then, and the file still runs', async (t) => {
  const text = `model: openai/gpt-4-32k
modelParameters:
  temperature: 0
  max_tokens: 5
candidates: [openai/gpt-4-32k-0613, openai/gpt-5.6-luna]
messages:
  - role: user
    content: Say hello.
`;
  const cwd = await folderWith(t, { 'a.prompt.yaml': text });
  const { stdout, stderr } = await promptsmith(['check', '--fix=all'], { cwd });
  assert.equal(stderr, '');
  const fixed = parsePrompt(await readFile(join(cwd, 'a.prompt.yaml'), 'utf8'));
  assert.match(
    stdout,
    /a\.prompt\.yaml: [a-z, -]*retired-model[a-z, -]*; ≈ \$[\d.]+ a call, was ≈ \$[\d.]+ a call\nThese fixes may change what is sent/,
  );
  const { model, parameters } = fixed;
  const candidates = fixed.candidates.map(({ id }) => id);
  assert.notEqual(model, 'openai/gpt-4-32k');
  assert.deepEqual(parameters, { temperature: 0, maxCompletionTokens: 5, reasoningEffort: 'none' });
  assert.ok(!candidates.includes(model ?? ''));
  assert.doesNotMatch((await promptsmith(['check', '--fix=all'], { cwd })).stdout, /fixed/);
});

test('a suppression comment holds a finding back and is counted', async (t) => {
  const text = FLAWED.replace(
    '  max_tokens',
    '  # promptsmith-disable-next-line parameter-spelling -- other tool\n  max_tokens',
  );
  const cwd = await folderWith(t, { 'a.prompt.yaml': text });
  const { stdout } = await promptsmith(['check'], { cwd });
  assert.doesNotMatch(stdout, /parameter-spelling/);
  assert.match(stdout, /1 suppressed/);
});

test('reads standard input', async () => {
  const { code, stdout } = await promptsmith(['check', '-'], { stdin: FLAWED });
  assert.equal(code, 0);
  assert.match(stdout, /<stdin>\n {2}info parameter-spelling/);
  const fixed = await promptsmith(['check', '--fix', '-'], { stdin: FLAWED });
  assert.equal(fixed.stdout, FLAWED.replace('max_tokens', 'maxTokens'));
});

test('globs and folders find the same files; ignored ones stay out', async (t) => {
  const cwd = await folderWith(t, {
    'a/x.prompt.yaml': FLAWED,
    'a/b/y.prompt.yml': FLAWED,
    'node_modules/z.prompt.yaml': FLAWED,
    'vendor/v.prompt.yaml': FLAWED,
    '.promptsmith.yaml': 'ignore: ["vendor/**"]\n',
  });
  const paths = async (...args: string[]): Promise<string[]> => {
    const { stdout } = await promptsmith(['check', '--json', ...args], { cwd });
    return JSON.parse(stdout).files.map((f: { path: string }) => f.path);
  };
  assert.deepEqual(await paths(), ['a/b/y.prompt.yml', 'a/x.prompt.yaml']);
  assert.deepEqual(await paths('a/*.prompt.yaml'), ['a/x.prompt.yaml']);
  assert.deepEqual(await paths('a/**/*.prompt.{yaml,yml}'), [
    'a/b/y.prompt.yml',
    'a/x.prompt.yaml',
  ]);
});

test('settings turn a rule off, and for some files only', async (t) => {
  const cwd = await folderWith(t, {
    'old/x.prompt.yaml': FLAWED,
    'new/x.prompt.yaml': FLAWED,
    '.promptsmith.yaml':
      'overrides:\n  - files: old/**\n    rules: { parameter-spelling: off }\n  - files: new/**\n    rules: { parameter-spelling: error }\n',
  });
  const { code, stdout } = await promptsmith(['check'], { cwd });
  assert.equal(code, 1);
  assert.match(stdout, /new\/x\.prompt\.yaml\n {2}error parameter-spelling/);
  assert.doesNotMatch(stdout, /old\/x\.prompt\.yaml/);
});

test('findings across files stand in the workflow, with the way to the prompt', async (t) => {
  const cwd = await folderWith(t, {
    '.git/HEAD': '',
    '.github/workflows/w.yml': `on: issues
jobs:
  a:
    steps:
      - uses: actions/ai-inference@v1
        with:
          prompt-file: p/a.prompt.yaml
          input: |
            who: \${{ github.event.issue.body }}
`,
    'p/a.prompt.yaml': FLAWED,
  });
  const { stdout } = await promptsmith(['check', 'p', '--json'], { cwd });
  const [prompt, workflow, ...more] = JSON.parse(stdout).files;
  assert.deepEqual(more, []);
  assert.equal(prompt.path, 'p/a.prompt.yaml');
  assert.equal(workflow.path, '.github/workflows/w.yml');
  const [runner, expression] = workflow.findings;
  assert.equal(runner.id, 'runner-substitutes-before-parse');
  assert.deepEqual(runner.range.start, { line: 4, character: 14 });
  assert.equal(expression.id, 'expression-in-yaml-input');
  assert.deepEqual(
    expression.related.map((one: { path?: string; range: { start: object } }) => [
      one.path,
      one.range.start,
    ]),
    [
      [undefined, { line: 8, character: 17 }],
      ['p/a.prompt.yaml', { line: 7, character: 17 }],
    ],
  );
  const plain = await promptsmith(['check', 'p'], { cwd });
  assert.equal(plain.code, 1);
  assert.match(
    plain.stdout,
    /\.github\/workflows\/w\.yml\n {2}error runner-substitutes-before-parse at 5:15/,
  );
  assert.match(plain.stdout, /p\/a\.prompt\.yaml:8:18: it becomes/);
});
