import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PromptsResult } from '#core/protocol.ts';
import { pathToUri } from '#io/files.ts';
import type { Context } from '#server/feature.ts';
import { prompts } from '#server/features/prompts.ts';
import { Guard } from '#server/guard.ts';
import { folderWith } from '#test/support/cli.ts';
import { inProcess } from '#test/support/lsp-client.ts';

const PROMPT = 'name: Closed\nmessages:\n  - role: user\n    content: Hi {{name}}\n';

test('open and closed prompts are listed, and the client is notified of changes', async (t) => {
  const folder = await folderWith(t, {
    '.promptsmith.yaml': '',
    'closed.prompt.yaml': `${PROMPT}testData:\n  - name: Ada\n  - name: Bo\n`,
    'open.prompt.yaml': PROMPT,
    'notes.yaml': 'name: Notes\n',
  });
  const uri = pathToUri(join(folder, 'open.prompt.yaml'));
  const client = await inProcess({ folder });
  const { connection } = client;
  const list = async () => {
    const found = await connection.sendRequest<PromptsResult>('promptsmith/prompts', {});
    return found.map(({ path, name, cases }) => [path, name, cases]).sort();
  };

  await client.open(uri, PROMPT.replace('Closed', 'Open'));
  await client.until(() => client.published.some((one) => one.uri.endsWith('/closed.prompt.yaml')));
  assert.deepEqual(await list(), [
    ['closed.prompt.yaml', 'Closed', 2],
    ['open.prompt.yaml', 'Open', 0],
  ]);

  const changed = new Promise<void>((resolve) => {
    connection.onNotification('promptsmith/promptsChanged', () => resolve());
  });
  await client.change(uri, PROMPT.replace('Closed', 'Renamed'));
  await changed;
  assert.deepEqual(await list(), [
    ['closed.prompt.yaml', 'Closed', 2],
    ['open.prompt.yaml', 'Renamed', 0],
  ]);
});

test('changes are reported once per pause, and only to a client that has asked', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let ask = (): void => {};
  let change = (): void => {};
  let notified = 0;
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: () => ({ dispose() {} }),
  };
  prompts.register({
    guard: new Guard({ error: assert.fail }),
    connection: {
      onRequest: (_: string, handle: (params: object, token: object) => void) => {
        ask = () => handle({}, token);
      },
      sendNotification: () => notified++,
    },
    workspace: {
      prompts: () => [],
      onChange: (listener: () => void) => {
        change = listener;
      },
    },
  } as unknown as Context);

  change();
  t.mock.timers.tick(1000);
  assert.equal(notified, 0);
  ask();
  change();
  change();
  t.mock.timers.tick(1000);
  assert.equal(notified, 1);
  change();
  t.mock.timers.tick(1000);
  assert.equal(notified, 2);
});
