import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { registryProject } from '#test/support/registry-project.ts';

test('show prints the exact file, or the messages that an application sends', async (t) => {
  const { file, good, run } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  assert.equal(await good('show', 'team/say@latest'), await readFile(file, 'utf8'));
  assert.deepEqual(JSON.parse(await good('show', 'team/say', '--format', 'messages')), [
    { role: 'user', content: 'Say {{word}}' },
  ]);
  assert.match((await run('show', 'team/say@production')).stderr, /no label production/);
  assert.match((await run('show', '../x@1.0.0')).stderr, /is a path, not a name/);
  assert.match(await good('list', '--published'), /team\/say\s+no label\n1 prompt in/);
});

test('--json prints the record and the whole bundle', async (t) => {
  const { file, good } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  const { name, record, text, files } = JSON.parse(await good('show', 'team/say', '--json'));
  assert.deepEqual([name, record.version], ['team/say', '1.0.0']);
  assert.equal(text, await readFile(file, 'utf8'));
  assert.equal(files[0].path, 'team/say.csv');
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /show takes one REF/],
    [['team/say', 'x'], /show takes one REF/],
    [['team/say', '--format', 'yaml'], /--format must be one of text, messages, json/],
  ] as const) {
    const { code, stdout, stderr } = await run('show', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
