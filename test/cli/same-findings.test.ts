import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { relativePath, uriToPath } from '#io/files.ts';
import { SOURCE } from '#server/to-lsp.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { inProcess, type LspClient } from '#test/support/lsp-client.ts';
import { ruleFiles } from '#test/support/rule-files.ts';
import { root } from '../../scripts/process.mjs';

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

const from = ({ range: { start, end } }: Pick<Diagnostic, 'range'>): string =>
  `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;

function ofServer(client: LspClient, folder: string): string[] {
  const last = new Map(client.published.map((one) => [one.uri, one.diagnostics]));
  return [...last]
    .flatMap(([uri, diagnostics]) =>
      diagnostics.map((one) => {
        assert.equal(one.source, SOURCE);
        const path = relativePath(folder, uriToPath(uri) ?? '');
        return `${path} ${from(one)} ${one.code} ${SEVERITIES[(one.severity ?? 0) - 1]} ${one.message}`;
      }),
    )
    .sort();
}

async function ofJson(cwd: string): Promise<string[]> {
  const { stdout } = await promptsmith(['check', '--json'], { cwd });
  return JSON.parse(stdout)
    .files.flatMap(({ path, findings }: { path: string; findings: never[] }) =>
      findings
        .filter(({ suppressed }) => !suppressed)
        .map(
          (one: { id: string; severity: string; message: string; range: Diagnostic['range'] }) => {
            return `${path} ${from(one)} ${one.id} ${one.severity} ${one.message}`;
          },
        ),
    )
    .sort();
}

async function ofSarif(cwd: string): Promise<string[]> {
  const { stdout } = await promptsmith(['check', '--format', 'sarif'], { cwd });
  return JSON.parse(stdout)
    .runs[0].results.filter(({ suppressions }: { suppressions?: [] }) => !suppressions)
    .map(
      (one: {
        ruleId: string;
        message: { text: string };
        properties: { severity: string };
        locations: [{ physicalLocation: { artifactLocation: { uri: string }; region: object } }];
      }) => {
        const { artifactLocation, region } = one.locations[0].physicalLocation;
        const { startLine, startColumn, endLine, endColumn } = region as Record<string, number>;
        const place = `${startLine}:${startColumn}-${endLine}:${endColumn}`;
        const path = decodeURIComponent(artifactLocation.uri);
        return `${path} ${place} ${one.ruleId} ${one.properties.severity} ${one.message.text}`;
      },
    )
    .sort();
}

test('the editor, the command line and SARIF say the same of the same files', async (t) => {
  const folder = await folderWith(t, ruleFiles());
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  await promptsmith(['check', 'known', '--update-baseline'], { cwd: folder });
  assert.match(await readFile(join(folder, '.promptsmith.known.json'), 'utf8'), /known\/a/);
  const json = await ofJson(folder);
  const ids = new Set(json.map((line) => /^\S+ \S+ (\S+)/.exec(line)?.[1]));
  assert.ok(ids.size > 50, `${ids.size} rules speak`);
  assert.ok(!json.some((line) => line.startsWith('known/')));
  assert.deepEqual(await ofSarif(folder), json);

  const client = await inProcess({ folder });
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
  const stop = new AbortController();
  // The server tells of a file again whenever it knows more; when it goes on differing, show how.
  await Promise.race([
    client.until(() => JSON.stringify(ofServer(client, folder)) === JSON.stringify(json)),
    wait(60_000, undefined, { signal: stop.signal }).catch(() => undefined),
  ]);
  stop.abort();
  assert.deepEqual(ofServer(client, folder), json);
});
