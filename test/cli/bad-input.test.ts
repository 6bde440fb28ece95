import assert from 'node:assert/strict';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const GOOD = 'messages:\n  - role: user\n    content: Hi\n';

/** Exit code 2, one line on stderr that fits, nothing on stdout, nothing written. */
async function refuses(cwd: string, args: readonly string[], line: RegExp): Promise<void> {
  const before = await readdir(cwd, { recursive: true });
  const { code, stdout, stderr } = await promptsmith(args, { cwd });
  assert.equal(code, 2, `${stdout}${stderr}`);
  assert.match(stderr, /^promptsmith: [^\n]+\n$/);
  assert.match(stderr, line);
  assert.equal(stdout, '');
  assert.deepEqual(await readdir(cwd, { recursive: true }), before);
}

test('an unknown option or command names what was meant', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': GOOD });
  await refuses(
    cwd,
    ['check', '--fromat', 'json'],
    /Unknown option --fromat: did you mean --format\?/,
  );
  await refuses(cwd, ['chekc'], /Unknown command chekc: did you mean check\?/);
  await refuses(
    cwd,
    ['check', '--format', 'xml'],
    /--format must be one of plain, json, .* not "xml"/,
  );
  await refuses(cwd, ['check', '--format'], /--format requires a value/);
  await refuses(cwd, ['tokens', '--null'], /--null requires --raw/);
});

test('a folder without prompts, a file that is not there', async (t) => {
  const cwd = await folderWith(t, { 'notes/readme.md': '# hi' });
  await refuses(cwd, ['check'], /no prompt files .* found/);
  await refuses(cwd, ['check', 'notes'], /notes: no prompt files .* found/);
  await refuses(cwd, ['cost', 'nope.prompt.yaml'], /nope\.prompt\.yaml: no such file or folder/);
  await refuses(cwd, ['tokens', 'x/*.prompt.yaml'], /no prompt files .* found/);
});

test('an unreadable file', async (t) => {
  const cwd = await folderWith(t, {});
  await symlink('a.prompt.yaml', join(cwd, 'a.prompt.yaml'));
  await refuses(cwd, ['check', 'a.prompt.yaml'], /ELOOP.*a\.prompt\.yaml/);
});

test('a folder where a file was meant', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml/x': GOOD });
  await refuses(cwd, ['check', 'a.prompt.yaml'], /no prompt files .* found/);
});

test('broken settings: the place and what to do', async (t) => {
  const bad = await folderWith(t, { 'a.prompt.yaml': GOOD, '.promptsmith.yaml': 'mode: loud\n' });
  await refuses(
    bad,
    ['check'],
    /\.promptsmith\.yaml:1:7: `mode` must be one of `recommended`, `pedantic`, `audit`/,
  );
  const broken = await folderWith(t, { 'a.prompt.yaml': GOOD, '.promptsmith.yaml': 'rules: [\n' });
  await refuses(broken, ['cost'], /\.promptsmith\.yaml:1:8: This `\[` is not closed/);
});

test('render says which value is missing', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml':
      'messages:\n  - role: user\n    content: "{{a}} {{b}}"\ntestData:\n  - $case: {name: one}\n    a: 1\n',
  });
  await refuses(cwd, ['render', 'a.prompt.yaml', '--case', 'one'], /no value for \{\{b\}\}/);
  await refuses(
    cwd,
    ['render', 'a.prompt.yaml', '--case', 'on'],
    /there is no case "on": did you mean "one"\?/,
  );
  const { stdout } = await promptsmith(
    ['render', 'a.prompt.yaml', '--case', 'one', '--var', 'b=x', '--json'],
    { cwd },
  );
  assert.deepEqual(JSON.parse(stdout).messages, [{ role: 'user', content: '1 x' }]);
});
