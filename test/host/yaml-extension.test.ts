import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type Diagnostic,
  type Hover,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { root } from '../../scripts/process.mjs';
import { findTool } from '../../scripts/tool.ts';

// The YAML extension reads `yamlValidation` of our manifest: its server gets our schema of hints where
// somebody keeps prompt files in the language YAML.

const schema = pathToFileURL(join(root, 'schemas/prompt-hints.schema.json')).href;
const files = [
  ...readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.prompt.yaml'))
    .map((name) => join(root, 'examples', name)),
  join(root, 'test/host/workspace/typo.prompt.yaml'),
];

let child: ChildProcess;
let connection: MessageConnection;
const published = new Map<string, (found: readonly Diagnostic[]) => void>();

before(async () => {
  const folder = await findTool('yaml-language-server');
  const program = join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');
  child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  if (!child.stdout || !child.stdin) throw new Error('the server has no streams');
  connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) =>
    published.get(uri)?.(diagnostics),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
    items.map(({ section }) =>
      section === 'yaml'
        ? {
            validate: true,
            hover: true,
            schemaStore: { enable: false },
            schemas: { [schema]: ['*.prompt.yaml'] },
          }
        : {},
    ),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('custom/schema/request', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: { workspace: { configuration: true } },
  });
  await connection.sendNotification('initialized', {});
});

after(() => {
  connection?.dispose();
  child?.kill();
});

test('the YAML extension has nothing to say against prompt files', async () => {
  assert.ok(files.length > 5);
  for (const file of files) assert.deepEqual(await diagnosticsOf(file), [], file);
});

test('it shows what our keys mean', async () => {
  const file = files[0] ?? '';
  await diagnosticsOf(file);
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((text) => text.startsWith('messages:'));
  const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri: pathToFileURL(file).href },
    position: { line, character: 2 },
  });
  const wanted = JSON.parse(readFileSync(join(root, 'schemas/prompt.schema.json'), 'utf8'))
    .properties.messages;
  assert.ok(wanted.description.length > 10);
  assert.match(JSON.stringify(hover), new RegExp(wanted.description.slice(0, 20)));
});

let version = 0;

function diagnosticsOf(file: string): Promise<readonly Diagnostic[]> {
  const uri = pathToFileURL(file).href;
  const text = readFileSync(file, 'utf8');
  return new Promise((resolve) => {
    published.set(uri, resolve);
    const textDocument = { uri, languageId: 'yaml', version: ++version, text };
    void connection.sendNotification('textDocument/didOpen', { textDocument });
  });
}
