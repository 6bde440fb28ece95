import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadPriceList } from '#io/catalogue.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const { providers } = await loadPriceList(null);
/** The list with a model that did not exist before, and another price for one that did. */
const newer = structuredClone(providers).map((provider) =>
  provider.id !== 'openai'
    ? provider
    : {
        ...provider,
        models: [
          ...provider.models.map((model) =>
            model.id === 'gpt-4o-mini'
              ? { ...model, prices: { input_mtok: 9, output_mtok: 99 } }
              : model,
          ),
          {
            id: 'gpt-9-sol',
            match: { equals: 'gpt-9-sol' },
            prices: { input_mtok: 3, output_mtok: 15 },
          },
        ],
      },
);

test('models lists and shows what is known, with sources, under any spelling', async (t) => {
  const cwd = await folderWith(t, {
    '.promptsmith.yaml': 'models: { lab/own: { input: 1, output: 2, context: 1000 } }\n',
  });
  const env = { XDG_CONFIG_HOME: join(cwd, 'config') };
  const listed = await promptsmith(['models', 'list', 'gpt-6*'], { cwd, env });
  assert.equal(listed.code, 0, listed.stderr);
  assert.match(listed.stdout, /openai\/gpt-6\.2-sol +1\.05M +128k +\$2\.00 +\$10\.00/);
  assert.doesNotMatch(listed.stdout, /claude/);
  const own = await promptsmith(['models', 'show', 'lab/own', '--json'], { cwd, env });
  assert.equal(JSON.parse(own.stdout).models[0].prices.output, 2);
  const shown = await promptsmith(['models', 'show', 'anthropic.claude-sonnet-4-5-20250929-v1:0'], {
    cwd,
    env,
  });
  assert.match(shown.stdout, /model +anthropic\/claude-sonnet-4-5-20250929/);
  assert.match(shown.stdout, /retires +2026-11-30 at anthropic.*read on 2026-/);
  const newerName = await promptsmith(['models', 'show', 'gpt-9-sol'], { cwd, env });
  assert.match(newerName.stdout, /catalog +not in that of .*newest model of its family/);
  const unknown = await promptsmith(['models', 'show', 'gpt-4o-mimi'], { cwd, env });
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /gpt-4o-mimi is in no catalog; did you mean openai\/gpt-4o-mini\?/);
});

test('models update fetches after consent, counts for all commands, and can be undone', async (t) => {
  let body = JSON.stringify(newer);
  let status = 200;
  let requests = 0;
  const server = http.createServer((_, response) => {
    requests++;
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const from = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json`;
  const cwd = await folderWith(t, {});
  const env = { XDG_CONFIG_HOME: join(cwd, 'config') };
  const run = (...args: string[]) => promptsmith(args, { cwd, env });
  const price = async (id: string) =>
    JSON.parse((await run('models', 'show', id, '--json')).stdout).models[0].prices?.input;

  const unasked = await run('models', 'update', '--from', from);
  assert.equal(unasked.code, 2);
  assert.match(unasked.stderr, /nothing was fetched; pass --yes/);
  assert.equal(requests, 0);

  const done = await run('models', 'update', '--yes', '--from', from);
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /1 new, 1 with other prices or limits/);
  assert.deepEqual([await price('gpt-9-sol'), await price('gpt-4o-mini')], [3, 9]);

  // An outage, a web page and a cut list leave what was there.
  for (const [answer, code] of [
    ['', 503],
    ['<html>', 200],
    [body.slice(0, -100), 200],
    [JSON.stringify(newer.slice(0, 1)), 200],
  ] as const) {
    body = answer;
    status = code;
    const failed = await run('models', 'update', '--yes', '--from', from);
    assert.equal(failed.code, 2);
    assert.match(failed.stderr, /cannot be used/);
    assert.equal(await price('gpt-9-sol'), 3);
  }
  const path = join(cwd, 'config/promptsmith/prices.json');
  const kept = await readFile(path, 'utf8');
  await writeFile(path, kept.slice(0, 1000));
  assert.notEqual(await price('gpt-4o-mini'), 9, 'a damaged file does not count');
  await writeFile(path, kept);
  assert.match(
    (await run('models', 'update', '--undo')).stdout,
    /prices of this version apply again/,
  );
  assert.notEqual(await price('gpt-4o-mini'), 9);
  assert.match((await run('models', 'update', '--undo')).stdout, /No prices had been fetched/);
});
