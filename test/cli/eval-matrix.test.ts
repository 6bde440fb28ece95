import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

/** Twenty cases; the verb of the prompt, the model and the case's tag decide what comes out right. */
const prompt = (verb: string): string => `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "${verb} {{word}}" }]
testData:
${Array.from({ length: 20 }, (_, i) => `  - { word: w${i}x, $case: { name: c${i}, tags: [${i < 8 ? 'hard' : 'easy'}, ${i % 2 ? 'holdout' : 'open'}] } }\n`).join('')}evaluators: [{ name: says it, metric: echo, uses: promptsmith/contains, with: "{{word}}" }]
`;

async function bench(t: TestContext) {
  const server = await modelServer(({ body }) => {
    const [verb, word = ''] = (body.messages.at(-1)?.content ?? '').split(' ');
    const isHard = /^w[0-7]x$/.test(word);
    const isWrong = isHard && (verb === 'Mumble' || body.model.includes('nano'));
    return { kind: 'stream', text: isWrong ? 'mm' : word };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': prompt('Say'),
    'b.prompt.yaml': prompt('Tell'),
    'c.prompt.yaml': prompt('Mumble'),
  });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  return (...args: string[]) => promptsmith(['eval', '--holdout', ...args], { cwd, env });
}

test('several models are compared with the first; tags that lag behind are said', async (t) => {
  const run = await bench(t);
  const models = ['-m', 'openai/gpt-4o-mini', '-m', 'openai/gpt-4.1-nano'];
  const { stdout: wrapped, stderr } = await run('a.prompt.yaml', ...models);
  const stdout = wrapped.replace(/\s+/g, ' ');
  assert.match(
    stdout,
    /openai\/gpt-4\.1-nano compared with openai\/gpt-4o-mini regression/,
    stderr,
  );
  // The table of models fits, and the best of both are marked.
  assert.match(wrapped, /\n {2}Model +Pass rate \(95 % CI\) +Cost per call/);
  assert.match(
    wrapped,
    /\n {2}openai\/gpt-4\.1-nano ★? +60 % \(38\.7–78\.1\) +\$0\.0000032 +worse \(p = \.0\d\d\) +not accepted\n/,
  );
  for (const line of wrapped.split('\n')) assert.ok(line.length <= 100, line);
  assert.match(stdout, /✓ Accepted: 20 of 20 cases pass \(100 %, 95 % CI 83\.9–100 %\)/);
  assert.match(stdout, /regression: 100 → 60 % of 20 cases pass, −40 points/);
  assert.match(stdout, /tag hard: 100 → 0 % of 8 cases pass, −100 points \(p = \.031, adjusted/);
  assert.match(stdout, /echo fell: 1 → 0\.6 on average/);
  assert.match(
    stdout,
    /tag hard, openai\/gpt-4\.1-nano: 0 % of 8 cases pass, −100 points compared with the rest/,
  );
  assert.match(
    stdout,
    /tag holdout, openai\/gpt-4o-mini: 100 % of 10 cases pass, 0 points compared with/,
  );
  assert.doesNotMatch(stdout, /tag open/);
  const { models: beside, slices } = JSON.parse(
    (await run('a.prompt.yaml', ...models, '--json')).stdout,
  );
  assert.deepEqual(
    beside.map((one: Record<string, unknown>) => [one.baseModel, one.model, one.verdict]),
    [['openai/gpt-4o-mini', 'openai/gpt-4.1-nano', 'regression']],
  );
  assert.equal(slices.length, 8);
});

test('several prompts beside one baseline: p is adjusted for their number', async (t) => {
  const run = await bench(t);
  assert.equal((await run('a.prompt.yaml')).code, 0);
  const args = [
    'b.prompt.yaml',
    'c.prompt.yaml',
    '--baseline',
    'a.prompt.yaml',
    '--fail-on',
    'regression',
  ];
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 1, stderr);
  assert.match(
    stdout,
    /compared with one baseline, p-values adjusted for all of these comparisons\n/,
  );
  const [, together = ''] = stdout.split('compared with one baseline');
  assert.match(together, /b\.prompt\.yaml: .*100 → 100 % of 20/);
  assert.match(together, /c\.prompt\.yaml: regression: 100 → 60 % .*p =\s+\.016\)/s);
  const { runs } = JSON.parse((await run(...args, '--json')).stdout);
  assert.deepEqual(
    runs.map(({ comparison }: { comparison: { p: number; pAdjusted: number } }) => [
      comparison.p.toFixed(4),
      comparison.pAdjusted.toFixed(4),
    ]),
    [
      ['1.0000', '1.0000'],
      ['0.0078', '0.0156'],
    ],
  );
});

test('with repeats it is said how often one try and how often all of them pass', async (t) => {
  const run = await bench(t);
  const { stdout } = await run('c.prompt.yaml', '--repeat', '2');
  assert.match(stdout, /pass@2 60 %, pass\^2 60 %/);
  assert.match(stdout, /cost \$[\d.]+, \$[\d.]+ per passed case/);
});

test('candidates, variants and derived metrics of a file', async (t) => {
  const server = await modelServer(({ body }) => {
    const text = body.messages.at(-1)?.content ?? '';
    return { kind: 'stream', text: text.includes('Wei') ? 'no' : `yes, ${body.model}` };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': `model: openai/gpt-4o-mini
candidates: [openai/gpt-4.1-nano, openai/gpt-4o-mini]
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "May {{who}} pass?" }]
testData: [{ who: Tom, $case: { name: tom } }, { who: nobody, $case: { name: nobody } }]
variants: { name: [Tom, Ayşe, Wei] }
evaluators:
  - { name: yes, metric: precision, uses: promptsmith/contains, with: yes }
  - { name: long, metric: recall, weight: 0, uses: promptsmith/length, with: { min: 1 } }
derivedMetrics: { f1: 2 * precision * recall / (precision + recall), none: 1 / (recall - recall) }
acceptance: { metrics: { f1: 0.9 } }
`,
  });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const { code, stdout, stderr } = await promptsmith(
    ['eval', 'a.prompt.yaml', '--candidates', '--json'],
    { cwd, env },
  );
  assert.equal(code, 1, stderr);
  assert.equal(server.requests.length, 8);
  const { run, cases, metrics, acceptance, models } = JSON.parse(stdout);
  assert.deepEqual(run.models, ['openai/gpt-4o-mini', 'openai/gpt-4.1-nano']);
  assert.equal(models.length, 1);
  assert.deepEqual(
    cases
      .filter((one: { model: string }) => one.model === 'openai/gpt-4o-mini')
      .map((one: Record<string, unknown>) => [one.id, one.outcome, one.group]),
    [
      ['tom', 'passed', 'tom'],
      ['tom (name: Ayşe)', 'passed', 'tom'],
      ['tom (name: Wei)', 'failed', 'tom'],
      ['nobody', 'passed', undefined],
    ],
  );
  assert.deepEqual(metrics, { precision: 0.75, recall: 1, f1: 1.5 / 1.75 });
  assert.match(JSON.stringify(acceptance), /metrics\.f1.*"met":false/);
  // The definition is one of the evaluators': other ones judge the stored answers again.
  const file = join(cwd, 'a.prompt.yaml');
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(/f1: 2.*?recall\), /, 'f1: precision + recall, '),
  );
  const resumed = await promptsmith(
    ['eval', 'a.prompt.yaml', '--candidates', `--resume=${run.id}`],
    { cwd, env },
  );
  assert.match(resumed.stderr, /the evaluators have changed since/);
  const again = await promptsmith(
    ['eval', 'a.prompt.yaml', '--candidates', '--rescore', '--json'],
    { cwd, env },
  );
  assert.equal(again.code, 0, again.stderr);
  assert.equal(JSON.parse(again.stdout).metrics.f1, 1.75);
  assert.equal(server.requests.length, 8);
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace('precision + recall,', 'precision +,'),
  );
  const broken = await promptsmith(['eval', 'a.prompt.yaml'], { cwd, env });
  assert.match(
    broken.stdout.replace(/\s+/g, ' '),
    /`f1` ends where a number or a metric is expected/,
  );
  const { stdout: found } = await promptsmith(['check', 'a.prompt.yaml'], { cwd });
  assert.match(found, /`f1` ends where a number or a metric is expected/);
  assert.equal(server.requests.length, 8);
});
