import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { commitAll } from '#test/support/git.ts';
import { modelServer } from '#test/support/model-server.ts';

const prompt = (text: string, more = '') => `model: openai/gpt-4o-mini
messages: [{ role: user, content: "${text} {{word}}" }]
testFiles: [say.csv]
evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
${more}`;
const answers = ['one', 'two', 'three']
  .map((word) => `${JSON.stringify({ case: word, text: word })}\n`)
  .join('');

async function bench(t: TestContext, settings = '') {
  const cwd = await folderWith(t, {
    '.promptsmith.yaml': settings,
    'team/say.prompt.yaml': prompt('Say'),
    'team/say.csv': 'word,__description\none,one\ntwo,two\nthree,three\n',
    'team/recordings/say.jsonl': answers,
    '.gitignore': '.promptsmith\n',
  });
  commitAll(cwd, 'first');
  const file = join(cwd, 'team/say.prompt.yaml');
  const run = async (...args: string[]) =>
    await promptsmith(args, { cwd, env: { USER: 'ada', XDG_CONFIG_HOME: join(cwd, '.config') } });
  const good = async (...args: string[]) => {
    const result = await run(...args);
    assert.equal(result.code, 0, result.stdout + result.stderr);
    return result.stdout;
  };
  return { cwd, file, run, good };
}

test('publish, refused without an eval, promoted after one, rolled back', async (t) => {
  const { cwd, file, run, good } = await bench(t);
  const dry = await good('publish', 'team/say.prompt.yaml', '--dry-run');
  assert.match(dry, /would publish team\/say@1\.0\.0/);
  assert.equal((await readdir(cwd)).includes('registry'), false);
  await good('publish', 'team/say.prompt.yaml', '-m', 'first');
  const again = await run('publish', 'team/say.prompt.yaml');
  assert.equal(again.code, 2);
  assert.match(again.stderr, /same content as 1\.0\.0: there is nothing to publish/);
  const refused = await run('promote', 'team/say', '1.0.0', 'production');
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /✗ eval: no eval of this content/);
  assert.match(refused.stdout, /promotion policy is not satisfied, not moved/);
  assert.equal((await run('eval', 'team/say.prompt.yaml', '--replay')).code, 0);
  assert.match(await good('promote', 'team/say', '1.0.0', 'production'), /moved production/);

  await writeFile(file, prompt('Please say', 'acceptance: { passRate: 1 }\n'));
  const difference = await good('diff', 'team/say.prompt.yaml');
  assert.match(difference, /team\/say@1\.0\.0 \(production\) → team\/say\.prompt\.yaml\s+minor/);
  assert.match(difference, /minor\s+the wording of the user message \(1\)/);
  assert.match(difference, /tokens per call \+1/);
  const second = JSON.parse(await good('publish', 'team/say.prompt.yaml', '--json'));
  assert.deepEqual(
    [second.version, second.parent, second.suggestion.bump],
    ['1.1.0', '1.0.0', 'minor'],
  );
  const forced = await run('promote', 'team/say@1.1.0', 'production', '--override');
  assert.match(forced.stderr, /--override requires --reason/);
  await good('promote', 'team/say@1.1.0', 'production', '--override', '--reason', 'outage');
  assert.match(await good('rollback', 'team/say', 'production'), /1\.1\.0 → 1\.0\.0/);
  const stuck = await run('rollback', 'team/say', 'production');
  assert.equal(stuck.code, 2);
  assert.match(stuck.stderr, /no version to roll back to/);

  const log = JSON.parse(await good('log', 'team/say', '--json'));
  assert.deepEqual(log.labels, { production: '1.0.0' });
  assert.deepEqual(
    log.versions.map((one: { version: string }) => one.version),
    ['1.1.0', '1.0.0'],
  );
  assert.equal(log.moves[1].override, 'outage');
  const times = log.moves.map(({ at }: { at: string }) => at);
  assert.deepEqual(times, times.toSorted());
  const plain = await good('log', '--since', '1d');
  assert.match(plain, /production 1\.0\.0 → 1\.1\.0 \(policy overridden\)\s+by \w+\n\s+outage/);
});

test('the runs of two versions are compared, a worse one is refused', async (t) => {
  const { cwd, file, run, good } = await bench(t);
  const words = Array.from({ length: 30 }, (_, i) => `w${i}x`);
  await writeFile(
    join(cwd, 'team/say.csv'),
    `word,__description\n${words.map((w) => `${w},${w}\n`).join('')}`,
  );
  const record = (text: (word: string, i: number) => string) =>
    writeFile(
      join(cwd, 'team/recordings/say.jsonl'),
      words.map((word, i) => `${JSON.stringify({ case: word, text: text(word, i) })}\n`).join(''),
    );
  await record((word) => word);
  await good('eval', 'team/say.prompt.yaml', '--replay');
  await good('publish', 'team/say.prompt.yaml');
  await good('promote', 'team/say', '1.0.0', 'production');
  await writeFile(file, prompt('Mumble'));
  await record((word, i) => (i < 10 ? 'mm' : word));
  await run('eval', 'team/say.prompt.yaml', '--replay');
  await good('publish', 'team/say.prompt.yaml');
  const refused = await run('promote', 'team/say', '1.1.0', 'production', '--json');
  assert.equal(refused.code, 1, refused.stderr);
  const { moved, gate } = JSON.parse(refused.stdout);
  assert.equal(moved, false);
  assert.equal(gate.comparison.verdict, 'regression');
  assert.match(await good('diff', 'team/say@1.1.0'), /regression: 100 → 66\.7 % of 30 cases pass/);
});

test('approvals: the author and blank names are refused, another person moves the label', async (t) => {
  const { run, good } = await bench(t, 'promotion: { qa: { gate: any, approvals: 1 } }\n');
  await good('publish', 'team/say.prompt.yaml');
  const approvedBy = async (name: string) =>
    await run('promote', 'team/say', '1.0.0', 'qa', '--author', 'ada', '--approved-by', name);
  for (const name of [' ', 'ada ', 'ADA']) {
    const { code, stdout } = await approvedBy(name);
    assert.equal(code, 1, name);
    assert.match(stdout, /✗ approvals: 0 of 1 required approvals \(author ada does not count\)/);
    assert.match(stdout, /promotion policy is not satisfied, not moved/);
  }
  const agreed = await approvedBy(' bob ');
  assert.equal(agreed.code, 0, agreed.stderr);
  assert.match(agreed.stdout, /✓ approvals: 1 of 1 required approvals: bob/);
  const { moves } = JSON.parse(await good('log', 'team/say', '--json'));
  assert.deepEqual(moves[0].approvedBy, ['bob']);
});

test('versions and labels are baselines, and are evaluated as they were published', async (t) => {
  const { cwd, file, run, good } = await bench(t);
  await good('eval', 'team/say.prompt.yaml', '--replay');
  await good('publish', 'team/say.prompt.yaml');
  await good('promote', 'team/say', '1.0.0', 'production');
  await writeFile(file, prompt('Tell'));
  for (const baseline of ['production', '1.0.0', 'team/say@production']) {
    const json = await good(
      'eval',
      'team/say.prompt.yaml',
      '--replay',
      '--baseline',
      baseline,
      '--json',
    );
    const { comparison } = JSON.parse(json);
    assert.equal(comparison.cases, 3);
    assert.equal(comparison.delta, 0);
  }
  // On another machine there is no run of it: the attached one is compared with.
  await rm(join(cwd, '.promptsmith'), { recursive: true });
  const shared = await good(
    'eval',
    'team/say.prompt.yaml',
    '--replay',
    '--baseline',
    'production',
    '--json',
  );
  assert.equal(JSON.parse(shared).comparison.cases, 3);
  const missing = await run(
    'eval',
    'team/say.prompt.yaml',
    '--replay',
    '--baseline',
    'team/say@9.9.9',
  );
  assert.match(missing.stderr, /team\/say@9\.9\.9 is not in the registry/);
  await writeFile(join(cwd, 'team/say.csv'), 'word,__description\nfour,four\n');
  const { body } = await published(t, cwd);
  assert.deepEqual(body, ['Say one', 'Say two', 'Say three']);
});

/** What `eval team/say@1.0.0` sends to a model. */
async function published(t: TestContext, cwd: string): Promise<{ body: string[] }> {
  const body: string[] = [];
  const server = await modelServer(({ body: { messages } }) => {
    const text = messages.at(-1)?.content ?? '';
    body.push(text);
    return { kind: 'stream', text: text.split(' ').at(-1) ?? '' };
  });
  t.after(() => server.close());
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const args = ['eval', 'team/say@1.0.0', '--concurrency', '1', '--yes'];
  const { code, stdout, stderr } = await promptsmith(args, { cwd, env });
  assert.equal(code, 0, stdout + stderr);
  return { body };
}

test('diff of two revisions shows every prompt that changed', async (t) => {
  const { cwd, file, good, run } = await bench(t);
  await writeFile(file, prompt('Say to {{name}}'));
  await writeFile(join(cwd, 'team/new.prompt.yaml'), prompt('New'));
  commitAll(cwd, 'second');
  const shown = await good('diff', 'HEAD~1', 'HEAD');
  assert.match(shown, /team\/new\.prompt\.yaml was added/);
  assert.match(shown, /major\s+the required variable "name" was added/);
  assert.match(await good('diff', 'HEAD', 'HEAD'), /No differences/);
  assert.match(await good('diff', 'HEAD~1', 'team/say.prompt.yaml'), /major/);
  assert.match(
    (await run('diff', 'nothing')).stderr,
    /not a prompt file, a reference .* or a git revision/,
  );
});

test('export and import verify what they move', async (t) => {
  const { cwd, good, run } = await bench(t);
  await good('publish', 'team/say.prompt.yaml');
  await good('eval', 'team/say.prompt.yaml', '--replay');
  await good('promote', 'team/say', 'latest', 'production');
  await good('export', '-o', 'backup.jsonl');
  const imported = await good('import', 'backup.jsonl', '--registry', './copy');
  assert.match(imported, /imported 1 version of 1 prompt, 1 label move and 1 eval/);
  const files = async (folder: string) =>
    (await readdir(join(cwd, folder), { recursive: true })).sort();
  assert.deepEqual(await files('copy'), await files('registry'));
  assert.match(await good('import', 'backup.jsonl', '--registry', './copy'), /imported 0 versions/);
  const text = await readFile(join(cwd, 'backup.jsonl'), 'utf8');
  await writeFile(join(cwd, 'changed.jsonl'), text.replace('"author":', '"author" :'));
  await writeFile(join(cwd, 'cut.jsonl'), text.slice(0, text.length / 2));
  for (const file of ['changed.jsonl', 'cut.jsonl']) {
    const refused = await run('import', file, '--registry', './third');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /cannot be imported/);
  }
  assert.equal((await readdir(cwd)).includes('third'), false);
});

test('show prints the exact file, or the messages that an application sends', async (t) => {
  const { file, good, run } = await bench(t);
  await good('publish', 'team/say.prompt.yaml');
  assert.equal(await good('show', 'team/say@latest'), await readFile(file, 'utf8'));
  assert.deepEqual(JSON.parse(await good('show', 'team/say', '--format', 'messages')), [
    { role: 'user', content: 'Say {{word}}' },
  ]);
  assert.match((await run('show', 'team/say@production')).stderr, /no label production/);
  assert.match((await run('show', '../x@1.0.0')).stderr, /is a path, not a name/);
  assert.match(await good('list', '--published'), /team\/say\s+no label\n1 prompt in/);
});

test('a database that the project names is not opened without consent, and no secret is shown', async (t) => {
  const { cwd, run, good } = await bench(
    t,
    'registry: postgres://app:${env:DB_PASSWORD}@127.0.0.1:1/x\n',
  );
  await writeFile(join(cwd, '.env'), 'DB_PASSWORD=Secr3tCanary\n');
  const untrusted = await run('list', '--published');
  assert.equal(untrusted.code, 2);
  assert.match(untrusted.stderr, /allow it with `promptsmith trust postgres:\/\/127\.0\.0\.1:1`/);
  assert.match(await good('trust', 'postgres://127.0.0.1:1'), /DB_PASSWORD may now go to/);
  const gone = await run('list', '--published');
  assert.match(gone.stderr, /postgres:\/\/app@127\.0\.0\.1:1\/x does not answer \(ECONNREFUSED\)/);
  assert.doesNotMatch(untrusted.stderr + gone.stderr, /Secr3tCanary/);
  await writeFile(join(cwd, '.env'), '');
  assert.match((await run('list', '--published')).stderr, /needs DB_PASSWORD: set it/);
});

test('a secret in a prompt or a message is not published', async (t) => {
  const { file, good, run } = await bench(t);
  const key = `ghp_${'a1B2'.repeat(9)}`;
  await writeFile(file, prompt(`Say ${key}`));
  const refused = await run('publish', 'team/say.prompt.yaml');
  assert.match(refused.stderr, /looks like a secret \(GitHub token\)/);
  assert.equal(refused.stderr.includes(key), false);
  await writeFile(file, prompt('Say'));
  await good('publish', 'team/say.prompt.yaml', '-m', 'with sk-abcdefghijklmnop1234');
  assert.doesNotMatch(await good('log', 'team/say'), /abcdefghijklmnop/);
});
