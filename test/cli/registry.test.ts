import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';
import { registryProject, samplePrompt } from '#test/support/registry-project.ts';

test('publish, refused without an eval, promoted after one, rolled back', async (t) => {
  const { cwd, file, run, good } = await registryProject(t);
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
  assert.match(refused.stdout, /promotion policy is not satisfied: did not move/);
  assert.equal((await run('eval', 'team/say.prompt.yaml', '--replay')).code, 0);
  assert.match(await good('promote', 'team/say', '1.0.0', 'production'), /moved production/);

  await writeFile(file, samplePrompt('Please say', 'acceptance: { passRate: 1 }\n'));
  const difference = await good('diff', 'team/say.prompt.yaml');
  assert.match(difference, /team\/say@1\.0\.0 \(production\) → team\/say\.prompt\.yaml\s+minor/);
  assert.match(difference, /minor\s+the wording of the user message \(1\)/);
  assert.match(difference, /tokens per call +\d+ → \d+ +\+1\n/);
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

test('approvals: the author and blank names are refused, another person moves the label', async (t) => {
  const { run, good } = await registryProject(
    t,
    'promotion: { qa: { gate: any, approvals: 1 } }\n',
  );
  await good('publish', 'team/say.prompt.yaml');
  const approvedBy = async (name: string) =>
    await run('promote', 'team/say', '1.0.0', 'qa', '--author', 'ada', '--approved-by', name);
  for (const name of [' ', 'ada ', 'ADA']) {
    const { code, stdout } = await approvedBy(name);
    assert.equal(code, 1, name);
    assert.match(stdout, /✗ approvals: 0 of 1 required approvals \(author ada does not count\)/);
    assert.match(stdout, /promotion policy is not satisfied: did not move/);
  }
  const agreed = await approvedBy(' bob ');
  assert.equal(agreed.code, 0, agreed.stderr);
  assert.match(agreed.stdout, /✓ approvals: 1 of 1 required approvals: bob/);
  const { moves } = JSON.parse(await good('log', 'team/say', '--json'));
  assert.deepEqual(moves[0].approvedBy, ['bob']);
});

test('versions and labels are baselines, and are evaluated as they were published', async (t) => {
  const { cwd, file, run, good } = await registryProject(t);
  await good('eval', 'team/say.prompt.yaml', '--replay');
  await good('publish', 'team/say.prompt.yaml');
  await good('promote', 'team/say', '1.0.0', 'production');
  await writeFile(file, samplePrompt('Tell'));
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
