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

/** What was said last of a file. */
function said(client: LspClient, uri: string): readonly Diagnostic[] {
  return client.published.findLast((one) => one.uri === uri)?.diagnostics ?? [];
}

const codes = (list: readonly Diagnostic[]): string[] =>
  list.map(({ code }) => String(code)).sort();
const BOTH = ['expression-in-yaml-input', 'runner-substitutes-before-parse'];

test('findings about a workflow stand there, from open and closed prompts, and go when it is mended', async (t) => {
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
  // One prompt is open, the other one is checked in the background.
  await client.until(() => said(client, workflow).length === 4);
  assert.deepEqual(codes(said(client, workflow)), [...BOTH, ...BOTH].sort());
  await client.until(() => codes(said(client, b)).includes('untrusted-reaches-system'));
  const reaches = said(client, a).find(({ code }) => code === 'untrusted-reaches-system');
  assert.deepEqual(
    reaches?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
    [
      [workflow, 9],
      [a, 3],
    ],
  );
  const runner = said(client, workflow).find(({ range }) => range.start.line === 5);
  assert.equal(runner?.code, 'runner-substitutes-before-parse');
  assert.deepEqual(
    runner?.relatedInformation?.map(({ location }) => location.uri),
    [workflow, a],
  );

  const mended = WORKFLOW.replaceAll('@v1', '@v3').replace(
    /\{\{ (github\.\S+) \}\}/g,
    '{{ toJSON($1) }}',
  );
  await writeFile(path('.github/workflows/w.yml'), mended);
  const changes = [{ uri: workflow, type: 2 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await client.until(() => said(client, workflow).length === 0);
  assert.ok(codes(said(client, a)).includes('untrusted-reaches-system'));
  await client.change(a, PROMPT.replace('{{facts}}', 'nothing'));
  await client.until(() => !codes(said(client, a)).includes('untrusted-reaches-system'));
  assert.deepEqual(client.logged, []);
});

test('what one prompt no longer says of a workflow, the other one still says', async (t) => {
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
  await client.until(() => said(client, workflow).length === 4);
  await client.change(a, PROMPT.replace('{{facts}}', 'nothing'));
  await client.until(() => said(client, workflow).length === 2);
  assert.ok(said(client, workflow).every(({ range }) => range.start.line > 9));
});
