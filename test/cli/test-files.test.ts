import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `name: T
description: D
model: openai/gpt-4o-mini
messages:
  - { role: user, content: "Say {{word}}" }
testFiles: [cases.csv]
evaluators:
  - { name: says it, uses: promptsmith/contains, with: "{{word}}" }
`;

const FILES = {
  'a.prompt.yaml': PROMPT,
  'cases.csv': 'word,$case.name,$case.tags,__expected\none,one,,starts-with:I\ntwo,two,holdout,\n',
  'recordings/a.jsonl': ['one', 'two']
    .map((word) =>
      JSON.stringify({
        v: 1,
        why: { case: word, repeat: 0, role: 'answer' },
        model: 'openai/gpt-4o-mini',
        answer: { text: `I say ${word}` },
        source: 'sample',
      }),
    )
    .join('\n'),
};

test('rows of test files are cases, with their own checks; holdout cases wait for a gate', async (t) => {
  const cwd = await folderWith(t, FILES);
  const usual = await promptsmith(['eval', 'a.prompt.yaml', '--replay', '--json'], { cwd });
  assert.equal(usual.code, 0, usual.stderr);
  assert.deepEqual(
    JSON.parse(usual.stdout).cases.map((c: { id: string }) => c.id),
    ['one'],
  );
  assert.match(usual.stderr, /1 holdout case left out; --holdout includes them/);
  for (const [args, env] of [
    [['--holdout'], {}],
    [[], { CI: 'true' }],
  ] as const) {
    const all = await promptsmith(['eval', 'a.prompt.yaml', '--replay', '--json', ...args], {
      cwd,
      env,
    });
    assert.equal(all.code, 0, all.stderr);
    assert.equal(JSON.parse(all.stdout).totals.passed, 2);
    assert.equal(all.stderr, '');
  }
});

test('counts go over the rows of test files, and rules know their keys', async (t) => {
  const cwd = await folderWith(t, FILES);
  const tokens = await promptsmith(['tokens', 'a.prompt.yaml'], { cwd });
  assert.match(tokens.stdout, /over 2 cases/);
  const check = await promptsmith(['check', '--json'], { cwd });
  const { files } = JSON.parse(check.stdout);
  const ids = files[0].findings.map(({ id }: { id: string }) => id);
  assert.ok(!ids.includes('undefined-variable'), check.stdout);
  const other = await folderWith(t, { ...FILES, 'cases.csv': 'other\nx\n' });
  const missing = await promptsmith(['check', '--json'], { cwd: other });
  assert.match(missing.stdout, /undefined-variable/);
});

test('a run does not start while cases would be missing', async (t) => {
  const cwd = await folderWith(t, { ...FILES, 'cases.csv': 'word\na,b\n' });
  const { code, stderr } = await promptsmith(['eval', 'a.prompt.yaml', '--replay'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /cases\.csv:2: this row has 2 cells for 1 columns/);
  assert.match(stderr, /cases would be missing/);
});
