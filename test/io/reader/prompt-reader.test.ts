import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import { chooseVersion } from '#core/registry/choose-version.ts';
import { type Registry, RegistryError } from '#core/registry/registry.ts';
import { PromptReader } from '#io/reader/prompt-reader.ts';
import type { ReaderOptions } from '#io/reader/registry.d.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { moveTo, recordOf } from '#test/support/registry.ts';

const text = (verb: string) => `model: openai/gpt-4o-mini
modelParameters: { max_tokens: 10, temperature: 0 }
variables: [{ name: tone, default: kindly }]
messages: [{ role: user, content: "${verb} {{word}} {{tone}}" }]
`;

/** A registry with two versions, whose calls are counted and can fail or hang. */
async function setUp(t: TestContext, options: ReaderOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'reader-'));
  t.after(() => rm(folder, { recursive: true }));
  const registry = new DirectoryRegistry(join(folder, 'registry'));
  for (const [verb, version, parent] of [
    ['Say', '1.0.0', null],
    ['Sing', '1.1.0', '1.0.0'],
  ] as const) {
    const made = makeBundle(parsePrompt(text(verb)), [], [], {});
    await registry.publish('say', recordOf(made, version, parent), made.bundle);
  }
  await registry.move('say', 'production', 1, moveTo('1.0.0', null));
  const world: { calls: number; state: 'up' | 'down' | 'hangs' } = { calls: 0, state: 'up' };
  const guard = async <T>(call: () => Promise<T>): Promise<T> => {
    world.calls++;
    if (world.state === 'down') throw new RegistryError('unreachable', 'it does not answer');
    if (world.state === 'hangs') await new Promise(() => {});
    return await call();
  };
  const watched: Registry = Object.assign(Object.create(registry) as Registry, {
    versions: (name: string) => guard(() => registry.versions(name)),
    moves: (name: string) => guard(() => registry.moves(name)),
    bundle: (name: string, version: string) => guard(() => registry.bundle(name, version)),
    close: () => registry.close(),
  });
  const problems: string[] = [];
  const open = (more: ReaderOptions = {}) => {
    const all = { onProblem: (error: Error) => problems.push(error.message), ...options, ...more };
    const reader = new PromptReader('here', async () => watched, all);
    t.after(() => reader.close());
    return reader;
  };
  return { folder, registry, world, problems, open };
}

test('a label is read with its messages, values and defaults', async (t) => {
  const { open } = await setUp(t);
  const prompt = await open().prompt('say@production');
  assert.equal(prompt.version, '1.0.0');
  assert.equal(prompt.model, 'openai/gpt-4o-mini');
  assert.deepEqual(prompt.parameters, { maxTokens: 10, temperature: 0 });
  assert.deepEqual(prompt.messages({ word: 'a {{tone}}' }), [
    { role: 'user', content: 'Say a {{tone}} kindly' },
  ]);
  assert.throws(() => prompt.messages(), /say@1\.0\.0 needs a value for word/);
  assert.equal(prompt.text, text('Say'));
});

test('what is fresh is not asked for again, and many who wait are one question', async (t) => {
  const { open, world, registry } = await setUp(t);
  const reader = open();
  await Promise.all(Array.from({ length: 50 }, () => reader.prompt('say@production')));
  const { calls } = world;
  assert.ok(calls <= 4, `${calls} calls`);
  await registry.move('say', 'production', 2, moveTo('1.1.0', '1.0.0'));
  assert.equal((await reader.prompt('say@production')).version, '1.0.0');
  assert.equal(world.calls, calls);
  assert.equal((await open({ maxAgeMs: 0 }).prompt('say@production')).version, '1.1.0');
});

test('a version is for ever; a moved label is seen when its age has come', async (t) => {
  const { open, world, registry } = await setUp(t, { maxAgeMs: 0 });
  const reader = open();
  await reader.prompt('say@1.0.0');
  const { calls } = world;
  await reader.prompt('say@1.0.0');
  assert.equal(world.calls, calls);
  await reader.prompt('say@production');
  await registry.move('say', 'production', 2, moveTo('1.1.0', '1.0.0'));
  assert.equal((await reader.prompt('say@production')).version, '1.1.0');
});

for (const [state, timeoutMs] of [
  ['down', 5000],
  ['hangs', 1000],
] as const) {
  test(`a registry that ${state === 'down' ? 'is down' : state}: the last known answer is taken`, async (t) => {
    const { open, world, problems } = await setUp(t, { maxAgeMs: 0 });
    const reader = open({ timeoutMs });
    assert.equal((await reader.prompt('say@production')).stale, false);
    world.state = state;
    const prompt = await reader.prompt('say@production');
    assert.deepEqual([prompt.version, prompt.stale, problems.length], ['1.0.0', true, 1]);
    assert.match(problems[0] ?? '', /not answer/);
    await assert.rejects(open({ timeoutMs: 30 }).prompt('say@production'), /not answer/);
  });
}

test('an application that starts while the registry is down goes on with its file', async (t) => {
  const { folder, open, world } = await setUp(t);
  const lastKnownGood = join(folder, 'prompts.json');
  const first = open({ lastKnownGood });
  await first.prompt('say@production');
  await first.close();
  assert.match(await readFile(lastKnownGood, 'utf8'), /"say@production":\{"version":"1\.0\.0"\}/);
  world.state = 'down';
  const prompt = await open({ lastKnownGood }).prompt('say@production');
  assert.equal(prompt.stale, true);
  assert.equal(prompt.messages({ word: 'yes' })[0]?.content, 'Say yes kindly');
  await assert.rejects(open({ lastKnownGood }).prompt('say@staging'), /does not answer/);
});

test('a split gives each key one version, in its shares', async (t) => {
  const { open, registry } = await setUp(t);
  const split = { '1.1.0': 20 };
  await registry.move('say', 'production', 2, { ...moveTo('1.0.0', '1.0.0'), split });
  const reader = open();
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1000; i++) {
    const { version } = await reader.prompt('say@production', { key: `user ${i}` });
    assert.equal(version, chooseVersion({ version: '1.0.0', split }, `user ${i}`));
    counts[version] = (counts[version] ?? 0) + 1;
  }
  // Three standard deviations of 1,000 draws.
  assert.ok(Math.abs((counts['1.1.0'] ?? 0) - 200) < 38, JSON.stringify(counts));
  assert.equal((await reader.prompt('say@production')).version, '1.0.0');
});

test('what is no reference, or never was there, is said', async (t) => {
  const reader = (await setUp(t)).open();
  await assert.rejects(reader.prompt('../say@production'), /path, not a name/);
  await assert.rejects(reader.prompt('say@2.0.0'), /no version 2\.0\.0/);
  await assert.rejects(reader.prompt('sing@production'), /not in the registry/);
});
