import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { registryProject, samplePrompt } from '#test/support/registry-project.ts';

test('the runs of two versions are compared, a worse one is refused', async (t) => {
  const { cwd, file, run, good } = await registryProject(t);
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
  await writeFile(file, samplePrompt('Mumble'));
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

test('required approvals, given by others than the author', async (t) => {
  const { good, run } = await registryProject(
    t,
    'promotion: { qa: { gate: any, approvals: 1 } }\n',
  );
  await good('publish', 'team/say.prompt.yaml');
  const alone = await run('promote', 'team/say', '1.0.0', 'qa');
  assert.equal(alone.code, 1);
  assert.match(
    alone.stdout,
    /✗ approvals: 0 of 1 required approvals \(author .* does not count\)\n/,
  );
  assert.match(
    alone.stdout,
    /promotion policy is not satisfied: did not move qa of team\/say \(new\) → 1\.0\.0\n$/,
  );
  const dry = await good('promote', 'team/say', '1.0.0', 'qa', '--approved-by', 'bob', '--dry-run');
  assert.match(dry, /promotion policy is satisfied: would move qa of team\/say/);
  const moved = await good('promote', 'team/say@1.0.0', 'qa', '--approved-by', 'bob');
  assert.match(moved, /✓ approvals: 1 of 1 required approvals: bob/);
  assert.match(moved, /promotion policy is satisfied: moved qa of team\/say \(new\) → 1\.0\.0\n$/);
});

test('the gate may have its older name, floor', async (t) => {
  const { good, run } = await registryProject(t, 'promotion: { qa: { gate: floor } }\n');
  await good('publish', 'team/say.prompt.yaml');
  const { code, stdout } = await run('promote', 'team/say', '1.0.0', 'qa');
  assert.equal(code, 1);
  assert.match(stdout, /✗ eval: no eval of this content/);
});

test('a split sends a percentage to another version', async (t) => {
  const { file, good, run } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await writeFile(file, samplePrompt('Please say'));
  await good('publish', 'team/say.prompt.yaml');
  await good('promote', 'team/say', '1.0.0', 'qa', '--split', '1.1.0=5');
  assert.match(await good('log', 'team/say'), /qa \(new\) → 1\.0\.0 \(5 % to 1\.1\.0\)/);
  for (const [split, message] of [
    ['1.1.0', /--split must be version=percent, such as 1\.5\.0=5, not "1\.1\.0"/],
    ['1.0.0=5', /1\.0\.0 gets the remaining calls/],
    ['1.1.0=100', /must add up to more than 0 and less than 100 %/],
  ] as const) {
    const { code, stderr } = await run('promote', 'team/say', '1.0.0', 'dev', '--split', split);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});

test('a version that gets a share of the calls has to satisfy the policy, too', async (t) => {
  const { file, good, run } = await registryProject(t);
  await good('publish', 'team/say.prompt.yaml');
  await good('eval', 'team/say.prompt.yaml', '--replay');
  await good('promote', 'team/say', '1.0.0', 'production');
  await writeFile(file, samplePrompt('Please say'));
  await good('publish', 'team/say.prompt.yaml');
  const canary = ['promote', 'team/say', '1.0.0', 'production', '--split', '1.1.0=5'] as const;
  const refused = await run(...canary);
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /✗ eval: 1\.1\.0: no eval of this content/);
  await good('eval', 'team/say.prompt.yaml', '--replay');
  assert.match(
    await good(...canary),
    /✓ verdict: 1\.1\.0: compared with 1\.0\.0[\s\S]*moved production/,
  );
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /promote takes NAME VERSION LABEL/],
    [['team/say', '1.0.0'], /promote takes NAME VERSION LABEL/],
    [['team/say', '1.0.0', 'latest'], /"latest" always points to the highest version/],
    [['team/say', '1.0.0', 'dev'], /team\/say is not in the registry/],
    [['team/say', '1.0.0', 'dev', '--override'], /--override requires --reason/],
  ] as const) {
    const { code, stdout, stderr } = await run('promote', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
