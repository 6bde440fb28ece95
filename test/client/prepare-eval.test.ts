import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { tryPrepareEval } from '#client/testing/prepare-eval.ts';
import { folderWith } from '#test/support/cli.ts';

const NO_CASES = 'model: acme/chat\nmessages:\n  - role: user\n    content: Hello\n';

async function requestFor(t: Parameters<typeof folderWith>[0]) {
  const cwd = await folderWith(t, { '.promptsmith.yaml': '' });
  return {
    file: join(cwd, 'hello.prompt.yaml'),
    cwd,
    text: NO_CASES,
    ids: null,
    baseline: { kind: 'none' },
    options: { replay: true },
    retryErrors: false,
  } as const;
}

const world = { env: {}, tool: 'promptsmith test' };

test('what the user can fix blocks an eval with a reason', async (t) => {
  const made = await tryPrepareEval(await requestFor(t), world, new AbortController().signal);
  assert.equal(made.kind, 'blocked');
  assert.match(
    made.kind === 'blocked' ? made.reason : '',
    /recordings\/hello\.jsonl does not exist/,
  );
});

test('an error that is not for the user is thrown', async (t) => {
  const request = await requestFor(t);
  const broken = { ...request, text: null as unknown as string };
  await assert.rejects(tryPrepareEval(broken, world, new AbortController().signal), TypeError);
});
