import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { read } from '../repo/source-files.ts';

test('the engines that it is for, and those that it is not for, take it without a word', async () => {
  const { code } = transformSync(read('io/v8-flags.ts'), { loader: 'ts' });
  const script = `${code}\noptimiseLater();\nconsole.log(process.versions.v8);`;
  const nodes = [process.execPath, ...(hasNode(20) ? [await findNode(20)] : [])];
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
