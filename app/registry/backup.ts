import { createHash } from 'node:crypto';
import { canonicalJson } from '#core/json.ts';
import { verifyBundle } from '#core/registry/bundle.ts';
import { readAttachedEval, readLabelMove, readVersionRecord } from '#core/registry/records.ts';
import {
  type AttachedEval,
  type Bundle,
  type LabelMove,
  type LabelState,
  type Registry,
  RegistryError,
  type VersionRecord,
} from '#core/registry/registry.ts';

/** The number of entries that an import added. */
export interface BackupCounts {
  readonly prompts: number;
  readonly versions: number;
  readonly moves: number;
  readonly evals: number;
}

type Entry =
  | {
      readonly t: 'version';
      readonly name: string;
      readonly record: VersionRecord;
      readonly bundle: Bundle;
    }
  | {
      readonly t: 'move';
      readonly name: string;
      readonly label: string;
      readonly n: number;
      readonly move: LabelMove;
    }
  | {
      readonly t: 'eval';
      readonly name: string;
      readonly version: string;
      readonly result: AttachedEval;
    };

/**
 * Exports a whole registry as JSON Lines: a header, an entry for each version, move and run, and an end with
 * the hash of everything before it. Every bundle is verified.
 */
export async function* exportRegistry(registry: Registry): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ v: 1, t: 'promptsmith-registry' });
  let entries = 0;
  for (const { name } of await registry.list()) {
    for (const entry of await readPromptEntries(registry, name)) {
      entries++;
      yield line(entry);
    }
  }
  yield `${JSON.stringify({ t: 'end', entries, sha256: hash.digest('hex') })}\n`;
}

async function readPromptEntries(registry: Registry, name: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const versions = (await registry.versions(name)).toReversed();
  for (const record of versions)
    entries.push({
      t: 'version',
      name,
      record,
      bundle: await registry.bundle(name, record.version),
    });
  for (const { label, n, ...move } of await registry.moves(name))
    entries.push({ t: 'move', name, label, n, move });
  for (const { version } of versions)
    for (const result of await registry.evals(name, version))
      entries.push({ t: 'eval', name, version, result });
  return entries;
}

/**
 * Imports an exported registry into another one. Entries that already exist are skipped; if any entry
 * differs, nothing is written. Rejects with RegistryError.
 */
export async function importRegistry(registry: Registry, text: string): Promise<BackupCounts> {
  const entries = readEntries(text);
  const missing: Entry[] = [];
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = byName.get(entry.name);
    if (own) own.push(entry);
    else byName.set(entry.name, [entry]);
  }
  for (const [name, own] of byName) missing.push(...(await findMissing(registry, name, own)));
  for (const entry of missing) {
    if (entry.t === 'version')
      await registry.publish(entry.name, entry.record, entry.bundle, { restore: true });
  }
  for (const entry of missing) {
    if (entry.t === 'move') await registry.move(entry.name, entry.label, entry.n, entry.move);
    else if (entry.t === 'eval') await registry.attachEval(entry.name, entry.version, entry.result);
  }
  const count = (t: Entry['t']) => missing.filter((entry) => entry.t === t).length;
  const prompts = new Set(missing.map(({ name }) => name)).size;
  return { prompts, versions: count('version'), moves: count('move'), evals: count('eval') };
}

function readEntries(text: string): Entry[] {
  const lines = text.split('\n');
  if (lines.at(-1) !== '') throw damagedError('its last line is incomplete');
  lines.pop();
  const end = parse(lines.pop() ?? '');
  const head = parse(lines[0] ?? '');
  if (head?.t !== 'promptsmith-registry') throw damagedError('it is not an exported registry');
  if (typeof head.v === 'number' && head.v > 1)
    throw new RegistryError(
      'newer',
      `the file was written by a newer Promptsmith (v ${head.v}): update Promptsmith`,
    );
  const hash = createHash('sha256').update(`${lines.join('\n')}\n`);
  if (end?.t !== 'end' || end.sha256 !== hash.digest('hex'))
    throw damagedError('its hash does not match, so it was changed or is incomplete');
  return lines.slice(1).map((line, i) => readEntry(line, `line ${i + 2}`));
}

function readEntry(line: string, where: string): Entry {
  const value = parse(line) as (Partial<Entry> & Record<string, unknown>) | null;
  const json = (part: string) => JSON.stringify(value?.[part] ?? null);
  const name = String(value?.name);
  switch (value?.t) {
    case 'version': {
      const record = readVersionRecord(json('record'), where);
      const bundle = value.bundle as Bundle;
      verifyBundle(record, bundle, `${name}@${record.version}`);
      return { t: 'version', name, record, bundle };
    }
    case 'move': {
      const move = readLabelMove(json('move'), where);
      return { t: 'move', name, label: String(value.label), n: Number(value.n), move };
    }
    case 'eval': {
      const result = readAttachedEval(json('result'), where);
      return { t: 'eval', name, version: String(value.version), result };
    }
    default:
      throw damagedError(`${where} is not a registry entry`);
  }
}

/** Finds the entries of a prompt that a registry lacks. Throws RegistryError (`conflict`) for entries that differ. */
async function findMissing(
  registry: Registry,
  name: string,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const versions = new Map(
    (await registry.versions(name)).map((record) => [record.version, record]),
  );
  const moves = new Map(
    (await registry.moves(name)).map((state) => [`${state.label} ${state.n}`, state]),
  );
  const evals = new Set<string>();
  for (const version of versions.keys())
    for (const { run } of await registry.evals(name, version)) evals.add(`${version} ${run.id}`);
  return entries.filter((entry) => {
    if (entry.t === 'version')
      return isMissing(
        versions.get(entry.record.version),
        entry.record,
        `${name}@${entry.record.version}`,
      );
    if (entry.t === 'move')
      return isMissing(
        dropPosition(moves.get(`${entry.label} ${entry.n}`)),
        entry.move,
        `${entry.label} of ${name}`,
      );
    return !evals.has(`${entry.version} ${entry.result.run.id}`);
  });
}

function dropPosition(state: LabelState | undefined): LabelMove | undefined {
  if (!state) return undefined;
  const { label: _label, n: _n, ...move } = state;
  return move;
}

function isMissing(there: unknown, here: unknown, what: string): boolean {
  if (there === undefined) return true;
  if (canonicalJson(there) === canonicalJson(here)) return false;
  throw new RegistryError(
    'conflict',
    `${what} already exists with different content: nothing was imported`,
  );
}

function parse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

function damagedError(what: string): RegistryError {
  return new RegistryError('corrupt', `the file cannot be imported: ${what}`);
}
