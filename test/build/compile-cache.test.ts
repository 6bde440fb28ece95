import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import packageJson from '#package.json' with { type: 'json' };
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';

let folder: string;
/** The newest Node that we test on, and the oldest that we support. */
const nodes = [process.execPath, ...(hasNode(22) ? [await findNode(22)] : [])];

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'promptsmith-compile-'));
});
after(() => rmSync(folder, { recursive: true }));

/** What the cache says of the file, with the user's caches in `cache`; the output must be as ever. */
function versionWith(cache: string, node: string): string {
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'dist/cli.cjs'), '--version'], {
    encoding: 'utf8',
    env: { ...process.env, ...homes(cache), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
  });
  const isCacheLine = (line: string) => line.startsWith('[compile cache]');
  const lines = stdout.split('\n').filter((line) => !isCacheLine(line));
  assert.deepEqual(lines, [`promptsmith ${packageJson.version}`, '']);
  assert.equal(status, 0);
  return `${stdout}${stderr}`.split('\n').filter(isCacheLine).join('\n');
}

function homes(cache: string): NodeJS.ProcessEnv {
  return { HOME: cache, LOCALAPPDATA: cache, XDG_CACHE_HOME: cache };
}

/** The files with compiled code below a folder. */
function filesIn(cache: string): string[] {
  const names = readdirSync(cache, { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(cache, name)).filter((path) => statSync(path).isFile());
}

function emptyFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

const isAccepted = /dist.cli-main\.cjs was accepted/;

for (const node of nodes) {
  const { stdout: version } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const name = version.trim();

  test(`${name}: the second start of the command line takes its code from the cache`, () => {
    const cache = emptyFolder(`twice-${name}`);
    assert.doesNotMatch(versionWith(cache, node), isAccepted);
    for (const path of filesIn(cache)) assert.match(path, /promptsmith.compile-cache/);
    assert.match(versionWith(cache, node), isAccepted);
  });

  test(`${name}: the second start of the language server does, too`, () => {
    const cache = emptyFolder(`server-${name}`);
    const message = '{"jsonrpc":"2.0","method":"exit"}';
    const start = () => {
      const { stdout, stderr } = spawnSync(node, [join(root, 'dist/server.cjs'), '--stdio'], {
        encoding: 'utf8',
        input: `Content-Length: ${message.length}\r\n\r\n${message}`,
        env: { ...process.env, ...homes(cache), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
      });
      return `${stdout}${stderr}`;
    };
    const isServerAccepted = /dist.server-main\.cjs was accepted/;
    assert.doesNotMatch(start(), isServerAccepted);
    assert.match(start(), isServerAccepted);
  });

  test(`${name}: damaged files of the cache do no harm, and are replaced`, () => {
    const cache = emptyFolder(`damaged-${name}`);
    versionWith(cache, node);
    const whole = filesIn(cache);
    assert.ok(whole.length > 0);
    const damages: ((path: string) => string | Buffer)[] = [
      () => '',
      () => 'no code at all',
      (path) => readFileSync(path).subarray(0, 5000),
      (path) => readFileSync(path).fill(0x5a, 100, 60_000),
      (path) => Buffer.alloc(readFileSync(path).length, 0xff),
    ];
    for (const damage of damages) {
      for (const path of whole) writeFileSync(path, damage(path));
      assert.doesNotMatch(versionWith(cache, node), isAccepted);
      assert.match(versionWith(cache, node), isAccepted);
    }
  });

  test(`${name}: a folder that cannot be made or written does no harm`, () => {
    const cache = emptyFolder(`file-${name}`);
    for (const path of ['promptsmith', 'Library']) writeFileSync(join(cache, path), 'a file');
    assert.doesNotMatch(versionWith(cache, node), isAccepted);
    // Nobody, root neither, makes a folder there.
    if (process.platform === 'linux')
      assert.doesNotMatch(versionWith('/sys/nowhere', node), isAccepted);
    const closed = emptyFolder(`closed-${name}`);
    chmodSync(closed, 0o555);
    versionWith(closed, node);
    chmodSync(closed, 0o755);
  });

  test(`${name}: what was kept and can no longer be written is still read`, () => {
    const cache = emptyFolder(`kept-${name}`);
    versionWith(cache, node);
    const inner = new Set(filesIn(cache).map((path) => join(path, '..')));
    for (const path of inner) chmodSync(path, 0o555);
    assert.match(versionWith(cache, node), isAccepted);
    for (const path of inner) chmodSync(path, 0o755);
  });
}

test('the program starts where no cache folder can be made', {
  skip: process.platform !== 'linux',
}, () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'dist/cli.cjs'), '--version'],
    {
      encoding: 'utf8',
      env: { ...process.env, ...homes('/proc/missing') },
      timeout: 20_000,
    },
  );
  assert.deepEqual(
    { status, stdout },
    { status: 0, stdout: `promptsmith ${packageJson.version}\n` },
  );
});
