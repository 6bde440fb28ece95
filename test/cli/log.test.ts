import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registryProject } from '#test/support/registry-project.ts';

test('shows publications and moves, the newest first', async (t) => {
  const { good } = await registryProject(t);
  assert.match(await good('log'), /^No entries in /);
  await good('publish', 'team/say.prompt.yaml', '-m', 'the first');
  await good('promote', 'team/say', '1.0.0', 'dev', '--why', 'a trial');
  const lines = (await good('log', 'team/say')).trimEnd().split('\n');
  assert.match(
    lines[0] ?? '',
    /^\d{4}-\d\d-\d\d \d\d:\d\d {2}team\/say {2}dev \(new\) → 1\.0\.0 {2}by \w+$/,
  );
  assert.match(lines[1] ?? '', /^ +a trial$/);
  assert.match(lines[2] ?? '', /team\/say {2}published 1\.0\.0 {2}by/);
  assert.match(lines[3] ?? '', /^ +the first$/);
  const { events } = JSON.parse(await good('log', '--json', '--since', '1d'));
  assert.deepEqual(
    events.map(({ text }: { text: string }) => text),
    ['dev (new) → 1.0.0', 'published 1.0.0'],
  );
  assert.deepEqual(JSON.parse(await good('log', '--json', '--since', '2999-01-01')).events, []);
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [['a', 'b'], /log takes one NAME/],
    [['Team'], /names are lowercase/],
    [['team/other'], /team\/other is not in the registry/],
    [['--since', 'noon'], /--since must be a time such as 12h, 1d or 2026-11-21, not "noon"/],
  ] as const) {
    const { code, stdout, stderr } = await run('log', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
