import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

const CASES = 8;
const PROMPT = `model: openai/gpt-4o-mini
candidates: [openai/gpt-4.1-mini]
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}x, $case: { name: c${i}${i === 0 ? ', tags: [holdout]' : ''} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`;

/** A prompt whose model answers the first calls, and holds the others until `release`. */
async function project(t: TestContext, answered: number) {
  const asked: string[] = [];
  let isHeld = true;
  let kill = (): void => {};
  const server = await modelServer(({ body }) => {
    if (isHeld && asked.length >= answered) {
      kill();
      return { kind: 'nothing' };
    }
    asked.push(body.model);
    const word = /Say (\w+)/.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? '';
    // The candidate passes everything, the file's own model nothing.
    return { kind: 'stream', text: body.model === 'gpt-4o-mini' ? 'no' : word };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': '' });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const evaluate = (args: readonly string[], more: Parameters<typeof promptsmith>[1] = {}) =>
    promptsmith(['eval', 'a.prompt.yaml', '--no-cache', '--concurrency', '1', ...args], {
      ...{ cwd, env },
      ...more,
    });
  /** Begins a run and kills it when its first unanswered call has arrived. */
  const begin = async (...args: string[]) => {
    const program = new AbortController();
    kill = () => program.abort();
    const { code } = await evaluate(args, { signal: program.signal });
    assert.equal(code, null, 'the run was killed');
    isHeld = false;
  };
  return { cwd, asked, evaluate, begin };
}

test('a killed run goes on with its own models and repeats, and with no others', async (t) => {
  const { asked, evaluate, begin } = await project(t, 3);
  await begin('--repeat', '2', '--holdout');
  const refusals = [
    [
      ['--model', 'openai/gpt-4.1-mini', '--holdout'],
      /runs on openai\/gpt-4o-mini, not on openai\/gpt-4\.1-mini: pass --model openai\/gpt-4o-mini/,
    ],
    [
      ['--candidates', '--holdout'],
      /runs on openai\/gpt-4o-mini, not on openai\/gpt-4o-mini, openai\/gpt-4\.1-mini/,
    ],
    [['--repeat', '1', '--holdout'], /has 2 repeats of each case, not 1: pass --repeat 2/],
    [['--filter', 'c2', '--holdout'], /runs all cases: omit --filter/],
    [[], /includes the holdout cases: pass --holdout/],
  ] as const;
  for (const [args, expected] of refusals) {
    const { code, stderr } = await evaluate(['--resume', ...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, expected);
  }
  assert.equal(asked.length, 3, 'nothing was called');
  const { code, stdout, stderr } = await evaluate(['--resume', '--holdout', '--json']);
  assert.equal(code, 1, stderr);
  const { totals, run } = JSON.parse(stdout);
  assert.deepEqual([run.repeat, totals.jobs.asked, totals.failed], [2, 2 * CASES, CASES]);
  assert.deepEqual(new Set(asked), new Set(['gpt-4o-mini']));
});

test('a run on other models goes on with them', async (t) => {
  const { asked, evaluate, begin } = await project(t, 3);
  await begin('--model', 'openai/gpt-4.1-mini');
  const { code, stderr } = await evaluate(['--resume']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(new Set(asked), new Set(['gpt-4.1-mini']));
});

test('scoring again that was interrupted does not mix the verdicts of two sets of evaluators', async (t) => {
  const { cwd, evaluate, begin } = await project(t, 3);
  await begin('--holdout');
  await evaluate(['--resume', '--holdout']);
  const stricter = PROMPT.replace('promptsmith/contains', 'promptsmith/equals');
  await writeFile(join(cwd, 'a.prompt.yaml'), stricter);
  const { stdout } = await evaluate(['--rescore', '--holdout', '--json']);
  const { id } = JSON.parse(stdout).run;
  // The process dies after the first of the new scores.
  const file = join(cwd, '.promptsmith/runs/a', id, 'events.jsonl');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const again = lines.findLastIndex((line) => line.startsWith('{"t":"start"'));
  assert.ok(again > 0, 'the run starts again with its new evaluators');
  await writeFile(file, `${lines.slice(0, again + 3).join('\n')}\n`);
  const resumed = await evaluate([`--resume=${id}`, '--holdout']);
  assert.equal(resumed.code, 2);
  assert.match(
    resumed.stderr,
    /7 of its answers are not scored by its evaluators yet: score them with --rescore/,
  );
  const whole = await evaluate(['--rescore', '--holdout', '--json']);
  assert.equal(JSON.parse(whole.stdout).totals.jobs.answered, CASES, whole.stderr);
});
