import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { pathToUri } from '#io/files.ts';
import { folderWith } from '#test/support/cli.ts';
import { inProcess, type LspClient } from '#test/support/lsp-client.ts';

const WORKFLOW = `on: issues
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v1
        with:
          prompt-file: p/a.prompt.yaml
          input: |
            facts: \${{ github.event.issue.body }}
      - uses: actions/ai-inference@v1
        with:
          prompt-file: p/b.prompt.yaml
          input: |
            facts: \${{ github.event.issue.title }}
`;
const PROMPT = `model: openai/gpt-4o
messages:
  - role: system
    content: "You know {{facts}}"
  - role: user
    content: Hello
`;

/** The last published diagnostics of a file. */
function lastDiagnostics(client: LspClient, uri: string): readonly Diagnostic[] {
  return client.published.findLast((one) => one.uri === uri)?.diagnostics ?? [];
}

const codes = (list: readonly Diagnostic[]): string[] =>
  list.map(({ code }) => String(code)).sort();
const BOTH = ['expression-in-yaml-input', 'runner-substitutes-before-parse'];

test('findings of open and closed prompts appear in the workflow and disappear when it is fixed', async (t) => {
  const folder = await folderWith(t, {
    '.git/HEAD': '',
    '.github/workflows/w.yml': WORKFLOW,
    'p/a.prompt.yaml': PROMPT,
    'p/b.prompt.yaml': PROMPT,
  });
  const path = (name: string): string => join(folder, name);
  const workflow = pathToUri(path('.github/workflows/w.yml'));
  const [a, b] = [pathToUri(path('p/a.prompt.yaml')), pathToUri(path('p/b.prompt.yaml'))];
  const client = await inProcess({ folder });
  await client.open(a, PROMPT);
  // One prompt is open; the other is checked in the background.
  await client.until(() => lastDiagnostics(client, workflow).length === 4);
  assert.deepEqual(codes(lastDiagnostics(client, workflow)), [...BOTH, ...BOTH].sort());
  await client.until(() => codes(lastDiagnostics(client, b)).includes('untrusted-reaches-system'));
  const reaches = lastDiagnostics(client, a).find(
    ({ code }) => code === 'untrusted-reaches-system',
  );
  assert.deepEqual(
    reaches?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
    [
      [workflow, 9],
      [a, 3],
    ],
  );
  const runner = lastDiagnostics(client, workflow).find(({ range }) => range.start.line === 5);
  assert.equal(runner?.code, 'runner-substitutes-before-parse');
  assert.deepEqual(
    runner?.relatedInformation?.map(({ location }) => location.uri),
    [workflow, a],
  );

  const fixed = WORKFLOW.replaceAll('@v1', '@v3').replace(
    /\{\{ (github\.\S+) \}\}/g,
    '{{ toJSON($1) }}',
  );
  await writeFile(path('.github/workflows/w.yml'), fixed);
  const changes = [{ uri: workflow, type: 2 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await client.until(() => lastDiagnostics(client, workflow).length === 0);
  assert.ok(codes(lastDiagnostics(client, a)).includes('untrusted-reaches-system'));
  await client.change(a, PROMPT.replace('{{facts}}', 'nothing'));
  await client.until(() => !codes(lastDiagnostics(client, a)).includes('untrusted-reaches-system'));
  assert.deepEqual(client.logged, []);
});

test('fixing one prompt removes only its own findings from the workflow', async (t) => {
  const folder = await folderWith(t, {
    '.git/HEAD': '',
    '.github/workflows/w.yml': WORKFLOW,
    'p/a.prompt.yaml': PROMPT,
    'p/b.prompt.yaml': PROMPT,
  });
  const workflow = pathToUri(join(folder, '.github/workflows/w.yml'));
  const a = pathToUri(join(folder, 'p/a.prompt.yaml'));
  const client = await inProcess({ folder });
  await client.open(a, PROMPT);
  await client.until(() => lastDiagnostics(client, workflow).length === 4);
  await client.change(a, PROMPT.replace('{{facts}}', 'nothing'));
  await client.until(() => lastDiagnostics(client, workflow).length === 2);
  assert.ok(lastDiagnostics(client, workflow).every(({ range }) => range.start.line > 9));
});
