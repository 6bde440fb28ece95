import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { findPlaceholders } from '#core/prompt/template.ts';
import { LineMap } from '#core/text.ts';
import { pathToUri } from '#io/files.ts';
import { inProcess, type LspClient, overStdio } from '#test/support/lsp-client.ts';
import { eventually } from '#test/support/persist.ts';
import { seededRandom } from '#test/support/random.ts';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';

const examples = ['support/triage', 'flawed/reply', 'docs/summarize'].map((name) =>
  join(root, `examples/${name}.prompt.yaml`),
);

let client: LspClient;
let stop: () => Promise<number | null>;
before(async () => {
  const node = hasNode(22) ? await findNode(22) : process.execPath;
  const options = { initializationOptions: { commands: ['promptsmith.runPrompt'] } };
  ({ client, stop } = await overStdio(node, [join(root, 'dist/server.cjs'), '--stdio'], options));
});
after(async () => {
  assert.equal(await stop(), 0);
  assert.deepEqual(client.logged, []);
});

test('every feature answers over stdio, from the bundle', async () => {
  const path = examples[0] ?? '';
  const text = await readFile(path, 'utf8');
  const uri = pathToUri(path);
  await client.open(uri, text);
  await client.until(() => client.asked.includes('workspace/inlayHint/refresh'));
  const lines = new LineMap(text);
  const position = lines.position((findPlaceholders(text)[0]?.start ?? 0) + 3);
  const range = { start: { line: 0, character: 0 }, end: lines.position(text.length) };
  const at = { position };
  const answers: Record<string, unknown> = {};
  const ask = async (method: string, params: object = at): Promise<void> => {
    answers[method] = await client.request(`textDocument/${method}`, uri, params);
  };
  await ask('hover');
  await ask('completion');
  await ask('definition');
  await ask('references', { ...at, context: { includeDeclaration: true } });
  await ask('documentHighlight');
  await ask('prepareRename');
  await ask('rename', { ...at, newName: 'brand_new' });
  await ask('codeAction', {
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  await ask('codeLens', {});
  await ask('inlayHint', { range });
  await ask('documentSymbol', {});
  await ask('foldingRange', {});
  await ask('selectionRange', { positions: [position] });
  await ask('documentLink', {});
  await ask('semanticTokens/full', {});
  await ask('semanticTokens/range', { range });
  answers.symbol = await client.connection.sendRequest('workspace/symbol', { query: 'triage' });
  answers.summary = await client.connection.sendRequest('promptsmith/summary', { uri });
  answers.render = await client.connection.sendRequest('promptsmith/render', { uri });
  const empty = Object.entries(answers).filter(([, answer]) => {
    const list =
      (answer as { items?: unknown; data?: unknown } | null)?.items ??
      (answer as { data?: unknown } | null)?.data ??
      answer;
    return list === null || (Array.isArray(list) && list.length === 0);
  });
  // This example has no test files.
  assert.deepEqual(
    empty.map(([method]) => method),
    ['documentLink'],
  );
});

/** Text that authors type, at once or character by character. */
const typed = [
  'x',
  ' ',
  '\n',
  '\n  ',
  '\n      ',
  '{{',
  '}}',
  '{{ticket}}',
  '- ',
  ': ',
  'role: user',
  '"',
  "'",
  '|',
  '#',
  '<ticket>',
  '😀',
  'é',
  'model: openai/gpt-4o',
  '\n  - role: assistant\n    content: |\n      ok\n',
  '\r\n',
  '[',
  ']',
  '&a',
  '*a',
  '\t',
];

const REQUESTS: readonly [string, (position: object) => object][] = [
  ['completion', (position) => ({ position })],
  ['hover', (position) => ({ position })],
  ['references', (position) => ({ position, context: { includeDeclaration: true } })],
  [
    'codeAction',
    (start) => ({ range: { start, end: start }, context: { diagnostics: [], triggerKind: 2 } }),
  ],
  ['inlayHint', (end) => ({ range: { start: { line: 0, character: 0 }, end } })],
  ['documentSymbol', () => ({})],
  ['foldingRange', () => ({})],
  ['selectionRange', (position) => ({ positions: [position] })],
  ['semanticTokens/full', () => ({})],
  ['documentHighlight', (position) => ({ position })],
  ['prepareRename', (position) => ({ position })],
];

test('2,000 random keystrokes cause no errors and end with the same diagnostics as a fresh start', async () => {
  const next = seededRandom(20261121);
  for (const [i, path] of examples.entries()) {
    const uri = pathToUri(`${path}.${i}.prompt.yaml`);
    const original = await readFile(path, 'utf8');
    let text = original;
    await client.open(uri, text);
    const answers: Promise<unknown>[] = [];
    let version = 1;
    let at = next(text.length);
    for (let key = 0; key < 667; key++) {
      if (next(20) === 0) at = next(text.length + 1);
      const removed = next(6) === 0 ? Math.min(next(12), text.length - at) : 0;
      const letter = 'etaoin shrdlu'.charAt(next(13));
      const special = next(8) === 0 ? typed[next(typed.length)] : undefined;
      const inserted = removed > 0 ? '' : (special ?? letter);
      const lines = new LineMap(text);
      const range = { start: lines.position(at), end: lines.position(at + removed) };
      text = text.slice(0, at) + inserted + text.slice(at + removed);
      at += inserted.length;
      version = await client.change(uri, inserted, range);
      const [method, params] = REQUESTS[next(REQUESTS.length)] ?? [
        'hover',
        (position: object) => ({ position }),
      ];
      answers.push(
        client.request(`textDocument/${method}`, uri, params(new LineMap(text).position(at))),
      );
      if (key % 40 === 39 || key === 665) {
        // Restores the whole file, as undo does.
        version = await client.change(uri, original);
        text = original;
        at = next(text.length);
      }
    }
    await Promise.all(answers);
    const last = await client.diagnostics(uri, version);
    const versions = client.published.flatMap((p) =>
      p.uri === uri && p.version !== undefined ? [p.version] : [],
    );
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
      'diagnostics go back to an older version',
    );

    const fresh = await inProcess();
    const whole = {
      start: { line: 0, character: 0 },
      end: new LineMap(text).position(text.length),
    };
    assert.ok((await fresh.open(uri, text)).length >= 0);
    await fresh.until(() => fresh.asked.includes('workspace/inlayHint/refresh'));
    await client.until(() => client.published.findLast((p) => p.uri === uri)?.version === version);
    const latest = () => fresh.published.findLast((p) => p.uri === uri)?.diagnostics;
    // It publishes again when models, token tables or scanner findings arrive.
    await fresh.until(() => isDeepStrictEqual(last, latest()));
    // Hints are missing for a moment whenever a token table has been loaded.
    for (const [method, params] of [
      ['documentSymbol', {}],
      ['semanticTokens/full', {}],
      ['inlayHint', { range: whole }],
      ['foldingRange', {}],
    ] as const)
      await eventually(async () => {
        const answers = [client, fresh].map((one) =>
          one.request(`textDocument/${method}`, uri, params),
        );
        const [last, first] = await Promise.all(answers);
        assert.deepEqual(last, first, method);
        return true;
      });
    await client.close(uri);
  }
});
