import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Registry } from '#core/registry/registry.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { PostgresRegistry } from '#io/registries/postgres.ts';
import { startPostgres } from '#test/support/postgres-server.ts';
import { moveTo, recordOf, sampleBundle } from '#test/support/registry.ts';

/*
 * How long a large registry takes to list: `npm run bench:registry [prompts] [versions]`, by default 10,000
 * prompts with 50 versions and two labels each. The directory is written as the backend lays it out, one
 * prompt linked for all; the database is filled by one statement. Milliseconds: the median and the best of five,
 * and the processor's.
 */
const [prompts = 10_000, versions = 50] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'promptsmith-bench-'));
const nameOf = (i: number) => `team${i % 100}/prompt${i}`;

try {
  console.log(`${prompts} prompts × ${versions} versions, two labels each`);
  await directory();
  await postgres();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function directory(): Promise<void> {
  const root = join(folder, 'registry');
  const registry = new DirectoryRegistry(root);
  const first = nameOf(0);
  await fill(registry, first);
  const started = performance.now();
  const entries = readdirSync(join(root, first), { recursive: true, withFileTypes: true }).map(
    (entry) => ({
      path: join(entry.parentPath, entry.name).slice(join(root, first).length + 1),
      isFolder: entry.isDirectory(),
    }),
  );
  for (let i = 1; i < prompts; i++) {
    mkdirSync(join(root, nameOf(i)), { recursive: true });
    for (const { path, isFolder } of entries) {
      const target = join(root, nameOf(i), path);
      if (isFolder) mkdirSync(target, { recursive: true });
      else linkSync(join(root, first, path), target);
    }
  }
  console.log(`  directory written in ${seconds(started)} s`);
  await measure('directory', registry);
}

async function postgres(): Promise<void> {
  const server = await startPostgres();
  try {
    const url = await server.database();
    const registry = new PostgresRegistry(url);
    await fill(registry, nameOf(0));
    const started = performance.now();
    const names = `select 'team' || (i % 100) || '/prompt' || i as name from generate_series(1, ${prompts - 1}) i`;
    for (const [table, columns] of [
      ['versions', 'version, record, body'],
      ['blobs', 'sha256, body'],
      ['moves', 'label, n, record'],
    ])
      await server.sql(
        url,
        `insert into promptsmith.${table} (name, ${columns}) select n.name, ${columns} from promptsmith.${table} t, (${names}) n`,
      );
    await server.sql(url, 'analyze');
    console.log(`  database filled in ${seconds(started)} s`);
    await measure('PostgreSQL', registry);
    await registry.close();
  } finally {
    await server.remove();
  }
}

async function fill(registry: Registry, name: string): Promise<void> {
  let parent: string | null = null;
  for (let i = 0; i < versions; i++) {
    const made = sampleBundle(`version ${i}`);
    const version = `1.${i}.0`;
    await registry.publish(name, recordOf(made, version, parent), made.bundle);
    parent = version;
  }
  await registry.move(name, 'production', 1, moveTo('1.0.0', null));
  await registry.move(name, 'dev', 1, moveTo('1.0.0', null));
}

async function measure(what: string, registry: Registry): Promise<void> {
  const last = nameOf(prompts - 1);
  const latest = `1.${versions - 1}.0`;
  const steps: [string, () => Promise<number>][] = [
    ['names and labels of all', async () => (await registry.list()).length],
    ['versions of one', async () => (await registry.versions(last)).length],
    ['one bundle', async () => (await registry.bundle(last, latest)).files.length],
    ['history of one', async () => (await registry.moves(last)).length],
  ];
  for (const [step, run] of steps) {
    const times: number[] = [];
    const before = process.cpuUsage();
    let n = 0;
    for (let i = 0; i < 5; i++) {
      const started = performance.now();
      n = await run();
      times.push(performance.now() - started);
    }
    const { user, system } = process.cpuUsage(before);
    const [best = 0, , median = 0] = times.sort((a, b) => a - b);
    const cpu = ((user + system) / 5000).toFixed(1);
    console.log(
      `  ${what}: ${step} ${median.toFixed(1)} ms, best ${best.toFixed(1)}, CPU ${cpu} (${n})`,
    );
  }
}

function seconds(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
