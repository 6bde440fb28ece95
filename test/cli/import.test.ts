import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { registryProject } from '#test/support/registry-project.ts';

test('export and import verify what they move', async (t) => {
  const { cwd, good, run } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await good('eval', 'team/say.prompt.yaml', '--replay');
  await good('promote', 'team/say', 'latest', 'production');
  await good('export', '-o', 'backup.jsonl');
  const imported = await good('import', 'backup.jsonl', '--registry', './copy');
  assert.match(imported, /imported 1 version of 1 prompt, 1 label move and 1 eval/);
  const files = async (folder: string) =>
    (await readdir(join(cwd, folder), { recursive: true })).sort();
  assert.deepEqual(await files('copy'), await files('registry'));
  assert.match(await good('import', 'backup.jsonl', '--registry', './copy'), /imported 0 versions/);
  const text = await readFile(join(cwd, 'backup.jsonl'), 'utf8');
  await writeFile(join(cwd, 'changed.jsonl'), text.replace('"author":', '"author" :'));
  await writeFile(join(cwd, 'cut.jsonl'), text.slice(0, text.length / 2));
  for (const file of ['changed.jsonl', 'cut.jsonl']) {
    const refused = await run('import', file, '--registry', './third');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /cannot be imported/);
  }
  assert.equal((await readdir(cwd)).includes('third'), false);
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /import takes one FILE/],
    [['a', 'b'], /import takes one FILE/],
    [['nothing.jsonl'], /nothing\.jsonl/],
    [['team/say.csv'], /cannot be imported: it is not an exported registry/],
  ] as const) {
    const { code, stdout, stderr } = await run('import', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
