import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFileAtRevision } from '#io/git.ts';
import { folderWith } from '#test/support/cli.ts';
import { commitAll } from '#test/support/git.ts';

test('a file as it was at a revision, or why there is none', async (t) => {
  const folder = await folderWith(t, { 'a/x.prompt.yaml': 'ä: 1\r\n', 'a/y.txt': '' });
  const file = join(folder, 'a/x.prompt.yaml');
  assert.deepEqual(await readFileAtRevision(file, 'HEAD'), {
    error: 'it is not in a git repository',
  });
  commitAll(folder, 'first');
  await writeFile(file, 'ä: 2\n');
  assert.deepEqual(await readFileAtRevision(file, 'HEAD'), { text: 'ä: 1\r\n' });
  commitAll(folder, 'second');
  // As in a hook of another repository.
  process.env.GIT_DIR = join(folder, 'elsewhere');
  t.after(() => delete process.env.GIT_DIR);
  assert.deepEqual(await readFileAtRevision(file, 'HEAD'), { text: 'ä: 2\n' });
  assert.deepEqual(await readFileAtRevision(file, 'HEAD~1'), { text: 'ä: 1\r\n' });
  assert.deepEqual(await readFileAtRevision(file, 'nothing'), {
    error: 'git knows no revision nothing',
  });
  assert.deepEqual(await readFileAtRevision(join(folder, 'a/new.prompt.yaml'), 'HEAD'), {
    error: 'it did not exist at HEAD',
  });
  for (const revision of ['--output=x', '', 'HEAD:a'])
    assert.deepEqual(await readFileAtRevision(file, revision), {
      error: `"${revision}" is not a git revision`,
    });
});

test('a file that was not UTF-8 at a revision has no text', async (t) => {
  const folder = await folderWith(t, {});
  const file = join(folder, 'x.prompt.yaml');
  await writeFile(file, 'a: 1\nb: M\xfcller\n', 'latin1');
  commitAll(folder, 'first');
  assert.deepEqual(await readFileAtRevision(file, 'HEAD'), {
    error: 'at HEAD it is not UTF-8: line 2 looks like Windows-1252',
  });
});

test('reading runs no filter of the repository', async (t) => {
  const folder = await folderWith(t, { 'x.prompt.yaml': 'a: 1\n' });
  commitAll(folder, 'first');
  await mkdir(join(folder, 'ran'), { recursive: true });
  await writeFile(join(folder, '.gitattributes'), '* diff=evil filter=evil\n');
  for (const key of ['diff.evil.textconv', 'filter.evil.smudge', 'core.fsmonitor'])
    execFileSync('git', ['-C', folder, 'config', key, `touch ${folder}/ran/${key} #`]);
  const read = await readFileAtRevision(join(folder, 'x.prompt.yaml'), 'HEAD');
  assert.deepEqual(read, { text: 'a: 1\n' });
  assert.deepEqual(await readdir(join(folder, 'ran')), []);
});

test('an object that a partial clone lacks is not fetched by a program of its settings', async (t) => {
  const folder = await folderWith(t, { 'x.prompt.yaml': 'a: 1\n', 'ran/keep': '' });
  commitAll(folder, 'first');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  for (const [key, value] of [
    ['remote.origin.url', 'ssh://nowhere.invalid/x'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
    ['extensions.partialClone', 'origin'],
    ['core.repositoryFormatVersion', '1'],
    ['core.sshCommand', `touch ${folder}/ran/ssh #`],
  ] as const)
    git('config', key, value);
  const blob = git('rev-parse', 'HEAD:x.prompt.yaml');
  await rm(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
  assert.ok('error' in (await readFileAtRevision(join(folder, 'x.prompt.yaml'), 'HEAD')));
  assert.deepEqual(await readdir(join(folder, 'ran')), ['keep']);
});
