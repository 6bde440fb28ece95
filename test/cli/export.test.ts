import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { registryProject } from '#test/support/registry-project.ts';

test('prints a header, every entry, and a hash of them', async (t) => {
  const { cwd, good } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  const text = await good('export');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines[0], { v: 1, t: 'promptsmith-registry' });
  assert.deepEqual(
    [lines[1].t, lines[1].name, lines[1].record.version],
    ['version', 'team/say', '1.0.0'],
  );
  assert.deepEqual([lines.at(-1).t, lines.at(-1).entries], ['end', lines.length - 2]);
  assert.match(lines.at(-1).sha256, /^[0-9a-f]{64}$/);
  await good('export', '-o', 'backup.jsonl');
  assert.equal(await readFile(join(cwd, 'backup.jsonl'), 'utf8'), text);
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [['backup.jsonl'], /export takes no operands; use --output for the file/],
    [['--json'], /Unknown option --json/],
  ] as const) {
    const { code, stdout, stderr } = await run('export', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
