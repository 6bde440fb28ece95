import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  compileIgnore,
  findProjectRoot,
  findPromptFiles,
  findUpward,
  pathToUri,
  readTextFile,
  relativePath,
  uriToPath,
} from '#io/files.ts';

let root = '';
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'promptsmith-files-'));
  const files = [
    'b.prompt.yaml',
    'a.PROMPT.yml',
    'notes.yaml',
    '.prompt.yml',
    'deep/er/c.prompt.yml',
    'vendor/d.prompt.yaml',
    'node_modules/x/e.prompt.yaml',
    '.git/f.prompt.yaml',
    '.promptsmith/g.prompt.yaml',
    'nested/.promptsmith.yaml',
    'nested/in/h.prompt.yaml',
  ];
  for (const file of files) {
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), file);
  }
  await symlink(root, join(root, 'loop'));
});
after(() => rm(root, { recursive: true }));

async function found(roots: string[], ignored?: (path: string) => boolean): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of findPromptFiles(roots, ignored)) paths.push(path.slice(root.length + 1));
  return paths;
}

test('finds prompt files in order, each once, and skips what is no source', async () => {
  assert.deepEqual(await found([root, join(root, 'deep')]), [
    '.prompt.yml',
    'a.PROMPT.yml',
    'b.prompt.yaml',
    'deep/er/c.prompt.yml',
    'nested/in/h.prompt.yaml',
    'vendor/d.prompt.yaml',
  ]);
  assert.deepEqual(await found([join(root, 'vendor')], compileIgnore(root, ['vendor/**'])), []);
  assert.deepEqual(await found([join(root, 'b.prompt.yaml'), join(root, 'notes.yaml')]), [
    'b.prompt.yaml',
  ]);
  assert.deepEqual(await found([join(root, 'absent')]), []);
});

test('ignores by globs relative to a folder', () => {
  const ignored = compileIgnore(join(root, 'nested'), ['in/**', '*.tmp']);
  assert.equal(ignored(join(root, 'nested/in/h.prompt.yaml')), true);
  assert.equal(ignored(join(root, 'in/h.prompt.yaml')), false);
});

test('looks upward as far as the repository root', async () => {
  const from = join(root, 'nested/in');
  assert.equal(await findUpward('.promptsmith.yaml', from), join(root, 'nested/.promptsmith.yaml'));
  assert.equal(await findUpward('.promptsmith.yaml', root), null);
  assert.deepEqual(await findProjectRoot(from, '/'), {
    root: join(root, 'nested'),
    settingsFile: join(root, 'nested/.promptsmith.yaml'),
  });
  assert.deepEqual(await findProjectRoot(join(root, 'deep'), '/'), { root, settingsFile: null });
});

test('says why a file cannot be read', async () => {
  const kinds = await Promise.all([
    readTextFile(join(root, 'absent')),
    readTextFile(root),
    readTextFile(join(root, 'b.prompt.yaml'), 3),
  ]);
  assert.deepEqual(
    kinds.map((k) => 'error' in k && k.error.kind),
    ['missing', 'not-a-file', 'too-large'],
  );
  assert.deepEqual(await readTextFile(join(root, 'notes.yaml')), { text: 'notes.yaml' });
});

test('a file that is not UTF-8 is an error with its encoding; a byte order mark stays', async () => {
  const file = join(root, 'excel.csv');
  await writeFile(file, 'name\nM\xfcller\n', 'latin1');
  const read = await readTextFile(file);
  assert.ok('error' in read);
  assert.equal(read.error.kind, 'not-utf8');
  assert.equal(
    read.error.message,
    `${file} is not UTF-8: line 2 looks like Windows-1252. Convert it to UTF-8.`,
  );
  assert.equal(read.error.encoding?.converted, 'name\nMüller\n');
  await writeFile(file, '\ufeffname\n');
  assert.deepEqual(await readTextFile(file), { text: '\ufeffname\n' });
});

test('paths and URIs', () => {
  assert.equal(relativePath('/a', '/a/b/c'), 'b/c');
  assert.equal(relativePath('/a', '/a'), '');
  assert.equal(relativePath('/a', '/ab'), null);
  assert.equal(uriToPath(pathToUri('/a b/ü#.yaml')), '/a b/ü#.yaml');
  assert.equal(uriToPath('untitled:x'), null);
  assert.equal(uriToPath('file://%zz'), null);
});
