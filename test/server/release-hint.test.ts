import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { InlayHint } from 'vscode-languageserver-protocol';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import type { Registry } from '#core/registry/registry.ts';
import { pathToUri } from '#io/files.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { getSnapshotPath, readReleasedVersion } from '#io/registries/snapshot.ts';
import { folderWith } from '#test/support/cli.ts';
import { inProcess, type LspClient } from '#test/support/lsp-client.ts';
import { moveTo, recordOf } from '#test/support/registry.ts';

const TEXT = `name: Say
model: openai/gpt-4o-mini
modelParameters: { maxTokens: 10 }
messages:
  - { role: system, content: Be brief. }
  - { role: user, content: "Say {{word}}" }
`;

async function publish(registry: Registry, text: string, version: string, parent: string | null) {
  const made = makeBundle(parsePrompt(text), [], [], {});
  await registry.publish('say', recordOf(made, version, parent), made.bundle);
}

/** Waits for the first hint with a matching label. */
async function hint(client: LspClient, uri: string, fits: RegExp): Promise<InlayHint> {
  const refreshed = () => client.asked.filter((one) => one.includes('inlayHint')).length;
  for (;;) {
    const before = refreshed();
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', uri, { range });
    const found = hints.find(({ label }) => fits.test(String(label)));
    if (found) return found;
    await client.until(() => refreshed() > before);
  }
}

async function opened(folder: string): Promise<{ client: LspClient; uri: string }> {
  const client = await inProcess({ folder });
  const uri = pathToUri(join(folder, 'say.prompt.yaml'));
  await client.open(uri, TEXT);
  return { client, uri };
}

test('the hint shows how the file differs from production, and follows the registry', async (t) => {
  const folder = await folderWith(t, { '.promptsmith.yaml': '', 'say.prompt.yaml': TEXT });
  const registry = new DirectoryRegistry(join(folder, 'registry'));
  await publish(registry, TEXT, '1.3.0', null);
  await registry.move('say', 'production', 1, moveTo('1.3.0', null));
  const { client, uri } = await opened(folder);
  const same = await hint(client, uri, /^production/);
  assert.equal(same.label, 'production 1.3.0 · unchanged');
  assert.deepEqual(same.position, { line: 0, character: 'name: Say'.length });

  await client.change(
    uri,
    TEXT.replace('Say {{word}}', 'Please say the word {{word}}').replace(': 10', ': 20'),
  );
  const differs = await hint(client, uri, /changed.*tokens/);
  assert.match(
    String(differs.label),
    /^production 1\.3\.0 · changed: 1 message, 1 parameter, \+3 tokens, \+\$[\d.]+ per call$/,
  );
  assert.match(JSON.stringify(differs.tooltip), /minor: the wording of the user message/);

  await publish(registry, TEXT.replace('brief', 'very brief'), '1.4.0', '1.3.0');
  await registry.move('say', 'production', 2, moveTo('1.4.0', '1.3.0'));
  const changed = pathToUri(join(folder, 'registry/say/labels/production/2.json'));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: changed, type: 1 }],
  });
  assert.match(String((await hint(client, uri, /1\.4\.0/)).label), /changed: 2 messages/);
});

test('the snapshot of a remote registry is read, and a broken one is ignored', async (t) => {
  const settings = 'registry: postgres://app:${env:PW}@127.0.0.1:1/x\n';
  const folder = await folderWith(t, { '.promptsmith.yaml': settings, 'say.prompt.yaml': TEXT });
  const other = new DirectoryRegistry(join(await folderWith(t, {}), 'registry'));
  await publish(other, TEXT, '2.0.0', null);
  const snapshot = { v: 1, at: '', prompts: { say: await readReleasedVersion(other, 'say') } };
  await mkdir(join(folder, '.promptsmith'));
  await writeFile(getSnapshotPath(folder), '{ broken');
  const { client, uri } = await opened(folder);
  await hint(client, uri, /tokens/);
  await writeFile(getSnapshotPath(folder), JSON.stringify(snapshot));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: pathToUri(getSnapshotPath(folder)), type: 2 }],
  });
  assert.equal((await hint(client, uri, /2\.0\.0/)).label, 'latest 2.0.0 · unchanged');
});
