import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { missingPostgres } from '../../scripts/postgres.mjs';

const skip = missingPostgres() ?? false;

let server: PostgresServer;
before(async () => {
  if (skip) return;
  server = await startPostgres();
});
after(async () => {
  await server?.remove();
});

const PROMPT = 'model: openai/gpt-4o-mini\nmessages: [{ role: user, content: "Say {{word}}" }]\n';

test('a registry in PostgreSQL by the address of the project, and from there to a folder', {
  skip,
}, async (t) => {
  const url = new URL(await server.database());
  const { password } = url;
  url.password = 'SECRET';
  const address = url.href.replace('SECRET', '${env:REGISTRY_PASSWORD}');
  const cwd = await folderWith(t, {
    '.promptsmith.yaml': `registry: "${address}"\n`,
    'say.prompt.yaml': PROMPT,
    '.env': `REGISTRY_PASSWORD=${password}\n`,
  });
  const env = { XDG_CONFIG_HOME: join(cwd, '.config') };
  let output = '';
  const run = async (...args: string[]) => {
    const result = await promptsmith(args, { cwd, env });
    output += result.stdout + result.stderr;
    return result;
  };
  const refused = await run('publish', 'say.prompt.yaml', '--author', 'ada');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /allow it with `promptsmith trust postgres:\/\/localhost:5432`/);
  await run('trust', 'postgres://localhost:5432');
  for (const words of [
    ['publish', 'say.prompt.yaml', '--author', 'ada'],
    ['promote', 'say', '1.0.0', 'dev', '--author', 'ada'],
    ['diff', 'say.prompt.yaml'],
    ['log', '--since', '1h'],
    ['export', '-o', 'backup.jsonl'],
    ['import', 'backup.jsonl', '--registry', './copy'],
  ]) {
    const { code, stderr } = await run(...words);
    assert.equal(code, 0, `${words[0]}: ${stderr}`);
  }
  const copy = await readdir(join(cwd, 'copy/say'), { recursive: true });
  assert.ok(copy.includes(join('labels', 'dev', '1.json')));
  assert.equal(await readFile(join(cwd, 'copy/say/versions/1.0.0.yaml'), 'utf8'), PROMPT);
  // The language server reads this file and opens no connection.
  const snapshot = JSON.parse(await readFile(join(cwd, '.promptsmith/registry.json'), 'utf8'));
  assert.equal(snapshot.prompts.say.record.version, '1.0.0');
  const written = [
    output,
    JSON.stringify(snapshot),
    await readFile(join(cwd, 'backup.jsonl'), 'utf8'),
  ];
  for (const text of written) assert.equal(text.includes(password), false);
  const other = `postgres://localhost/x?host=elsewhere.example`;
  const hidden = await run('list', '--published', '--registry', other);
  assert.match(hidden.stderr, /is not a URL/);
});
