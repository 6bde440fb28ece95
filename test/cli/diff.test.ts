import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { commitAll } from '#test/support/git.ts';
import { registryProject, samplePrompt } from '#test/support/registry-project.ts';

test('diff of two revisions shows every prompt that changed', async (t) => {
  const { cwd, file, good, run } = await registryProject(t);
  await writeFile(file, samplePrompt('Say to {{name}}'));
  await writeFile(join(cwd, 'team/new.prompt.yaml'), samplePrompt('New'));
  commitAll(cwd, 'second');
  const shown = await good('diff', 'HEAD~1', 'HEAD');
  assert.match(shown, /team\/new\.prompt\.yaml was added/);
  assert.match(shown, /major\s+the required variable "name" was added/);
  assert.match(await good('diff', 'HEAD', 'HEAD'), /No differences/);
  assert.match(await good('diff', 'HEAD~1', 'team/say.prompt.yaml'), /major/);
  assert.match(
    (await run('diff', 'nothing')).stderr,
    /not a prompt file, a reference .* or a git revision/,
  );
});

test('--json lists changes, tokens and cost', async (t) => {
  const { file, good } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await writeFile(file, samplePrompt('Please say'));
  const { diffs, alone } = JSON.parse(await good('diff', 'team/say.prompt.yaml', '--json'));
  assert.deepEqual(alone, []);
  assert.equal(diffs.length, 1);
  const [{ from, to, bump, changes, tokens }] = diffs;
  assert.deepEqual([from, to, bump], ['team/say@1.0.0', 'team/say.prompt.yaml', 'minor']);
  assert.equal(changes[0].text, 'the wording of the user message (1) changed');
  assert.equal(tokens.to - tokens.from, 1);
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /diff takes one or two operands/],
    [['a', 'b', 'c'], /diff takes one or two operands/],
    [['team/say@9.9.9'], /not in the registry/],
    [['team/say@a b'], /not allowed/],
  ] as const) {
    const { code, stdout, stderr } = await run('diff', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
