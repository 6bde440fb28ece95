import assert from 'node:assert/strict';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ModelRequest } from '#core/eval/model.ts';
import { ResponseCache } from '#io/models/response-cache.ts';
import { folderWith } from '../../support/cli.ts';
import {
  answerOf,
  collect,
  modelOf,
  ofKind,
  planOf,
  portsOf,
  promptText,
  TARGET,
} from '../../support/evals.ts';
import { start } from '../../support/runs.ts';

const AT = '2026-11-21T09:30:00.000Z';
const entryOf = (text: string) => ({ answer: answerOf(text), at: AT });

async function newCache(t: TestContext) {
  const folder = await folderWith(t, {});
  return { folder, cache: new ResponseCache(folder) };
}

const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  provider: TARGET.provider,
  origin: TARGET.origin,
  model: TARGET.model,
  messages: [{ role: 'user', content: 'hello' }],
  parameters: { temperature: 0 },
  why: { case: 'a', repeat: 0, role: 'answer' },
  ...more,
});

async function entries(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'cache'), { recursive: true });
  return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, 'cache', name));
}

test('equal requests at the same time disturb no one', async (t) => {
  const { cache, folder } = await newCache(t);
  await Promise.all(Array.from({ length: 50 }, () => cache.put(request(), entryOf('hi'))));
  assert.equal(cache.problem, null);
  assert.equal((await entries(folder)).length, 1);
});

test('an answer is found by the whole request, whichever case asks', async (t) => {
  const { cache, folder } = await newCache(t);
  const answer = entryOf('hi');
  assert.equal(await cache.get(request()), null);
  await cache.put(request(), answer);
  assert.deepEqual(await cache.get(request()), answer);
  assert.ok(cache.has(request()));
  const why = { case: 'b', repeat: 0, role: 'judge:x' };
  assert.deepEqual(await cache.get(request({ why })), answer);
  const others: Partial<ModelRequest>[] = [
    { model: 'gpt-4o' },
    { origin: 'http://127.0.0.2' },
    { messages: [{ role: 'system', content: 'hello' }] },
    { parameters: { temperature: 1 } },
    { responseFormat: 'json_object' },
    // Cached repeats would be no repeats.
    { why: { ...why, repeat: 1 } },
  ];
  for (const other of others) {
    assert.equal(await cache.get(request(other)), null, JSON.stringify(other));
    assert.ok(!cache.has(request(other)));
  }
  const [path = ''] = await entries(folder);
  assert.match(path, /cache\/([0-9a-f]{2})\/\1[0-9a-f]{62}\.json$/);
  assert.equal(JSON.parse(await readFile(path, 'utf8')).v, 1);
});

test('what is cut off or newer is asked for again, and replaced', async (t) => {
  const { cache, folder } = await newCache(t);
  await cache.put(request(), entryOf('hi'));
  const [path = ''] = await entries(folder);
  for (const text of ['{"v":1,"why":{"cas', '', '{"v":2}', 'null']) {
    await writeFile(path, text);
    assert.equal(await cache.get(request()), null, text);
  }
  await cache.put(request(), entryOf('new'));
  assert.equal((await cache.get(request()))?.answer.text, 'new');
  assert.equal(cache.problem, null);
});

test('where nothing can be kept the run goes on, and it is said once', async (t) => {
  const { folder } = await newCache(t);
  await writeFile(join(folder, 'cache'), 'a file');
  const cache = new ResponseCache(folder);
  await cache.put(request(), entryOf('hi'));
  assert.equal(await cache.get(request()), null);
  assert.match(cache.problem ?? '', /answers could not be cached in .*cache/);
});

test('old answers are erased, or all', async (t) => {
  const { cache, folder } = await newCache(t);
  await cache.put(request(), entryOf('old'));
  const [old = ''] = await entries(folder);
  await utimes(old, 1, 1);
  await cache.put(request({ model: 'other' }), entryOf('new'));
  assert.equal(await cache.erase(100_000), 1);
  assert.equal((await entries(folder)).length, 1);
  assert.equal(await cache.erase(), 1);
  assert.deepEqual(await readdir(folder), []);
  assert.equal(await cache.erase(), 0);
});

test('a run asks only for what is new; latency and cost of the rest are none of its own', async (t) => {
  const { cache } = await newCache(t);
  const rows = (n: number) => Array.from({ length: n }, (_, i) => `- { input: w${i} }`).join('\n');
  const checks =
    '- { uses: promptsmith/latency, threshold: 1000 }\n- { name: fluent, uses: github/fluency }';
  let calls = 0;
  const model = modelOf(({ why }) => {
    calls++;
    return { kind: 'end', answer: answerOf(why.role === 'answer' ? 'text' : 'Score: 5') };
  });
  const ports = portsOf(model, { cache });
  const run = (n: number) => collect(start(planOf(promptText(checks, rows(n))), ports));
  await run(3);
  // Three answers, and the judge is asked the same each time: once, or until the first reply is kept.
  assert.ok(calls >= 4 && calls <= 6, `${calls}`);
  calls = 0;
  const events = await run(4);
  assert.equal(calls, 1);
  const answers = ofKind(events, 'answer');
  assert.deepEqual(answers.map((e) => [e.cached, e.attempts]).sort(), [
    [false, 1],
    [true, 0],
    [true, 0],
    [true, 0],
  ]);
  assert.ok(answers.every((e) => (e.cost ?? 0) > 0));
  for (const { job, results } of ofKind(events, 'score')) {
    const [latency, judge] = results;
    const isCached = answers.find((e) => e.job === job)?.cached;
    assert.equal(latency?.passed, isCached ? null : true);
    assert.equal(judge?.cost, 0);
  }
});
