import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Uri } from 'vscode';
import { listPromptNodes } from '#client/registry/registry-nodes.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { folderWith } from '#test/support/cli.ts';
import { moveTo, publishSample } from '#test/support/registry.ts';

async function scene(t: Parameters<typeof folderWith>[0]) {
  const registry = new DirectoryRegistry(join(await folderWith(t, {}), 'registry'));
  await publishSample(registry, 'say', '1.0.0', null);
  await publishSample(registry, 'say', '1.1.0', '1.0.0');
  await registry.move('say', 'production', 1, moveTo('1.0.0', null));
  const history = async (name: string) => ({
    versions: await registry.versions(name),
    moves: await registry.moves(name),
  });
  return { registry, history };
}

const uri = { fsPath: '/w/say.prompt.yaml' } as Uri;

test('a prompt has a row for each version, the highest first, with its labels', async (t) => {
  const rows = await listPromptNodes(await scene(t), 'say', null);
  assert.deepEqual(
    rows.map((row) => row.kind === 'version' && [row.record.version, row.labels, row.eval]),
    [
      ['1.1.0', [], null],
      ['1.0.0', ['production'], null],
    ],
  );
});

test('a working copy that cannot be read does not hide the versions', async (t) => {
  const read = () => Promise.reject(new Error('unreadable'));
  const rows = await listPromptNodes(await scene(t), 'say', { uri, read });
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['version', 'version'],
  );
});
