import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { read } from '../repo/source-files.ts';

test('every engine that we support takes the flags without a word', async () => {
  const { code } = transformSync(read('io/v8-flags.ts'), { loader: 'ts' });
  const script = `${code}
keepYoungGenerationSmall();
makeRoomFor('x'.repeat(200_000));
keepHeapSmall();
console.log(process.versions.v8);`;
  const nodes = [process.execPath, ...(hasNode(22) ? [await findNode(22)] : [])];
  for (const node of nodes) {
    const { stdout, stderr } = spawnSync(node, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: {},
      cwd: new URL('.', pathToFileURL(node)),
    });
    assert.match(stdout, /^\d+\./);
    assert.equal(stderr, '');
  }
});
