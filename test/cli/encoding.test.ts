import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `name: Gruß
description: Says hello.
model: local/test-model
messages:
  - role: user
    content: Grüße {{name}}
testFiles: [cases.csv]
modelParameters:
  max_tokens: 50
`;
const CASES = 'name,expected\nMüller,Hallo\n';
const SETTINGS = 'providers:\n  local: { baseUrl: "http://127.0.0.1:9/v1", key: LABKEY }\n';

async function folder(
  t: TestContext,
  bytes: Readonly<Record<string, Buffer>>,
): Promise<{ cwd: string; unchanged: () => Promise<void> }> {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'cases.csv': CASES,
    '.promptsmith.yaml': SETTINGS,
  });
  for (const [name, content] of Object.entries(bytes)) await writeFile(join(cwd, name), content);
  const unchanged = async (): Promise<void> => {
    for (const [name, content] of Object.entries(bytes))
      assert.deepEqual(await readFile(join(cwd, name)), content, name);
    assert.equal((await readdir(cwd)).includes('registry'), false);
  };
  return { cwd, unchanged };
}

const ENCODINGS = {
  'Windows-1252': (text: string) => Buffer.from(text, 'latin1'),
  'UTF-16 LE': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 BE': (text: string) => Buffer.from(text, 'utf16le').swap16(),
};

test('a prompt or test file that is not UTF-8 never runs and is never published', async (t) => {
  for (const [name, encode] of Object.entries(ENCODINGS)) {
    for (const file of ['a.prompt.yaml', 'cases.csv']) {
      const bytes = encode(file === 'cases.csv' ? CASES : PROMPT);
      const { cwd, unchanged } = await folder(t, { [file]: bytes });
      for (const args of [['eval'], ['publish', 'a.prompt.yaml', '--version', '1.0.0']]) {
        const { code, stdout, stderr } = await promptsmith(args, { cwd });
        assert.equal(code, 2, `${args[0]} of ${name}: ${stdout}`);
        const line = name === 'Windows-1252' && file === 'cases.csv' ? 2 : 1;
        assert.match(stderr, new RegExp(`${file} is not UTF-8: line ${line} looks like ${name}`));
      }
      await unchanged();
    }
  }
});

test('standard input that is not UTF-8 is refused', async () => {
  for (const args of [
    ['check', '-'],
    ['render', '-'],
    ['import', '-'],
  ]) {
    const { code, stderr } = await promptsmith(args, {
      stdin: Buffer.from('a: M\xfcller', 'latin1'),
    });
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, /<stdin> is not UTF-8/, args.join(' '));
  }
});

test('a .env in UTF-16 is an error that names it, not a missing key', async (t) => {
  const { cwd } = await folder(t, { '.env': Buffer.from('\ufeffLABKEY=abc\r\n', 'utf16le') });
  const { code, stderr } = await promptsmith(['eval', '--yes'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /\.env is not UTF-8: line 1 looks like UTF-16 LE\. Convert it to UTF-8\./);
  assert.doesNotMatch(stderr, /set LABKEY/);
});

test('check reports the file and the line, changes nothing, and fails', async (t) => {
  const { cwd, unchanged } = await folder(t, {
    'a.prompt.yaml': Buffer.from(PROMPT, 'latin1'),
    'mixed.prompt.yaml': Buffer.concat([Buffer.from(PROMPT), Buffer.of(0xfc)]),
  });
  for (const args of [
    ['check', '--fix'],
    ['check', '--fix', '--json'],
  ]) {
    const { code, stdout } = await promptsmith(args, { cwd });
    assert.equal(code, 1);
    assert.match(stdout, /not UTF-8: line 1 looks like Windows-1252/);
    assert.match(stdout, /not UTF-8: line 10 has bytes of another encoding/);
    assert.doesNotMatch(stdout, /fixed \d|parameter-spelling/);
    await unchanged();
  }
  const mixed = await readFile(join(cwd, 'mixed.prompt.yaml'));
  const all = await promptsmith(['check', '--fix=all', '--mode', 'recommended'], { cwd });
  assert.match(all.stdout, /fixed 1 file: a\.prompt\.yaml/);
  const text = await readFile(join(cwd, 'a.prompt.yaml'), 'utf8');
  assert.ok(text.startsWith('name: Gruß\n') && text.includes('Grüße'), text);
  assert.deepEqual(await readFile(join(cwd, 'mixed.prompt.yaml')), mixed);
});

test('check --fix converts UTF-16 with a byte order mark, of prompts and of test files', async (t) => {
  const { cwd } = await folder(t, {
    'a.prompt.yaml': Buffer.from(`\ufeff${PROMPT}`, 'utf16le'),
    'cases.csv': Buffer.from(`\ufeff${CASES.replaceAll(',', '\t')}`, 'utf16le'),
  });
  const before = await promptsmith(['check', '--json'], { cwd });
  assert.equal(before.code, 1);
  const { code, stdout } = await promptsmith(['check', '--fix'], { cwd });
  assert.match(stdout, /fixed 2 files: a\.prompt\.yaml, cases\.csv\n/);
  assert.equal(code, 0, stdout);
  assert.equal(
    await readFile(join(cwd, 'a.prompt.yaml'), 'utf8'),
    PROMPT.replace('max_tokens', 'maxTokens'),
  );
  assert.match(stdout, /info test-file at 7:13\n +cases\.csv:1: the columns are separated by tabs/);
  assert.equal(await readFile(join(cwd, 'cases.csv'), 'utf8'), CASES.replaceAll(',', '\t'));
  assert.doesNotMatch((await promptsmith(['check', '--fix'], { cwd })).stdout, /fixed/);
});

test('check --fix leaves a test file whose encoding is a guess; --fix=all converts it', async (t) => {
  const { cwd, unchanged } = await folder(t, { 'cases.csv': Buffer.from(CASES, 'latin1') });
  const safe = await promptsmith(['check', '--fix'], { cwd });
  assert.equal(safe.code, 1);
  assert.match(safe.stdout, /cases\.csv is not UTF-8: line 2 looks like Windows-1252/);
  await unchanged();
  const all = await promptsmith(['check', '--fix=all'], { cwd });
  assert.match(all.stdout, /cases\.csv/);
  assert.equal(await readFile(join(cwd, 'cases.csv'), 'utf8'), CASES);
});

test('a byte order mark of UTF-8 stays', async (t) => {
  const { cwd } = await folder(t, { 'a.prompt.yaml': Buffer.from(`\ufeff${PROMPT}`) });
  const { code } = await promptsmith(['check', '--fix'], { cwd });
  assert.equal(code, 0);
  assert.equal(
    await readFile(join(cwd, 'a.prompt.yaml'), 'utf8'),
    `\ufeff${PROMPT.replace('max_tokens', 'maxTokens')}`,
  );
});
