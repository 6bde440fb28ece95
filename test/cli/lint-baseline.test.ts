import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `modle: x
messages:
  - role: user
    content: "Hi {{ who }}"
`;
const FILE = '.promptsmith.known.json';
const FILES = { '.promptsmith.yaml': '', 'p/a.prompt.yaml': PROMPT, 'p/b.prompt.yaml': PROMPT };

const read = async (cwd: string) => JSON.parse(await readFile(join(cwd, FILE), 'utf8'));
const ids = async (cwd: string, ...args: string[]) => {
  const { stdout } = await promptsmith(['check', '--json', ...args], { cwd });
  const { files, summary, stale } = JSON.parse(stdout);
  const found = files.flatMap((file: { path: string; findings: { id: string }[] }) =>
    file.findings.map(({ id }) => `${file.path} ${id}`),
  );
  return { found, summary, stale };
};

test('recorded findings are hidden wherever their lines move; new ones are reported', async (t) => {
  const cwd = await folderWith(t, FILES);
  const update = await promptsmith(['check', '--update-baseline'], { cwd });
  assert.equal(update.code, 0);
  assert.match(update.stdout, /\.promptsmith\.known\.json: 4 findings in the lint baseline/);
  const { v, fingerprints } = await read(cwd);
  assert.equal(v, 1);
  assert.equal(fingerprints.length, 4);
  assert.match(fingerprints[0], /^[a-z-]+ [0-9a-f]{16} p\/a\.prompt\.yaml$/);
  await writeFile(join(cwd, 'p/a.prompt.yaml'), `# moved\n\n${PROMPT}tages: [x]\n`);
  const { found, summary, stale } = await ids(cwd);
  assert.deepEqual(found, ['p/a.prompt.yaml unknown-key']);
  assert.equal(summary.known, 4);
  assert.equal(stale, undefined);
  const plain = await promptsmith(['check', '--fail-on', 'warning'], { cwd });
  assert.equal(plain.code, 1);
  assert.match(plain.stdout, /1 warning, 4 in the lint baseline/);
});

test('fixed findings are stale, are reported, and go with the next update', async (t) => {
  const cwd = await folderWith(t, FILES);
  await promptsmith(['check', '--update-baseline'], { cwd });
  await writeFile(join(cwd, 'p/a.prompt.yaml'), PROMPT.replace('modle: x\n', ''));
  await rm(join(cwd, 'p/b.prompt.yaml'));
  const { stale } = await ids(cwd);
  assert.equal(stale.length, 3);
  const { stdout } = await promptsmith(['check'], { cwd });
  assert.match(
    stdout,
    /3 entries of the lint baseline no longer occur: run promptsmith check --update-baseline/,
  );
  await promptsmith(['check', '--update-baseline'], { cwd });
  assert.equal((await read(cwd)).fingerprints.length, 1);
});

test('checking some files or rules leaves the other entries alone', async (t) => {
  const cwd = await folderWith(t, FILES);
  await promptsmith(['check', '--update-baseline'], { cwd });
  await promptsmith(['check', 'p/a.prompt.yaml', '--update-baseline'], { cwd });
  assert.equal((await read(cwd)).fingerprints.length, 4);
  await writeFile(join(cwd, '.promptsmith.yaml'), 'rules: { unknown-key: off }\n');
  const { stale, summary } = await ids(cwd);
  assert.equal(stale, undefined);
  assert.equal(summary.known, 2);
});

test('unknown keys of the file stay; a newer or broken file is an error', async (t) => {
  const cwd = await folderWith(t, { ...FILES, [FILE]: '{"v":1,"fingerprints":[],"note":"x"}' });
  await promptsmith(['check', '--update-baseline'], { cwd });
  assert.equal((await read(cwd)).note, 'x');
  for (const [text, said] of [
    ['{"v":2,"fingerprints":[]}', /newer Promptsmith/],
    ['{"v":1}', /fingerprints/],
    ['nothing', /not valid JSON/],
  ] as const) {
    await writeFile(join(cwd, FILE), text);
    const { code, stderr } = await promptsmith(['check'], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, said);
    assert.equal(await readFile(join(cwd, FILE), 'utf8'), text);
  }
});

test('without findings no file is written', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': 'messages:\n  - role: user\n    content: Hi\n',
    '.promptsmith.yaml': '',
  });
  await promptsmith(['check', '--update-baseline'], { cwd });
  await assert.rejects(readFile(join(cwd, FILE)));
});

test('--update-known, the older name of the option, does the same and is not in the help', async (t) => {
  const cwd = await folderWith(t, FILES);
  const { code, stdout } = await promptsmith(['check', '--update-known'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /4 findings in the lint baseline/);
  assert.equal((await read(cwd)).fingerprints.length, 4);
  const help = await promptsmith(['check', '--help']);
  assert.match(help.stdout, /--update-baseline/);
  assert.doesNotMatch(help.stdout, /update-known/);
});
