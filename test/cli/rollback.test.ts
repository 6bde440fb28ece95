import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registryProject } from '#test/support/registry-project.ts';

test('moves a label back, and says from where to where', async (t) => {
  const { good } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await good('publish', 'team/say.prompt.yaml', '--version', '1.1.0');
  await good('promote', 'team/say', '1.0.0', 'dev');
  await good('promote', 'team/say', '1.1.0', 'dev');
  const json = JSON.parse(await good('rollback', 'team/say', 'dev', '--why', 'too long', '--json'));
  assert.deepEqual(json, { v: 1, name: 'team/say', label: 'dev', from: '1.1.0', version: '1.0.0' });
  assert.match(
    await good('log', 'team/say'),
    /dev 1\.1\.0 → 1\.0\.0 \(rolled back\).*\n\s+too long/,
  );
});

test('a label without an earlier version stays', async (t) => {
  const { good, run } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await good('promote', 'team/say', '1.0.0', 'dev');
  const { code, stderr } = await run('rollback', 'team/say', 'dev');
  assert.equal(code, 2);
  assert.match(
    stderr,
    /dev of team\/say has only ever pointed to 1\.0\.0: there is no version to roll back to\.\n$/,
  );
  assert.match((await run('rollback', 'team/say', 'qa')).stderr, /team\/say has no label qa/);
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /rollback takes NAME LABEL/],
    [['team/say', 'dev', 'x'], /rollback takes NAME LABEL/],
    [['team/say', '1.0'], /looks like a version/],
    [['Team', 'dev'], /names are lowercase/],
  ] as const) {
    const { code, stdout, stderr } = await run('rollback', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
