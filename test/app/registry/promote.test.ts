import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import { preparePromotion } from '#app/registry/promote.ts';
import type { Hashes } from '#core/eval/hashes.ts';
import { Report } from '#core/eval/report/report.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import type { Policy } from '#core/registry/policy.ts';
import type { Registry } from '#core/registry/registry.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { PostgresRegistry } from '#io/registries/postgres.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import { eventsOf, GUARDED, NOW, PROMPT, type RunShape, UNFIT } from '#test/core/registry/gates.ts';
import { folderWith } from '#test/support/cli.ts';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { moveTo, recordOf } from '#test/support/registry.ts';
import { missingPostgres } from '../../../scripts/postgres.mjs';

const skip = missingPostgres() ?? false;
let server: PostgresServer;
before(async () => {
  if (!skip) server = await startPostgres();
});
after(async () => {
  await server?.remove();
});

const knowledge = new PromptKnowledge('2026-11-28');
const PRESETS = ['no-regression', 'non-inferior'] as const;
/** Runs of the label's version that are no proof either; it may have run other rows. */
const UNFIT_BASES = UNFIT.filter(([what]) => !/holdout|cases are missing|other rows/.test(what));

/** A registry with two versions of a prompt, production on the first, in a project without any run. */
interface World {
  readonly name: string;
  readonly registry: Registry;
  readonly root: string;
  readonly before: Hashes;
  readonly now: Hashes;
}

async function createWorld(registry: Registry, name: string, t: TestContext): Promise<World> {
  const root = await folderWith(t, {});
  const publish = async (text: string, version: string, parent: string | null) => {
    const document = parsePrompt(text);
    const made = makeBundle(document, document.rows, [], {});
    await registry.publish(name, recordOf(made, version, parent), made.bundle);
    return made.hashes;
  };
  const before = await publish(PROMPT.replace('Say', 'Tell'), '1.0.0', null);
  const now = await publish(PROMPT, '1.1.0', '1.0.0');
  await registry.move(name, 'production', 1, moveTo('1.0.0', null));
  return { name, registry, root, before, now };
}

/** Writes a run as an evaluation does: each event, then the summary. */
async function storeRun({ root, name }: World, shape: RunShape): Promise<void> {
  const events = eventsOf({ ...shape, run: { ...shape.run, promptId: name } });
  const report = new Report();
  const writer = await openRunStore(root).create({ promptId: name, id: shape.id });
  for (const event of events) {
    writer.append(event);
    report.add(event);
  }
  await writer.close(report.summary());
}

const askGate = ({ registry, name, root }: World, gate: Policy['gate']) =>
  registry.versions(name).then(async (versions) => {
    const version = versions.find((one) => one.version === '1.1.0');
    assert.ok(version);
    const { gate: result } = await preparePromotion({
      ...{ registry, name, version, knowledge, label: 'production', people: ['ada'], now: NOW },
      policy: { ...GUARDED, gate, lint: 'off' },
      project: {
        root,
        settings: DEFAULT_SETTINGS,
        settingsPath: null,
        settingsText: null,
        warnings: [],
      },
    });
    return {
      ...result,
      refused: result.demands.flatMap(({ met, name: demand, text }) =>
        met ? [] : [`${demand}: ${text}`],
      ),
    };
  });

/** An id of its own for each run, as the store wants them. */
const idOf = (kind: 'good' | 'bad' | 'base', day = '20') =>
  `202611${day}T093000Z-${{ good: '000001', bad: '00000b', base: '0000ba' }[kind]}`;

const BACKENDS = [
  {
    what: 'directory',
    options: {},
    open: async (t: TestContext): Promise<Registry> =>
      new DirectoryRegistry(join(await folderWith(t, {}), 'registry')),
  },
  {
    what: 'PostgreSQL',
    options: { skip },
    open: async (): Promise<Registry> => new PostgresRegistry(await server.database()),
  },
];

for (const { what: backend, options, open } of BACKENDS) {
  test(`${backend}: no stored run that is unfit in one way opens the gate`, options, async (t) => {
    const registry = await open(t);
    t.after(() => registry.close());
    for (const [i, [what, shape, reason]] of UNFIT.entries()) {
      const world = await createWorld(registry, `team/p${i}`, t);
      await storeRun(world, { id: idOf('base'), hashes: world.before });
      await storeRun(world, { ...shape, id: idOf('bad', '22'), hashes: world.now });
      for (const preset of PRESETS) {
        const { passed, refused } = await askGate(world, preset);
        assert.equal(passed, false, what);
        assert.equal(refused.length, 1, `${what}: ${refused.join('; ')}`);
        assert.match(refused[0] ?? '', reason, what);
      }
      assert.deepEqual(await registry.evals(world.name, '1.1.0'), [], 'nothing is attached');
      // What somebody attached is judged alike.
      const report = new Report();
      for (const event of eventsOf({ ...shape, id: idOf('bad', '23'), hashes: world.now }))
        report.add(event);
      const summary = report.summary();
      assert.ok(summary);
      await registry.attachEval(world.name, '1.1.0', { ...summary, cases: report.cases() });
      for (const preset of PRESETS)
        assert.equal((await askGate(world, preset)).passed, false, `${what}, attached`);
      // A fit run beside it opens the gate, by itself.
      await storeRun(world, { id: idOf('good'), hashes: world.now });
      const beside = await askGate(world, 'no-regression');
      assert.deepEqual([beside.refused, beside.runs], [[], [idOf('good')]], what);
      const attached = await registry.evals(world.name, '1.1.0');
      assert.ok(
        attached.some(({ run }) => run.id === idOf('good')),
        what,
      );
    }
  });

  test(
    `${backend}: no run of the label’s version that is unfit in one way is a base`,
    options,
    async (t) => {
      const registry = await open(t);
      t.after(() => registry.close());
      for (const [i, [what, shape]] of UNFIT_BASES.entries()) {
        const world = await createWorld(registry, `team/p${i}`, t);
        await storeRun(world, { id: idOf('good'), hashes: world.now });
        await storeRun(world, { ...shape, id: idOf('bad', '25'), hashes: world.before });
        for (const preset of PRESETS) {
          const { refused } = await askGate(world, preset);
          assert.equal(refused.length, 1, `${what}: ${refused.join('; ')}`);
          assert.match(refused[0] ?? '', /^verdict: 1\.0\.0 has no run that is fit/, what);
        }
        // With a fit base the version is compared, and the newer, unfit run does not lower it.
        await storeRun(world, { id: idOf('base'), hashes: world.before });
        const open = await askGate(world, 'no-regression');
        assert.deepEqual([open.refused, open.baseRuns], [[], [idOf('base')]], what);
      }
    },
  );
}
