import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { RunEvent } from '#core/eval/run-event.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer, type Received } from '#test/support/model-server.ts';

const CASES = 40;
const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}x, $case: { name: c${i} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`;

function wordOf({ body }: Received): string {
  return /Say (\w+)/.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? '';
}

/** A folder with the prompt, and a model that answers the first calls and then holds the others. */
async function bench(t: TestContext, answered: number) {
  let left = answered;
  let held = 0;
  const given: string[] = [];
  const server = await modelServer((request) => {
    if (left-- <= 0) {
      held++;
      return { kind: 'nothing' };
    }
    given.push(wordOf(request));
    return {
      kind: 'stream',
      text: `I say ${wordOf(request)} at some length, so that it takes room.`,
    };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': '' });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const evaluate = (args: readonly string[], more: Parameters<typeof promptsmith>[1] = {}) =>
    promptsmith(['eval', 'a.prompt.yaml', '--no-cache', ...args], { cwd, env, ...more });
  return {
    cwd,
    server,
    /** The words that were answered, in order. */
    given,
    evaluate,
    held: () => held,
    /** From now on so many more calls are answered. */
    answer: (count: number) => {
      left = count;
      held = 0;
    },
  };
}

/** Resolves when every worker waits for an answer that does not come: what came before is done with. */
async function stuck({ held }: { held(): number }, workers: number): Promise<void> {
  while (held() < workers) await new Promise((next) => setImmediate(next));
}

async function eventsIn(cwd: string): Promise<RunEvent[]> {
  const runs = join(cwd, '.promptsmith/runs/a');
  const [id = ''] = await readdir(runs);
  const text = await readFile(join(runs, id, 'events.jsonl'), 'utf8');
  const lines = text.split('\n');
  assert.equal(lines.pop(), '', 'the last line is whole');
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

function assertWhole(events: readonly RunEvent[]): void {
  const scored = events.flatMap((event) => (event.t === 'score' ? [event.job] : []));
  assert.equal(new Set(scored).size, CASES);
  assert.equal(scored.length, CASES);
}

test('kill -9, again and again: --resume loses no case and pays for none twice', async (t) => {
  const model = await bench(t, 7);
  const { cwd, given, evaluate } = model;
  const first = evaluate(['--concurrency', '4'], {
    onOutput: (text, kill) => {
      if (text.includes(`${CASES} calls`)) void stuck(model, 4).then(() => kill('SIGKILL'));
    },
  });
  assert.equal((await first).code, null);
  assert.equal(given.length, 7);
  for (const count of [1, 12]) {
    const left = CASES - given.length;
    model.answer(count);
    const more = evaluate(['--resume', '--concurrency', '4'], {
      onOutput: (text, kill) => {
        if (text.includes(`${left} calls`)) void stuck(model, 4).then(() => kill('SIGKILL'));
      },
    });
    assert.equal((await more).code, null);
  }
  // As a kill in the middle of a write leaves it.
  const runs = join(cwd, '.promptsmith/runs/a');
  const [id = ''] = await readdir(runs);
  await writeFile(join(runs, id, 'events.jsonl'), '{"t":"answer","job":"c39|open', { flag: 'a' });
  model.answer(Number.POSITIVE_INFINITY);
  const { code, stdout, stderr } = await evaluate(['--resume', '--json']);
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).totals.passed, CASES);
  assert.equal(given.length, CASES, 'each answer was paid for once');
  assert.equal(new Set(given).size, CASES);
  assertWhole(await eventsIn(cwd));
  assert.equal((await readdir(runs)).length, 1);
});

test('a full disk stops the run before it pays for more; with room again it goes on', async (t) => {
  const { cwd, given, evaluate } = await bench(t, Number.POSITIVE_INFINITY);
  const full = await evaluate(['--concurrency', '1'], { fileBlocks: 8 });
  assert.equal(full.code, 2, full.stdout);
  assert.match(full.stderr, /events\.jsonl cannot be written: .*continue with --resume/);
  assert.doesNotMatch(full.stderr, /bug/);
  const before = given.length;
  assert.ok(before > 2 && before < CASES - 2, `${before} answers`);
  const { code, stdout, stderr } = await evaluate(['--resume', '--json']);
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).totals.passed, CASES);
  // The answers that no longer fitted are asked for again, and no others.
  assert.ok(given.length <= CASES + 2, `${given.length} calls`);
  assertWhole(await eventsIn(cwd));
});

test('a report that does not fit says so and leaves the run as it is', async (t) => {
  const { cwd, evaluate } = await bench(t, Number.POSITIVE_INFINITY);
  assert.equal((await evaluate([])).code, 0);
  const full = await evaluate(['--resume', '--format', 'html', '--output', 'r.html'], {
    fileBlocks: 2,
  });
  assert.equal(full.code, 2);
  assert.doesNotMatch(full.stderr, /bug/);
  assertWhole(await eventsIn(cwd));
});

test('where runs cannot be kept nothing is called', async (t) => {
  const { cwd, server, evaluate } = await bench(t, Number.POSITIVE_INFINITY);
  await writeFile(join(cwd, '.promptsmith'), 'a file where a folder should be');
  const blocked = await evaluate([]);
  assert.equal(blocked.code, 2);
  assert.match(
    blocked.stderr,
    /the run cannot be stored in .promptsmith of the project, so nothing was called/,
  );
  assert.equal(server.requests.length, 0);
});

test('a project in which nothing can be written is refused before a call', async (t) => {
  const { cwd, server, evaluate } = await bench(t, Number.POSITIVE_INFINITY);
  // Root may write where nobody may, but not below a file.
  if (process.getuid?.() === 0) await writeFile(join(cwd, '.promptsmith'), '');
  else await chmod(cwd, 0o555);
  const blocked = await evaluate([]).finally(() => chmod(cwd, 0o755));
  assert.equal(blocked.code, 2);
  assert.match(
    blocked.stderr,
    /the run cannot be stored in .promptsmith of the project, so nothing was called/,
  );
  assert.equal(server.requests.length, 0);
});

test('two runs at once on one prompt are two runs; one run is resumed by one process', async (t) => {
  const model = await bench(t, 3);
  const { cwd, server, evaluate } = model;
  let stop: (() => void) | null = null;
  const first = evaluate(['--concurrency', '2'], {
    onOutput: (_, kill) => {
      stop ??= () => kill('SIGINT');
    },
  });
  await stuck(model, 2);
  const asked = server.requests.length;
  const second = await evaluate(['--resume']);
  assert.equal(second.code, 2);
  assert.match(
    second.stderr,
    /is being written by process \d+ on .*: wait until it ends, or stop it/,
  );
  const erase = await promptsmith(['runs', 'erase', '--all'], { cwd });
  assert.equal(erase.code, 2);
  assert.match(erase.stderr, /is being written by process.*Nothing was erased/);
  assert.equal(server.requests.length, asked);
  model.answer(CASES);
  assert.equal((await evaluate([])).code, 0);
  (stop as (() => void) | null)?.();
  assert.equal((await first).code, 130);
  const runs = await readdir(join(cwd, '.promptsmith/runs/a'));
  assert.equal(runs.length, 2);
  const listed = await promptsmith(['runs', 'list', '--json'], { cwd });
  const ends = JSON.parse(listed.stdout).runs.map((run: { end: string }) => run.end);
  assert.deepEqual(ends.sort(), ['cancelled', 'done']);
});

test('a run of a newer version is named and left as it is', async (t) => {
  const { cwd, server, evaluate } = await bench(t, 0);
  const runs = join(cwd, '.promptsmith/runs/a');
  const id = '20991231T235959Z-abcdef';
  const events = '{"t":"start","v":3,"run":{"id":"later"},"more":1}\n';
  await folderInto(join(runs, id), { 'events.jsonl': events, 'summary.json': '{"v":3}\n' });
  for (const args of [['--resume'], [`--resume=${id}`], ['--baseline', id]]) {
    const { code, stderr } = await evaluate(args);
    assert.equal(code, 2);
    assert.match(stderr, /written by a newer Promptsmith \(v 3\): update this one/, args.join(' '));
  }
  assert.equal(await readFile(join(runs, id, 'events.jsonl'), 'utf8'), events);
  assert.equal(server.requests.length, 0);
  const listed = await promptsmith(['runs', 'list'], { cwd });
  assert.equal(listed.code, 0);
  assert.match(listed.stdout, /newer Promptsmith/);
});

async function folderInto(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
}
