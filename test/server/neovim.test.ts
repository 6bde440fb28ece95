import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';
import { missingPackage } from '../../scripts/system-packages.mjs';

const skip = missingPackage('neovim') ?? false;

test('Neovim attaches, shows, renames and applies a fix', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-neovim-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'a.prompt.yaml');
  const report = join(folder, 'report.json');
  const example = await readFile(join(root, 'examples/flawed/reply.prompt.yaml'), 'utf8');
  // UTF-16 columns differ from bytes here.
  const text = example.replace('The customer {{customer}}', '😀 é The customer {{customer}}');
  assert.notEqual(text, example);
  await writeFile(file, text);
  const node = hasNode(22) ? await findNode(22) : process.execPath;
  const script = join(root, 'test/support/neovim.lua');
  const flags = ['--clean', '--headless', '-n', '-i', 'NONE'];
  const run = spawnSync('nvim', [...flags, '-c', `luafile ${script}`], {
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      ...process.env,
      HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
      SERVER: JSON.stringify([node, join(root, 'dist/server.cjs'), '--stdio']),
      FILE: file,
      REPORT: report,
    },
  });
  assert.equal(run.status, 0, `${run.stderr}${run.stdout}`);
  const seen = JSON.parse(await readFile(report, 'utf8'));
  assert.deepEqual(seen.logs, []);
  t.diagnostic(JSON.stringify({ ...seen, renamed: undefined, fixed: undefined }));
  const at = (code: string): number[] =>
    seen.diagnostics.flatMap((d: { code: string; line: number }) =>
      d.code === code ? [d.line] : [],
    );
  assert.deepEqual(at('parameter-spelling'), [8, 9]);
  assert.deepEqual(at('unknown-key'), [4]);
  assert.match(seen.hover, /\{\{customer\}\}.*Values in the golden cases.*Lena/s);
  assert.equal(seen.hints.length, 3);
  assert.match(seen.hints.join(), /tokens\/call · ≈ \$/);
  const lines = text.trimEnd().split('\n');
  const renamed = lines.map((line) =>
    line.replace('{{customer}}', '{{client}}').replace(/^ {4}customer:/, '    client:'),
  );
  assert.deepEqual(seen.renamed, renamed);
  assert.match(seen.action, /maxTokens/);
  assert.deepEqual(
    seen.fixed,
    renamed.map((line) => line.replace('max_tokens', 'maxTokens')),
  );
});
