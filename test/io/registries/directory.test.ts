import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { folderWith } from '#test/support/cli.ts';
import { moveTo, publishSample, recordOf, refusal, sampleBundle } from '#test/support/registry.ts';
import { registryContract } from '#test/support/registry-contract.ts';
import { root } from '../../../scripts/process.mjs';

registryContract({
  name: 'directory',
  address: async (t) => join(await folderWith(t, {}), 'registry'),
  open: async (address) => new DirectoryRegistry(address),
});

async function registryIn(
  t: TestContext,
): Promise<{ folder: string; registry: DirectoryRegistry }> {
  const folder = join(await folderWith(t, {}), 'registry');
  return { folder, registry: new DirectoryRegistry(folder) };
}

test('the layout reads well in a pull request', async (t) => {
  const { folder, registry } = await registryIn(t);
  await publishSample(registry, 'team/say', '1.0.0', null);
  await registry.move('team/say', 'production', 1, moveTo('1.0.0', null));
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
  const blobs = files.filter((file) => file.includes('blobs'));
  assert.equal(blobs.length, 2);
  assert.deepEqual(
    files.filter((file) => !file.includes('blobs')),
    [
      '.gitattributes',
      '.gitignore',
      'team/say/labels/production/1.json',
      'team/say/versions/1.0.0.json',
      'team/say/versions/1.0.0.yaml',
    ],
  );
});

test('two branches that publish different versions merge; the same version conflicts visibly', async (t) => {
  const home = await folderWith(t, {});
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', home, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  const registry = new DirectoryRegistry(join(home, 'registry'));
  const commit = (message: string) => {
    git('add', '--all');
    assert.equal(git('commit', '--quiet', '--message', message).status, 0);
  };
  git('init', '--quiet', '--initial-branch=main');
  await publishSample(registry, 'a', '1.0.0', null);
  await registry.move('a', 'dev', 1, moveTo('1.0.0', null));
  commit('base');
  git('checkout', '--quiet', '-b', 'other');
  await publishSample(registry, 'a', '1.1.0', '1.0.0');
  await registry.move('a', 'staging', 1, moveTo('1.1.0', null));
  await publishSample(registry, 'b', '1.0.0', null);
  commit('other');
  git('checkout', '--quiet', 'main');
  await publishSample(registry, 'a', '1.2.0', '1.0.0');
  await registry.move('a', 'production', 1, moveTo('1.2.0', null));
  commit('main');
  const merged = git('merge', '--quiet', '--no-edit', 'other');
  assert.equal(merged.status, 0, merged.stdout + merged.stderr);
  assert.deepEqual(
    (await registry.versions('a')).map(({ version }) => version),
    ['1.2.0', '1.1.0', '1.0.0'],
  );
  assert.equal((await registry.moves('a')).length, 3);
  assert.equal((await registry.list()).length, 2);

  git('checkout', '--quiet', '-b', 'third');
  await publishSample(registry, 'a', '1.3.0', '1.2.0', 'left');
  commit('third');
  git('checkout', '--quiet', 'main');
  await publishSample(registry, 'a', '1.3.0', '1.2.0', 'right');
  commit('main again');
  const clash = git('merge', '--no-edit', 'third');
  assert.equal(clash.status, 1);
  assert.match(clash.stdout, /CONFLICT \(add\/add\).*versions\/1\.3\.0\.(?:json|yaml)/);
  await assert.rejects(registry.versions('a'), refusal('corrupt', /merge conflict/));
  assert.equal((await registry.bundle('a', '1.2.0')).text.includes('Say 1.2.0'), true);
});

test('what git or an editor left, and half of a publication, is no version', async (t) => {
  const { folder, registry } = await registryIn(t);
  const versions = join(folder, 'a/versions');
  await mkdir(versions, { recursive: true });
  await writeFile(join(versions, '1.0.0.yaml'), 'cut off');
  await writeFile(join(versions, '.tmp-1-2'), 'half');
  await writeFile(join(versions, 'README.md'), 'hello');
  assert.deepEqual(await registry.versions('a'), []);
  assert.deepEqual(await registry.list(), []);
  await publishSample(registry, 'a', '1.0.0', null, 'whole');
  assert.match((await registry.bundle('a', '1.0.0')).text, /Say whole/);
});

test('a changed text, record or file is noticed', async (t) => {
  const { folder, registry } = await registryIn(t);
  const { files } = await publishSample(registry, 'a', '1.0.0', null);
  const at = (path: string) => join(folder, 'a', path);
  const text = await readFile(at('versions/1.0.0.yaml'), 'utf8');
  await writeFile(at('versions/1.0.0.yaml'), `${text} `);
  await assert.rejects(registry.bundle('a', '1.0.0'), refusal('corrupt', /hash does not match/));
  await writeFile(at('versions/1.0.0.yaml'), text);
  const blob = at(`blobs/${files[0]?.sha256.slice(7)}`);
  await writeFile(blob, 'other');
  await assert.rejects(registry.bundle('a', '1.0.0'), refusal('corrupt', /cases\.csv/));
  await cp(at('versions/1.0.0.json'), at('versions/2.0.0.json'));
  await assert.rejects(registry.versions('a'), refusal('corrupt', /contains version 1\.0\.0/));
});

test('a record of a newer Promptsmith is refused and the rest stays readable', async (t) => {
  const { folder, registry } = await registryIn(t);
  await publishSample(registry, 'a', '1.0.0', null);
  await publishSample(registry, 'b', '1.0.0', null);
  await registry.move('b', 'production', 1, moveTo('1.0.0', null));
  const path = join(folder, 'a/versions/1.0.0.json');
  const record = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...record, v: 2 }));
  await assert.rejects(registry.versions('a'), refusal('newer', /newer Promptsmith \(v 2\)/));
  const move = join(folder, 'b/labels/production/1.json');
  await writeFile(move, JSON.stringify({ v: 3, version: '1.0.0' }));
  const [, b] = await registry.list();
  assert.match(b?.problem ?? '', /newer Promptsmith \(v 3\)/);
  // Unknown keys of this version are kept.
  await writeFile(path, JSON.stringify({ ...record, later: 1 }));
  assert.equal((await registry.versions('a'))[0]?.version, '1.0.0');
});

test('links lead nowhere', async (t) => {
  const { folder, registry } = await registryIn(t);
  await publishSample(registry, 'a', '1.0.0', null);
  const outside = await folderWith(t, {});
  await symlink(outside, join(folder, 'out'));
  await mkdir(join(folder, 'c'));
  await symlink(outside, join(folder, 'c/versions'));
  for (const name of ['out', 'out/x', 'c'])
    await assert.rejects(publishSample(registry, name, '1.0.0', null), refusal('invalid', /link/));
  assert.deepEqual(await readdir(outside), []);
  assert.deepEqual(
    (await registry.list()).map(({ name }) => name),
    ['a'],
  );
});

test('a lock of a dead process, or an old one of another machine, does not count', async (t) => {
  const { folder, registry } = await registryIn(t);
  await publishSample(registry, 'a', '1.0.0', null);
  const lock = join(folder, 'a/.publish-lock');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  await writeFile(lock, JSON.stringify({ pid: dead, host: hostname() }));
  await publishSample(registry, 'a', '1.1.0', '1.0.0');
  await writeFile(lock, JSON.stringify({ pid: 1, host: 'another machine' }));
  const old = new Date(Date.now() - 3_600_000);
  await utimes(lock, old, old);
  await publishSample(registry, 'a', '1.2.0', '1.1.0');
  assert.equal(
    (await readdir(join(folder, 'a'))).some((name) => name.includes('lock')),
    false,
  );
});

test('a full disk changes nothing and is said', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { folder, registry } = await registryIn(t);
  await publishSample(registry, 'a', '1.0.0', null);
  // The system refuses files above 8 KiB, as a disk does that has no more room.
  const made = sampleBundle('x'.repeat(20_000));
  const script = `
    import { DirectoryRegistry } from ${JSON.stringify(join(root, 'io/registries/directory.ts'))};
    process.on('SIGXFSZ', () => {});
    const { record, bundle } = JSON.parse(process.argv[1]);
    const registry = new DirectoryRegistry(process.argv[2]);
    await registry.publish('a', record, bundle).catch((error) => console.log(error.kind, error.message));
  `;
  const input = JSON.stringify({ record: recordOf(made, '1.1.0', '1.0.0'), bundle: made.bundle });
  const output = execFileSync(
    'sh',
    [
      '-c',
      'ulimit -f 8; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
      input,
      folder,
    ],
    { encoding: 'utf8', cwd: root },
  );
  assert.match(output, /^full .*disk is full: nothing was changed/);
  assert.deepEqual(
    (await registry.versions('a')).map(({ version }) => version),
    ['1.0.0'],
  );
  const left = await readdir(folder, { recursive: true });
  assert.equal(
    left.some((name) => name.includes('.tmp-') || name.includes('lock')),
    false,
  );
});

test('a folder that is a file, and one without rights, is said', async (t) => {
  const folder = await folderWith(t, { registry: 'a file' });
  const registry = new DirectoryRegistry(join(folder, 'registry'));
  await assert.rejects(registry.list(), refusal('invalid', /is a file where a folder is needed/));
  await assert.rejects(publishSample(registry, 'a', '1.0.0', null), refusal('invalid'));
  assert.equal(await readFile(join(folder, 'registry'), 'utf8'), 'a file');
});
