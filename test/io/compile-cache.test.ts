import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileCacheFolder } from '#io/compile-cache.ts';
import { root } from '../../scripts/process.mjs';

const options = { skip: process.platform === 'win32' ? 'the paths are those of POSIX' : false };

test('compiled code lies in a folder of ours below the cache folder of the user', options, () => {
  const own = join('promptsmith', 'compile-cache');
  const cases = [
    [{}, 'linux', `/home/ada/.cache/${own}`],
    [{ XDG_CACHE_HOME: '/var/ada' }, 'linux', `/var/ada/${own}`],
    [{ XDG_CACHE_HOME: 'relative' }, 'linux', `/home/ada/.cache/${own}`],
    [{ XDG_CACHE_HOME: '' }, 'freebsd', `/home/ada/.cache/${own}`],
    [{ XDG_CACHE_HOME: '/var/ada' }, 'darwin', `/home/ada/Library/Caches/${own}`],
    [{ LOCALAPPDATA: '/local' }, 'win32', `/local/${own}`],
    [{}, 'win32', null],
  ] as const;
  for (const [env, platform, folder] of cases)
    assert.equal(compileCacheFolder(env, platform, '/home/ada'), folder, `${platform} ${folder}`);
});

test('without an absolute home folder nothing is kept', options, () => {
  assert.equal(compileCacheFolder({}, 'linux', ''), null);
});

test('a process that is killed has written its compiled code before', options, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'promptsmith-compile-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const module = join(folder, 'module.cjs');
  writeFileSync(module, 'module.exports = () => 42;');
  const code = `
    import { existsSync, readdirSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import { compileCacheFolder, keepCompiledCode, writeCompiledCodeAfter } from '#io/compile-cache.ts';
    keepCompiledCode();
    createRequire(import.meta.url)(process.argv[1])();
    writeCompiledCodeAfter(1);
    const folder = compileCacheFolder();
    setInterval(() => {
      const files = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
      if (files.some((name) => /[\\/][0-9a-f]+$/.test(name))) process.kill(process.pid, 'SIGKILL');
    }, 5);`;
  const env = { ...process.env, HOME: folder, XDG_CACHE_HOME: folder };
  const args = ['--input-type=module', '--eval', code, module];
  const run = spawnSync(process.execPath, args, {
    cwd: root,
    env,
    timeout: 30_000,
    killSignal: 'SIGTERM',
  });
  assert.equal(run.signal, 'SIGKILL', String(run.stderr));
  assert.ok(readdirSync(folder, { recursive: true }).length > 3);
});
