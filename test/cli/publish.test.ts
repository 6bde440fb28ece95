import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { registryProject, samplePrompt } from '#test/support/registry-project.ts';

test('a secret in a prompt or a message is not published', async (t) => {
  const { file, good, run } = await registryProject(t);
  const key = `ghp_${'a1B2'.repeat(9)}`;
  await writeFile(file, samplePrompt(`Say ${key}`));
  const refused = await run('publish', 'team/say.prompt.yaml');
  assert.match(refused.stderr, /looks like a secret \(GitHub token\)/);
  assert.equal(refused.stderr.includes(key), false);
  await writeFile(file, samplePrompt('Say'));
  await good('publish', 'team/say.prompt.yaml', '-m', 'with sk-abcdefghijklmnop1234');
  assert.doesNotMatch(await good('log', 'team/say'), /abcdefghijklmnop/);
});

test('--version and --parent', async (t) => {
  const { file, good, run } = await registryProject(t);
  const early = await run('publish', 'team/say.prompt.yaml', '--parent', '1.0.0');
  assert.equal(early.code, 2);
  assert.match(early.stderr, /team\/say is not published yet, so it has no version 1\.0\.0/);
  const first = await good('publish', 'team/say.prompt.yaml', '--version', '2.0.0');
  assert.match(first, /published team\/say@2\.0\.0 to .*\n {2}first version\n/);
  await writeFile(file, samplePrompt('Please say'));
  const moved = await run('publish', 'team/say.prompt.yaml', '--parent', '1.0.0');
  assert.match(
    moved.stderr,
    /the latest version is team\/say@2\.0\.0, not 1\.0\.0; review `promptsmith diff/,
  );
  const low = await run('publish', 'team/say.prompt.yaml', '--version', '1.9.0');
  assert.match(low.stderr, /1\.9\.0 is not higher than team\/say@2\.0\.0/);
  const next = await good('publish', 'team/say.prompt.yaml', '--version', '3.0.0', '--dry-run');
  assert.match(
    next,
    /would publish .*\n {2}minor change after 2\.0\.0, suggested 2\.1\.0, overridden\n/,
  );
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /publish takes one FILE/],
    [['team/say.prompt.yaml', '--version', 'x'], /"x" is not a version such as 1\.4\.0/],
    [['team/say.prompt.yaml', '--name', 'Team/Say'], /names are lowercase/],
  ] as const) {
    const { code, stdout, stderr } = await run('publish', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
