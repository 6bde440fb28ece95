import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { LineMap } from '#core/text.ts';
import { pathToUri } from '#io/files.ts';
import { inProcess } from '#test/support/lsp-client.ts';

const message = (content: string): string =>
  `model: openai/gpt-4o\nmessages:\n  - role: user\n    content: ${content}\n`;

const hostile: Readonly<Record<string, string>> = {
  'alias bomb': `a: &a [${'1,'.repeat(9)}1]\n${'bcdefgh'
    .split('')
    .map((l, i) => `${l}: &${l} [${`*${'abcdefg'[i]},`.repeat(9)}*${'abcdefg'[i]}]`)
    .join('\n')}\nmessages: []\n`,
  'deep nesting': `messages: ${'['.repeat(50_000)}`,
  'deep lines': Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  '1 MB of text': message(`|\n${'      Please answer with care {{a}}.\n'.repeat(28_000)}`),
  'over 1 MiB': message(`|\n${'      Please answer with care.\n'.repeat(40_000)}`),
  '100 KB without a space': message('x'.repeat(100_000)),
  '100 KB of spaces': message(`"${' '.repeat(100_000)}"`),
  'nul bytes': message(`"${'\0'.repeat(50_000)}"`),
  'lone surrogates': message(`|\n      ${'\ud800'.repeat(50_000)}`),
  'a placeholder per character': message(`"${'{{a}}'.repeat(20_000)}"`),
  'a placeholder per name': message(
    `|\n      ${Array.from({ length: 10_000 }, (_, i) => `{{a${i}}}`).join(' ')}`,
  ),
  'open braces': message(`|\n      ${'{{'.repeat(50_000)}`),
  'open tags': message(`|\n      ${'<a><b>'.repeat(16_000)}`),
  'many rows': `${message('"{{a}}"')}testData:\n${'  - a: 1\n'.repeat(10_000)}`,
  'many keys': Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join('\n'),
  'one line of keys': `{${Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join(', ')}}`,
  'lone carriage returns': message('a').replaceAll('\n', '\r'),
};

for (const [name, text] of Object.entries(hostile)) {
  test(`answers in bounded time: ${name}`, async () => {
    const client = await inProcess();
    const uri = 'file:///nowhere/hostile.prompt.yaml';
    await client.open(uri, text);
    await client.until(() => client.asked.includes('workspace/inlayHint/refresh'));
    await client.diagnostics(uri, 1);
    const lines = new LineMap(text);
    const end = lines.position(text.length);
    const ends: Record<string, number> = {};
    const timed = async (what: string, work: Promise<unknown>): Promise<void> => {
      const start = process.cpuUsage();
      await work;
      const { user, system } = process.cpuUsage(start);
      ends[what] = (user + system) / 1000;
    };
    for (const offset of [text.length >> 1, text.length]) {
      const at = lines.position(offset);
      const version = await client.change(uri, 'x', { start: at, end: at });
      await timed('diagnostics', client.diagnostics(uri, version));
      const position = { line: at.line, character: at.character + 1 };
      for (const method of ['completion', 'hover', 'documentHighlight', 'prepareRename'])
        await timed(method, client.request(`textDocument/${method}`, uri, { position }));
      const range = { start: position, end: position };
      await timed(
        'codeAction',
        client.request('textDocument/codeAction', uri, {
          range,
          context: { diagnostics: [], triggerKind: 2 },
        }),
      );
      await timed(
        'inlayHint',
        client.request('textDocument/inlayHint', uri, {
          range: { start: { line: 0, character: 0 }, end },
        }),
      );
      for (const method of [
        'documentSymbol',
        'foldingRange',
        'semanticTokens/full',
        'documentLink',
      ])
        await timed(method, client.request(`textDocument/${method}`, uri));
      await timed(
        'selectionRange',
        client.request('textDocument/selectionRange', uri, { positions: [position] }),
      );
    }
    // No input of 1 MB or less may take longer than 1 s; twice that for a shared machine.
    const slow = Object.entries(ends).filter(([, ms]) => ms > 2000);
    assert.deepEqual(slow, []);
    assert.deepEqual(client.logged, []);
  });
}

test('300 prompt files in the background do not delay an answer', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-many-'));
  t.after(() => rm(folder, { recursive: true }));
  const body = `modle: x\n${message('|\n      Hello {{name}}, {{other}}.')}testData:\n${'  - name: a\n    other: b\n'.repeat(40)}`;
  for (let i = 0; i < 300; i++) await writeFile(join(folder, `${i}.prompt.yaml`), body);
  const client = await inProcess({ folder });
  const uri = pathToUri(join(folder, 'open.prompt.yaml'));
  const text = message('Hello {{name}}');
  await client.open(uri, text);
  const checked = (): number =>
    new Set(client.published.filter((p) => p.uri !== uri).map((p) => p.uri)).size;
  const waits: number[] = [];
  await client.until(() => checked() > 0);
  while (checked() < 300) {
    const start = performance.now();
    const version = await client.change(uri, `${text}# ${waits.length}\n`);
    await client.request('textDocument/hover', uri, { position: { line: 0, character: 2 } });
    await client.diagnostics(uri, version);
    waits.push(performance.now() - start);
  }
  assert.ok(waits.length > 10, `only ${waits.length} keystrokes fitted in`);
  const p95 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? 0;
  assert.ok(p95 < 150, `p95 ${p95} ms of ${waits.length} keystrokes`);
  await client.until(() => client.asked.includes('progress end'));
});

test('memory stays bounded over 10,000 edits', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect: () => void = vm.runInNewContext('gc');
  const client = await inProcess();
  const uri = 'file:///nowhere/long.prompt.yaml';
  const text = message(`|\n${'      Some text of a message {{a}}.\n'.repeat(60)}`);
  await client.open(uri, text);
  const at = new LineMap(text).position(text.indexOf('Some'));
  const used: number[] = [];
  for (let i = 0; i < 10_000; i++) {
    const range = { start: at, end: { line: at.line, character: at.character + (i % 2) } };
    const version = await client.change(uri, i % 2 ? '' : 'x', range);
    if (i % 20 === 0) await client.diagnostics(uri, version);
    client.published.length = Math.min(client.published.length, 1);
    if (i === 1000 || i === 9999) {
      collect();
      used.push(process.memoryUsage().heapUsed / 1e6);
    }
  }
  const [early = 0, late = 0] = used;
  assert.ok(late - early < 20, `${early} MB, then ${late} MB`);
});
