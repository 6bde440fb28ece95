import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { countPasses } from '#core/registry/count-passes.ts';
import { readVersionRecord } from '#core/registry/records.ts';
import type { Bundle, Registry, VersionRecord } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { latestVersion } from '#core/registry/semver.ts';
import { getDataFolder } from '../data-folder.ts';
import { writeTextFile } from '../write-file.ts';
import { parseAddress } from './address.ts';
import { DirectoryRegistry } from './directory.ts';

/** The version of a prompt that a working copy is compared with. */
export interface Released {
  /** `production`, or null when no label is there: then it is the latest version. */
  readonly label: string | null;
  readonly record: VersionRecord;
  readonly bundle: Bundle;
  /** Cases of the newest attached run; null without one. */
  readonly eval: { readonly passed: number; readonly checked: number } | null;
}

/** What `.promptsmith/registry.json` holds of a remote registry: no address with a user, and no secret. */
interface Snapshot {
  readonly v: 1;
  /** When it was taken, ISO 8601. */
  readonly at: string;
  readonly prompts: Readonly<Record<string, Released>>;
}

/** The label that a working copy is compared with. */
const LABEL = 'production';
const DEFAULT_FOLDER = './registry';

/** Where the snapshot of a project's remote registry lies. */
export function getSnapshotPath(root: string): string {
  return join(getDataFolder(root), 'registry.json');
}

/**
 * What is released of a prompt, from a directory registry or from the snapshot of a remote one; opens no
 * connection. Null when there is nothing, or nothing readable: who asks wants a hint, not an error.
 */
export async function readReleased(
  root: string,
  setting: string | undefined,
  name: string,
): Promise<Released | null> {
  try {
    const address = parseAddress(setting ?? DEFAULT_FOLDER, root);
    if (address.kind === 'postgres') return await readFromSnapshot(root, name);
    if (!(await stat(address.path)).isDirectory()) return null;
    return await readReleasedVersion(new DirectoryRegistry(address.path), name);
  } catch {
    return null;
  }
}

/** What a registry has released of a prompt; null when it does not have it. Rejects with RegistryError. */
export async function readReleasedVersion(
  registry: Registry,
  name: string,
): Promise<Released | null> {
  const versions = await registry.versions(name);
  const labelled = findCurrentLabels(await registry.moves(name)).find(
    ({ label }) => label === LABEL,
  );
  const wanted = labelled?.version ?? latestVersion(versions.map(({ version }) => version));
  const record = versions.find(({ version }) => version === wanted);
  if (!record) return null;
  return {
    label: labelled ? LABEL : null,
    record,
    bundle: await registry.bundle(name, record.version),
    eval: countPasses(await registry.evals(name, record.version)),
  };
}

/** Writes down what a remote registry has released of these prompts, for those who open no connection. */
export async function writeSnapshot(
  root: string,
  registry: Registry,
  names: Iterable<string>,
  now: number,
): Promise<void> {
  if (registry instanceof DirectoryRegistry) return;
  const known = (await readSnapshot(root))?.prompts ?? {};
  const prompts: Record<string, Released> = { ...known };
  for (const name of names) {
    const released = await readReleasedVersion(registry, name);
    if (released) prompts[name] = released;
    else delete prompts[name];
  }
  const snapshot: Snapshot = { v: 1, at: new Date(now).toISOString(), prompts };
  const path = getSnapshotPath(root);
  // As every file in this folder it is nobody else's.
  const ignore = join(path, '..', '.gitignore');
  await readFile(ignore).catch(() => writeTextFile(ignore, '*\n'));
  await writeTextFile(path, `${JSON.stringify(snapshot)}\n`);
}

async function readFromSnapshot(root: string, name: string): Promise<Released | null> {
  const prompts = (await readSnapshot(root))?.prompts ?? {};
  if (!Object.hasOwn(prompts, name)) return null;
  const released = prompts[name];
  if (!released || typeof released.bundle?.text !== 'string') return null;
  const record = readVersionRecord(JSON.stringify(released.record), name);
  return { ...released, record };
}

async function readSnapshot(root: string): Promise<Snapshot | null> {
  try {
    const value = JSON.parse(
      await readFile(getSnapshotPath(root), 'utf8'),
    ) as Partial<Snapshot> | null;
    return value?.v === 1 && typeof value.prompts === 'object' ? (value as Snapshot) : null;
  } catch {
    return null;
  }
}
