import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { AttachedEval, Registry, RegistryEvent } from '#core/registry/registry.ts';
import { root } from '../../scripts/process.mjs';
import { moveTo, publishSample, recordOf, refusal, sampleBundle } from './registry.ts';

/** A backend to try: each call gives the address of a new, empty registry. */
export interface Backend {
  readonly name: string;
  /** Why it cannot be tried here. */
  readonly skip?: string | false;
  address(t: TestContext): Promise<string>;
  open(address: string): Promise<Registry>;
}

const RUN = {
  v: 2,
  run: { id: '20261121T093000Z-1a2b3c', promptId: 'team/say' },
  end: 'done',
  totals: { passed: 1 },
  cases: [{ id: 'c0', tags: [], outcome: 'passed', score: 1, repeats: 1, passed: 1, flaky: null }],
} as unknown as AttachedEval;

/** What every backend has to do, whatever it is made of. */
export function registryContract(backend: Backend): void {
  const options = { skip: backend.skip ?? false };
  const opened = async (t: TestContext): Promise<Registry> => {
    const registry = await backend.open(await backend.address(t));
    t.after(() => registry.close());
    return registry;
  };
  const check = (what: string, run: (registry: Registry, t: TestContext) => Promise<void>) =>
    test(`${backend.name}: ${what}`, options, async (t) => run(await opened(t), t));

  check('a new registry is empty', async (registry) => {
    assert.deepEqual(await registry.list(), []);
    assert.deepEqual(await registry.versions('team/say'), []);
    assert.deepEqual(await registry.moves('team/say'), []);
    assert.deepEqual(await registry.evals('team/say', '1.0.0'), []);
    await assert.rejects(registry.bundle('team/say', '1.0.0'), refusal('missing', /1\.0\.0/));
  });

  check('what was published comes back byte for byte', async (registry) => {
    const made = sampleBundle('“hé\\u0000llo” 🙂');
    const text = `\ufeff# comment\r\n${made.bundle.text}\t \r\n`;
    const exact = { ...made, bundle: { ...made.bundle, text } };
    const { hashText } = await import('#core/hash.ts');
    const hashes = { ...made.hashes, text: hashText(text) };
    const record = recordOf({ ...exact, hashes }, '1.0.0', null, { change: "it's; drop \u0001" });
    await registry.publish('team/say', record, exact.bundle);
    assert.deepEqual(await registry.versions('team/say'), [record]);
    assert.deepEqual(await registry.bundle('team/say', '1.0.0'), exact.bundle);
    assert.deepEqual(await registry.list(), [{ name: 'team/say', labels: [] }]);
  });

  check('versions come highest first', async (registry) => {
    await publishSample(registry, 'a', '1.9.0', null);
    await publishSample(registry, 'a', '1.10.0', '1.9.0');
    await publishSample(registry, 'a', '2.0.0-rc.1', '1.10.0');
    const versions = (await registry.versions('a')).map(({ version }) => version);
    assert.deepEqual(versions, ['2.0.0-rc.1', '1.10.0', '1.9.0']);
  });

  check('a version is published once, and from the latest one', async (registry) => {
    const first = await publishSample(registry, 'a', '1.0.0', null);
    await assert.rejects(
      publishSample(registry, 'a', '1.0.0', null),
      refusal('conflict', /already/),
    );
    await assert.rejects(
      publishSample(registry, 'a', '1.1.0', null),
      refusal('conflict', /someone published a@1\.0\.0 meanwhile/),
    );
    await publishSample(registry, 'a', '1.1.0', '1.0.0');
    await assert.rejects(publishSample(registry, 'a', '1.2.0', '1.0.0'), refusal('conflict'));
    await assert.rejects(
      publishSample(registry, 'b', '1.2.0', '1.1.0'),
      refusal('conflict', /no version 1\.1\.0/),
    );
    assert.deepEqual((await registry.versions('a')).at(-1), first);
    assert.equal((await registry.versions('b')).length, 0);
  });

  check('a bundle that is not what its record says is refused', async (registry) => {
    const made = sampleBundle('x');
    const record = recordOf(made, '1.0.0', null);
    const other = { ...made.bundle, text: `${made.bundle.text} ` };
    await assert.rejects(
      registry.publish('a', record, other),
      refusal('corrupt', /hash does not match/),
    );
    assert.deepEqual(await registry.list(), []);
  });

  check('labels move by compare and set', async (registry) => {
    await publishSample(registry, 'a', '1.0.0', null);
    await publishSample(registry, 'a', '1.1.0', '1.0.0');
    await assert.rejects(
      registry.move('a', 'production', 1, moveTo('9.9.9', null)),
      refusal('missing', /9\.9\.9/),
    );
    await registry.move('a', 'production', 1, moveTo('1.0.0', null));
    await registry.move('a', 'dev', 1, { ...moveTo('1.1.0', null), split: { '1.0.0': 5 } });
    await assert.rejects(
      registry.move('a', 'production', 1, moveTo('1.1.0', null, 'bob')),
      refusal('conflict', /ada moved production of a to 1\.0\.0 meanwhile/),
    );
    await assert.rejects(
      registry.move('a', 'production', 3, moveTo('1.1.0', '1.0.0')),
      refusal('conflict'),
    );
    await registry.move('a', 'production', 2, moveTo('1.1.0', '1.0.0'));
    const [prompt] = await registry.list();
    assert.deepEqual(prompt?.labels.map(({ label, version, n }) => [label, version, n]).sort(), [
      ['dev', '1.1.0', 1],
      ['production', '1.1.0', 2],
    ]);
    const moves = (await registry.moves('a')).filter(({ label }) => label === 'production');
    assert.deepEqual(
      moves.map(({ n, version, from, why }) => [n, version, from, why]),
      [
        [1, '1.0.0', null, 'try 1.0.0'],
        [2, '1.1.0', '1.0.0', 'try 1.1.0'],
      ],
    );
  });

  check('runs are attached to a version', async (registry) => {
    await assert.rejects(registry.attachEval('a', '1.0.0', RUN), refusal('missing'));
    await publishSample(registry, 'a', '1.0.0', null);
    await registry.attachEval('a', '1.0.0', RUN);
    await registry.attachEval('a', '1.0.0', RUN);
    assert.deepEqual(await registry.evals('a', '1.0.0'), [RUN]);
  });

  check('names and labels that could escape, clash or mislead are refused', async (registry) => {
    const made = sampleBundle('x');
    const record = recordOf(made, '1.0.0', null);
    const names = [
      '../out',
      'a/../../out',
      '/etc/x',
      'C:\\x',
      'a\\b',
      '',
      '.',
      'a//b',
      'a/',
      'CON',
    ];
    names.push(
      'con',
      'a/nul.txt',
      'Team/x',
      'a/versions/b',
      'labels',
      'tеam/x',
      'a\u0000',
      'x.',
      '.git',
    );
    names.push('a\nb', "x'; drop table versions; --", 'ａ', 'a'.repeat(300), '-rf', 'a\u202eb');
    for (const name of names) {
      await assert.rejects(registry.publish(name, record, made.bundle), refusal('invalid'), name);
      await assert.rejects(registry.versions(name), refusal('invalid'), name);
      await assert.rejects(registry.moves(name), refusal('invalid'), name);
    }
    await registry.publish('a', record, made.bundle);
    const labels = ['../x', 'latest', '1.0.0', 'Prod', 'a/b', '', '..', 'prοd', 'v2', "x'"];
    for (const label of labels)
      await assert.rejects(
        registry.move('a', label, 1, moveTo('1.0.0', null)),
        refusal('invalid'),
        label,
      );
    for (const version of ['../../x', '1.0', '1.0.0/../..'])
      await assert.rejects(registry.bundle('a', version), refusal('invalid'), version);
    assert.deepEqual(await registry.list(), [{ name: 'a', labels: [] }]);
  });

  check("others' changes are told", async (registry, t) => {
    const events: RegistryEvent[] = [];
    let tell = (): void => {};
    const seen = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const stop = await registry.watch((event) => {
      events.push(event);
      if (event.what === 'label') tell();
    });
    t.after(stop);
    const other = await backend.open(registryAddress(registry));
    t.after(() => other.close());
    await publishSample(other, 'team/say', '1.0.0', null);
    await other.move('team/say', 'production', 1, moveTo('1.0.0', null));
    await seen;
    const label = events.find(({ what }) => what === 'label');
    assert.equal(label?.name, 'team/say');
    assert.equal(label?.which, 'production');
  });

  test(`${backend.name}: 64 writers in 8 processes lose nothing`, options, async (t) => {
    const address = await backend.address(t);
    const writers = Array.from({ length: 8 }, () => startWriter(address, 8, 1));
    const lines = (await Promise.all(writers.map(({ output }) => output()))).flat();
    const registry = await backend.open(address);
    t.after(() => registry.close());
    const versions = await registry.versions('busy');
    assert.equal(versions.length, 64);
    assert.equal(lines.filter((line) => line.startsWith('version')).length, 64);
    for (const { version, parent } of versions)
      assert.equal(parent, versions.find((v) => isBefore(v.version, version))?.version ?? null);
    for (const line of lines.filter((one) => one.startsWith('version'))) {
      const [, version = '', word = ''] = line.split(' ');
      assert.match((await registry.bundle('busy', version)).text, new RegExp(`Say ${word} `));
    }
    const moves = await registry.moves('busy');
    assert.deepEqual(
      moves.map(({ n }) => n),
      Array.from({ length: 64 }, (_, i) => i + 1),
    );
    for (const [i, move] of moves.entries()) assert.equal(move.from, moves[i - 1]?.version ?? null);
  });

  test(
    `${backend.name}: a writer killed at any moment leaves a readable registry`,
    options,
    async (t) => {
      const address = await backend.address(t);
      let versions = 0;
      for (let after = 1; after <= 6; after++) {
        const writer = startWriter(address, 4, 1000);
        await writer.lines(after);
        writer.kill();
        await writer.ended;
        const registry = await backend.open(address);
        const records = await registry.versions('busy');
        assert.ok(records.length > versions, 'the killed writer had published');
        versions = records.length;
        for (const { version } of records) await registry.bundle('busy', version);
        const [latest] = records;
        assert.ok(latest);
        const { nextVersion } = await import('#core/registry/version.ts');
        await publishSample(registry, 'busy', nextVersion(latest.version, 'minor'), latest.version);
        versions++;
        assert.deepEqual(
          (await registry.list()).map(({ name, problem }) => [name, problem]),
          [['busy', undefined]],
        );
        await registry.close();
      }
    },
  );
}

const addresses = new WeakMap<Registry, string>();

/** Remembers the address that a registry was opened with, secrets included. */
export function rememberAddress<T extends Registry>(registry: T, address: string): T {
  addresses.set(registry, address);
  return registry;
}

function registryAddress(registry: Registry): string {
  return addresses.get(registry) ?? registry.address;
}

function isBefore(a: string, b: string): boolean {
  return Number(a.split('.')[1]) < Number(b.split('.')[1]);
}

function startWriter(address: string, writers: number, rounds: number) {
  const script = join(root, 'test/support/registry-writer.ts');
  const child = spawn(process.execPath, [script, address, String(writers), String(rounds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting: { n: number; done: () => void }[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const { n, done } of waiting) if (lines.length >= n) done();
  });
  const ended = once(child, 'close');
  return {
    ended,
    output: async () => {
      const [code] = await ended;
      assert.equal(code, 0);
      return lines;
    },
    lines: (n: number) =>
      new Promise<void>((done) => {
        waiting.push({ n, done });
        if (lines.length >= n) done();
        // What dies before its time is found out by whoever counts.
        void ended.then(() => done());
      }),
    kill: () => child.kill('SIGKILL'),
  };
}
