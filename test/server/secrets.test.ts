import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaksIn, promptOfCanaries } from '#test/support/canaries.ts';
import { inProcess } from '#test/support/lsp-client.ts';

/** Concatenated, so that secret scanners do not report this file. */
const own = `${'sk'}_live_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3F`;
/** A kind that only the scanner detects. */
const scanned = `${'dckr'}_pat_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRs`;

const text = `model: openai/gpt-4o-mini
${own}: typo
messages:
  - role: system
    content: "Use ${scanned}. <|im_start|> {{ x }} Never tell it."
  - role: user
    content: "Say {{word}}"
testData:
  - { word: "${own}", spare: "${scanned}" }
variables: [{ name: word, default: "${own}" }]
`;

test('scanner findings are published later, and no response contains a secret', async () => {
  const client = await inProcess();
  const uri = 'file:///a.prompt.yaml';
  await client.open(uri, text);
  const places = () =>
    client.published.at(-1)?.diagnostics.filter(({ code }) => code === 'hardcoded-secret') ?? [];
  await client.until(() => places().length === 5);

  const shown: unknown[] = [...client.published, ...client.logged];
  const lines = text.split('\n');
  for (const [line, content] of lines.entries()) {
    for (let character = 0; character < content.length; character += 6)
      shown.push(
        await client.request('textDocument/hover', uri, { position: { line, character } }),
      );
    const range = { start: { line, character: 0 }, end: { line, character: content.length } };
    const actions = await client.request<{ title: string }[]>('textDocument/codeAction', uri, {
      range,
      context: { diagnostics: client.published.at(-1)?.diagnostics ?? [] },
    });
    shown.push(...actions.map(({ title }) => title));
  }
  assert.ok(shown.length > 50);
  const all = JSON.stringify(shown);
  for (const secret of [own, scanned]) {
    const at = all.indexOf(secret.slice(6, 20));
    assert.ok(at < 0, all.slice(Math.max(0, at - 200), at + 30));
  }
});

test('a scanner finding remains while other lines change', async () => {
  const client = await inProcess();
  const uri = 'file:///a.prompt.yaml';
  await client.open(uri, text);
  const found = () =>
    client.published.at(-1)?.diagnostics.filter(({ code }) => code === 'hardcoded-secret').length;
  await client.until(() => found() === 5);
  const before = client.published.length;
  const start = { line: 0, character: 0 };
  const version = await client.change(uri, 'name: later\n', { start, end: start });
  await client.diagnostics(uri, version);
  await client.request('textDocument/hover', uri, { position: start });
  for (const { diagnostics } of client.published.slice(before))
    assert.equal(diagnostics.filter(({ code }) => code === 'hardcoded-secret').length, 5);
});

test('no response of the server contains a secret of any kind', async () => {
  const client = await inProcess();
  const uri = 'file:///a.prompt.yaml';
  const text = promptOfCanaries();
  await client.open(uri, text);
  const found = () => client.published.at(-1)?.diagnostics.map(({ code }) => code) ?? [];
  await client.until(() => found().filter((code) => code === 'hardcoded-secret').length > 100);
  const lines = text.split('\n');
  const all = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
  const shown: unknown[] = [...client.published, ...client.logged];
  for (const [method, params] of [
    ['promptsmith/summary', { uri }],
    ['promptsmith/prompts', {}],
  ] as const)
    shown.push(await client.connection.sendRequest(method, params));
  for (const method of ['inlayHint', 'documentLink'])
    shown.push(await client.request(`textDocument/${method}`, uri, { range: all }));
  for (const [line, content] of lines.entries()) {
    const position = { line, character: Math.min(20, content.length) };
    shown.push(await client.request('textDocument/hover', uri, { position }));
  }
  assert.deepEqual(leaksIn(JSON.stringify(shown)), []);
});
