import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { SafeFixesResult } from '#core/protocol.ts';
import { findPromptFiles, uriToPath } from '#io/files.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { inProcess } from '#test/support/lsp-client.ts';
import { ruleFiles } from '#test/support/rule-files.ts';
import { root } from '../../scripts/process.mjs';

test('check --fix changes files as Fix All Safe in Workspace does', async (t) => {
  const folder = await folderWith(t, ruleFiles());
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  const paths: string[] = [];
  for await (const path of findPromptFiles([folder])) paths.push(path);
  const before = new Map<string, string>();
  for (const path of paths) before.set(path, await readFile(path, 'utf8'));

  const client = await inProcess({ folder });
  const seen = () => new Set(client.published.map(({ uri }) => uriToPath(uri)));
  await client.until(() => paths.every((path) => seen().has(path)));
  const fixes = await client.connection.sendRequest<SafeFixesResult>('promptsmith/safeFixes', {});
  const edited = new Map(before);
  for (const { uri, edits } of fixes) {
    const path = uriToPath(uri) ?? '';
    const document = TextDocument.create(uri, 'yaml', 0, before.get(path) ?? '');
    edited.set(path, TextDocument.applyEdits(document, [...edits]));
  }
  assert.ok(fixes.length > 5, `${fixes.length} files have safe fixes`);

  await promptsmith(['check', '--fix', '--fail-on', 'never'], { cwd: folder });
  for (const path of paths) assert.equal(await readFile(path, 'utf8'), edited.get(path), path);
});
