import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import { pathToUri } from '#io/files.ts';
import { folderWith } from '#test/support/cli.ts';
import { inProcess } from '#test/support/lsp-client.ts';

const PROMPT = `name: T
messages:
  - role: user
    content: Grüße {{x}}
testFiles: [cases.csv]
modelParameters:
  max_tokens: 5
`;

async function start(t: TestContext, encoding: 'latin1' | 'utf16le' = 'latin1') {
  const folder = await folderWith(t, { '.promptsmith.yaml': '', 'cases.csv': '' });
  await writeFile(
    join(folder, 'a.prompt.yaml'),
    `${encoding === 'latin1' ? '' : '\ufeff'}${PROMPT}`,
    encoding,
  );
  await writeFile(join(folder, 'cases.csv'), 'x\nMüller\n', 'latin1');
  const client = await inProcess({ folder });
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const found = () =>
    client.published
      .findLast((one) => one.uri === uri)
      ?.diagnostics.map(({ code, range }) => `${code} ${range.start.line}`);
  return { folder, client, uri, found };
}

test('an open prompt that the editor decoded as UTF-8 is converted by a quick fix', async (t) => {
  const { client, uri, found } = await start(t);
  await client.open(uri, new TextDecoder().decode(Buffer.from(PROMPT, 'latin1')));
  await client.until(() => found()?.join() === 'file-encoding 3');
  const at = { line: 3, character: 15 };
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', uri, {
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  // The others would be saved with U+FFFD.
  const [fix, ...others] = actions;
  assert.equal(fix?.title, 'Convert to UTF-8');
  assert.deepEqual(others, []);
  const [change] = fix.edit?.documentChanges ?? [];
  const edits = change && 'edits' in change ? change.edits : [];
  assert.deepEqual(
    edits.map((edit) => 'newText' in edit && edit.newText),
    [PROMPT],
  );
  assert.notEqual(fix?.isPreferred, true);
  // In the editor it is converted, and its other findings are there again.
  await client.change(uri, PROMPT);
  await client.until(() => found()?.includes('parameter-spelling 6') === true);
  await client.until(() => found()?.includes('file-encoding 4') === true);
  assert.equal(found()?.includes('file-encoding 3'), false);
});

test('a test file is converted by a command of the client, where it has one', async (t) => {
  const { folder } = await start(t);
  const uri = pathToUri(join(folder, 'a.prompt.yaml'));
  const offered = async (commands: readonly string[]) => {
    const client = await inProcess({ folder, initializationOptions: { commands } });
    await client.open(uri, PROMPT);
    const at = { line: 4, character: 14 };
    await client.until(
      () =>
        client.published
          .findLast((one) => one.uri === uri)
          ?.diagnostics.some(({ range }) => range.start.line === 4) === true,
    );
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', uri, {
      range: { start: at, end: at },
      context: { diagnostics: [], only: ['quickfix'] },
    });
    return actions.filter(({ title }) => title === 'Convert to UTF-8');
  };
  await writeFile(join(folder, 'a.prompt.yaml'), PROMPT);
  const [fix, ...others] = await offered(['promptsmith.convertTestFiles']);
  assert.deepEqual(others, []);
  assert.deepEqual(fix?.command?.arguments, [uri]);
  assert.equal(fix?.command?.command, 'promptsmith.convertTestFiles');
  assert.equal(fix?.edit, undefined, 'an editor would save what it decoded wrongly');
  assert.deepEqual(await offered([]), []);
});

test('a closed prompt is reported, and no fix for the workspace touches it', async (t) => {
  const { client, found } = await start(t, 'utf16le');
  await client.until(() => found()?.join() === 'file-encoding 0');
  assert.deepEqual(await client.connection.sendRequest('promptsmith/safeFixes', {}), []);
});

test('U+FFFD that somebody wrote is no finding', async (t) => {
  const { folder, client, uri, found } = await start(t);
  const text = 'messages:\n  - role: user\n    content: What is \ufffd?\n';
  await writeFile(join(folder, 'a.prompt.yaml'), text);
  await client.open(uri, `${text}max_tokens: 5\n`);
  await client.until(() => found()?.some((one) => one.startsWith('unknown-key')) === true);
  assert.equal(
    found()?.some((one) => one.startsWith('file-encoding')),
    false,
  );
});
