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
const SETTINGS = 'providers:\n  local: { baseUrl: "http://127.0.0.1:9/v1", keyVariable: LABKEY }\n';

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
