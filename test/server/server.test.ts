import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Hover, InlayHint, WorkspaceEdit } from 'vscode-languageserver';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { lint } from '#core/lint/engine/lint.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { pathToUri } from '#io/files.ts';
import type { Feature } from '#server/feature.ts';
import { createDocumentHandler } from '#server/feature.ts';
import { features } from '#server/features/index.ts';
import { inProcess, type LspClient } from '#test/support/lsp-client.ts';

const URI = 'file:///nowhere/a.prompt.yaml';
const PROMPT = `name: a
model: openai/gpt-4o-mini
messages:
  - role: user
    content: Tell me about {{topic}}, please.
testData:
  - topic: tea
`;

async function folderWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-server-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const codes = (diagnostics: readonly { code?: unknown }[]): unknown[] =>
  diagnostics.map(({ code }) => code);

/** Resolves when models and token tables are loaded, which refreshes the hints. */
const loaded = (client: LspClient): Promise<void> =>
  client.until(() => client.asked.includes('workspace/inlayHint/refresh'));

test('diagnostics have the version, follow every change and are removed on close', async () => {
  const client = await inProcess();
  assert.deepEqual(
    codes(await client.open(URI, 'modle: x\nmessages: []\n')).includes('unknown-key'),
    true,
  );
  const version = await client.change(URI, 'model', {
    start: { line: 0, character: 0 },
    end: { line: 0, character: 5 },
  });
  assert.equal(version, 2);
  assert.equal(codes(await client.diagnostics(URI, 2)).includes('unknown-key'), false);
  await client.close(URI);
  await client.until(() => client.published.at(-1)?.version === undefined);
  assert.deepEqual(client.published.at(-1), { uri: URI, diagnostics: [] });
});

test('only the last of several queued changes is checked', async () => {
  const client = await inProcess();
  await client.open(URI, PROMPT);
  await loaded(client);
  const before = client.published.length;
  for (let i = 0; i < 50; i++) void client.change(URI, `${PROMPT}# ${i}\n`);
  await client.diagnostics(URI, 51);
  const versions = client.published.slice(before).map(({ version }) => version);
  assert.equal(versions.at(-1), 51);
  assert.ok(versions.length <= 3, `${versions}`);
});

test('models and counts load after the first diagnostics, which are then published again', async () => {
  const client = await inProcess();
  const first = await client.open(URI, PROMPT.replace('gpt-4o-mini', 'gpt-4o-minni'));
  assert.equal(codes(first).includes('unknown-model'), false);
  await loaded(client);
  await client.until(() =>
    codes(client.published.at(-1)?.diagnostics ?? []).includes('unknown-model'),
  );
  assert.equal(client.published.at(-1)?.version, 1);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', URI, { range });
  assert.ok(hints.length > 0);
});

test('settings: the project file overrides the client, and changes do not need a restart', async (t) => {
  const folder = await folderWith(t, {
    '.promptsmith.yaml': 'rules:\n  unknown-key: { severity: hint }\n',
    'a.prompt.yaml': 'modle: x\nmessages: []\n',
  });
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const client = await inProcess({
    settings: { hints: { tokens: false, cost: false, context: false } },
  });
  const severity = (): number | undefined =>
    client.published
      .findLast((p) => p.uri === uri)
      ?.diagnostics.find((d) => d.code === 'unknown-key')?.severity;
  await client.open(
    uri,
    'modle: x\nmodel: openai/gpt-4o\nmessages:\n  - role: user\n    content: x\n',
  );
  assert.equal(severity(), 4);
  await writeFile(join(folder, '.promptsmith.yaml'), 'rules:\n  unknown-key: error\n');
  const changes = [{ uri: pathToUri(join(folder, '.promptsmith.yaml')), type: 2 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await client.until(() => severity() === 1);

  await loaded(client);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  assert.deepEqual(await client.request('textDocument/inlayHint', uri, { range }), []);
  client.settings = {};
  const refreshes = client.asked.filter((m) => m === 'workspace/inlayHint/refresh').length;
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(
    () => client.asked.filter((m) => m === 'workspace/inlayHint/refresh').length > refreshes,
  );
  assert.equal(
    (await client.request<InlayHint[]>('textDocument/inlayHint', uri, { range })).length,
    2,
  );
});

test('an invalid setting is reported in the settings file', async () => {
  const client = await inProcess();
  const diagnostics = await client.open(
    'file:///nowhere/.promptsmith.yaml',
    'mode: loud\n',
    'yaml',
  );
  assert.deepEqual(codes(diagnostics), ['settings']);
});

test('the code of a diagnostic links to a page only in a client that opens rule pages', async () => {
  const uri = 'file:///nowhere/.promptsmith.yaml';
  const plain = await inProcess();
  const [without] = await plain.open(uri, 'mode: loud\n', 'yaml');
  assert.equal(without?.codeDescription, undefined);
  const able = await inProcess({ initializationOptions: { rulePage: 'page:/{id}.md' } });
  const [linked] = await able.open(uri, 'mode: loud\n', 'yaml');
  assert.deepEqual(linked?.codeDescription, { href: 'page:/settings.md' });
});

test('hovering over a finding explains its rule in a client that does not open rule pages', async () => {
  const text = 'messages:\n  - role: user\n    content: Hi.\ntemprature: 1\n';
  const position = { line: 3, character: 2 };
  const plain = await inProcess();
  await plain.open(URI, text);
  const hover = await plain.request<Hover>('textDocument/hover', URI, { position });
  assert.match((hover.contents as { value: string }).value, /\*\*`unknown-key`\*\* — /);
  const able = await inProcess({ initializationOptions: { rulePage: 'page:/{id}.md' } });
  await able.open(URI, text);
  assert.equal(await able.request('textDocument/hover', URI, { position }), null);
});

test('initializationOptions provide the settings of a client without workspace/configuration', async () => {
  const client = await inProcess({
    capabilities: { workspace: { inlayHint: { refreshSupport: true } } },
    initializationOptions: { settings: { hints: { tokens: false, cost: false, context: false } } },
  });
  await client.open(URI, PROMPT);
  await loaded(client);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  assert.deepEqual(await client.request('textDocument/inlayHint', URI, { range }), []);
  assert.deepEqual(
    client.asked.filter((m) => m !== 'workspace/inlayHint/refresh'),
    [],
  );
});

test('an exception in a feature affects only that response and is logged with its stack', async () => {
  const broken: Feature = {
    name: 'broken',
    capabilities: () => ({ hoverProvider: true }),
    register: (context) =>
      context.connection.onHover(
        createDocumentHandler(context, 'broken', null, () => {
          throw new TypeError('no luck');
        }),
      ),
  };
  const rest = features.filter(({ name }) => name !== 'hover');
  const client = await inProcess({ parts: { features: [...rest, broken] } });
  await client.open(URI, PROMPT);
  const position = { line: 0, character: 1 };
  assert.equal(await client.request('textDocument/hover', URI, { position }), null);
  await client.until(() => client.logged.length > 0);
  assert.match(client.logged.join(), /broken: TypeError: no luck\n +at /);
  assert.ok(await client.request('textDocument/completion', URI, { position }));
});

test('a canceled request ends with the error code of the protocol', async () => {
  const client = await inProcess();
  await client.open(URI, PROMPT);
  const source = new CancellationTokenSource();
  const position = { line: 0, character: 1 };
  const params = { textDocument: { uri: URI }, position };
  const answer = client.connection.sendRequest('textDocument/hover', params, source.token);
  source.cancel();
  await assert.rejects(answer, { code: -32800 });
  assert.ok(await client.request('textDocument/hover', URI, { position }));
});

test('requests about files that are not open or not prompts get empty responses', async () => {
  const client = await inProcess();
  const other = 'file:///nowhere/notes.yaml';
  assert.deepEqual(await client.open(other, 'a: [\n', 'yaml'), []);
  for (const uri of [other, 'file:///nowhere/closed.prompt.yaml']) {
    const position = { line: 0, character: 0 };
    assert.equal(await client.request('textDocument/hover', uri, { position }), null);
    assert.deepEqual(await client.request('textDocument/definition', uri, { position }), []);
  }
  assert.deepEqual(client.logged, []);
});

test('rename returns versioned edits and rejects an invalid name with a message', async () => {
  const client = await inProcess();
  await client.open(URI, PROMPT);
  const position = { line: 4, character: 30 };
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', URI, {
    position,
    newName: 'subject',
  });
  assert.deepEqual(
    edit.documentChanges?.map((c) => 'textDocument' in c && [c.textDocument, c.edits.length]),
    [[{ uri: URI, version: 1 }, 2]],
  );
  await assert.rejects(
    client.request('textDocument/rename', URI, { position, newName: 'a: b' }),
    /letters, digits/,
  );
});

test('closed prompt files are checked in the background with progress, and again when they change', async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`p/${i}.prompt.yaml`, 'modle: x\nmessages: []\n']),
  );
  const folder = await folderWith(t, {
    ...files,
    '.promptsmith.yaml': 'ignore: ["skip/**"]\n',
    'skip/x.prompt.yaml': 'modle: x\n',
  });
  const client = await inProcess({ folder });
  const uri = pathToUri(join(folder, 'p/0.prompt.yaml'));
  await client.open(uri, PROMPT);
  const seen = (): Set<string> =>
    new Set(
      client.published.filter((p) => p.diagnostics.length > 0 && p.uri !== uri).map((p) => p.uri),
    );
  await client.until(() => seen().size === 29);
  await client.until(() => client.asked.includes('progress end'));
  assert.ok(client.published.filter((p) => p.uri !== uri).every((p) => p.version === undefined));
  assert.ok(![...seen()].some((one) => one.includes('skip')));

  const gone = pathToUri(join(folder, 'p/7.prompt.yaml'));
  await rm(join(folder, 'p/7.prompt.yaml'));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: gone, type: 3 }],
  });
  await client.until(
    () => client.published.findLast((p) => p.uri === gone)?.diagnostics.length === 0,
  );
  await client.close(uri);
  await client.until(
    () => (client.published.findLast((p) => p.uri === uri)?.diagnostics.length ?? 0) > 0,
  );
});

test('test files provide values and are read again when they change', async (t) => {
  const folder = await folderWith(t, { 'cases.csv': 'other\n1\n', '.promptsmith.yaml': '' });
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const text = PROMPT.replace('testData:\n  - topic: tea\n', 'testFiles: [cases.csv]\n');
  const client = await inProcess();
  const missing = (): boolean =>
    codes(client.published.findLast((p) => p.uri === uri)?.diagnostics ?? []).includes(
      'undefined-variable',
    );
  await client.open(uri, text);
  await client.until(missing);
  await writeFile(join(folder, 'cases.csv'), 'topic\n1\n');
  const changes = [{ uri: pathToUri(join(folder, 'cases.csv')), type: 2 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await client.until(() => !missing());
});

test('a deleted file is not a prompt of the workspace while it is open, until it is created again', async (t) => {
  const folder = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const client = await inProcess();
  const paths = async () =>
    (await client.connection.sendRequest<{ path: string }[]>('promptsmith/prompts', {})).map(
      ({ path }) => path,
    );
  const notify = (type: number) =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri, type }],
    });
  await client.open(uri, PROMPT);
  assert.equal((await paths()).length, 1);
  await notify(3);
  assert.deepEqual(await paths(), []);
  await notify(1);
  assert.equal((await paths()).length, 1);
});

test('findings in the lint baseline are hidden until the baseline changes', async (t) => {
  const folder = await folderWith(t, { '.promptsmith.yaml': '', 'a.prompt.yaml': PROMPT });
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const list = join(folder, '.promptsmith.known.json');
  const client = await inProcess({ folder });
  const text = `modle: x\n${PROMPT}`;
  assert.ok(codes(await client.open(uri, text)).includes('unknown-key'));
  const findings = lint({ prompt: parsePrompt(text) }, rules);
  const fingerprint = findings.find(({ id }) => id === 'unknown-key')?.fingerprint;
  const write = async (entries: string[]): Promise<void> => {
    await writeFile(list, JSON.stringify({ v: 1, fingerprints: entries }));
    const changes = [{ uri: pathToUri(list), type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  };
  const shows = (): boolean =>
    codes(client.published.findLast((p) => p.uri === uri)?.diagnostics ?? []).includes(
      'unknown-key',
    );
  await write([`unknown-key ${fingerprint} a.prompt.yaml`]);
  await client.until(() => !shows());
  await write([`unknown-key ${fingerprint} b.prompt.yaml`]);
  await client.until(shows);
});
