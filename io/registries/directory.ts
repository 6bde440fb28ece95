import { readdirSync, watch } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { verifyBundle } from '#core/registry/bundle.ts';
import { findLabelProblem, findNameProblem } from '#core/registry/names.ts';
import { readAttachedEval, readVersionRecord } from '#core/registry/records.ts';
import {
  type AttachedEval,
  type Bundle,
  type LabelMove,
  type LabelState,
  type RegisteredPrompt,
  type Registry,
  RegistryError,
  type RegistryEvent,
  type VersionRecord,
} from '#core/registry/registry.ts';
import { compareVersions, latestVersion, parseVersion } from '#core/registry/semver.ts';
import { checkLabel, checkName, checkVersion } from './checks.ts';
import {
  createConcurrentError,
  createLabelMovedError,
  createVersionExistsError,
} from './conflicts.ts';
import {
  isMissing,
  listFolders,
  listMoves,
  listNames,
  readMove,
  readText,
} from './directory-files.ts';
import { createFile, createSystemError, replaceFile, withLock } from './exclusive-file.ts';

const VERSION_FILE = /^(.+)\.json$/;
/** Folders that are read before others get their turn. */
const AT_ONCE = 200;

/**
 * A registry in a folder, made to lie in git: everything is a file of its own that is never changed, so that
 * two branches conflict only where they publish the same version or move the same label. docs/internals.md describes the files.
 */
export class DirectoryRegistry implements Registry {
  readonly address: string;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.address = root;
  }

  async list(): Promise<RegisteredPrompt[]> {
    const prompts: RegisteredPrompt[] = [];
    const open = [''];
    for (let at = open.pop(), n = 1; at !== undefined; at = open.pop(), n++) {
      // Synchronous reads are several times as fast; other work gets its turn in between.
      if (n % AT_ONCE === 0) await turn();
      const inside = listFolders(join(this.#root, at));
      for (const folder of inside)
        if (!OWN_FOLDERS.has(folder)) open.push(at === '' ? folder : `${at}/${folder}`);
      if (at === '' || !inside.includes('versions') || findNameProblem(at) !== null) continue;
      const prompt = this.#listed(at, inside.includes('labels'));
      if (prompt) prompts.push(prompt);
    }
    return prompts.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async versions(name: string): Promise<VersionRecord[]> {
    const folder = join(await this.#folder(name), 'versions');
    const versions = await this.#published(folder);
    const records = await Promise.all(
      versions.map(async (version) => {
        const path = join(folder, `${version}.json`);
        const record = readVersionRecord(await readText(path), path);
        if (record.version === version) return record;
        throw new RegistryError('corrupt', `${path} contains version ${record.version}`);
      }),
    );
    return records.sort((a, b) => compareVersions(b.version, a.version));
  }

  async bundle(name: string, version: string): Promise<Bundle> {
    const folder = await this.#folder(name);
    const record = await this.#record(name, folder, version);
    const path = join(folder, 'versions', `${version}.yaml`);
    const files = record.files.map(async (file) => {
      const blob = join(folder, 'blobs', file.sha256.slice('sha256:'.length));
      return { path: file.path, text: await readText(blob) };
    });
    const bundle = { text: await readText(path), files: await Promise.all(files) };
    verifyBundle(record, bundle, path);
    return bundle;
  }

  async publish(
    name: string,
    record: VersionRecord,
    bundle: Bundle,
    { restore = false }: { readonly restore?: boolean } = {},
  ): Promise<void> {
    const folder = await this.#folder(name);
    const { version } = record;
    checkVersion(version);
    verifyBundle(record, bundle, `${name}@${version}`);
    await this.#prepare();
    await withLock(join(folder, LOCK), async () => {
      const versions = join(folder, 'versions');
      const published = await this.#published(versions);
      if (published.includes(version)) throw createVersionExistsError(name, version);
      const latest = latestVersion(published);
      if (!restore && latest !== record.parent)
        throw createConcurrentError(name, latest, record.parent);
      for (const [i, { sha256 }] of record.files.entries())
        await createFile(
          join(folder, 'blobs', sha256.slice('sha256:'.length)),
          bundle.files[i]?.text ?? '',
        );
      // Without its record this is a leftover of a publication that was cut off.
      await replaceFile(join(versions, `${version}.yaml`), bundle.text);
      const path = join(versions, `${version}.json`);
      if (!(await createFile(path, formatJson(record))))
        throw createVersionExistsError(name, version);
    });
  }

  async moves(name: string): Promise<LabelState[]> {
    const folder = await this.#folder(name);
    const labels = listFolders(join(folder, 'labels')).filter((label) => !findLabelProblem(label));
    return labels.sort().flatMap((label) => {
      const path = join(folder, 'labels', label);
      return listMoves(path).map((n) => readMove(path, label, n));
    });
  }

  async move(name: string, label: string, n: number, move: LabelMove): Promise<void> {
    const folder = await this.#folder(name);
    checkLabel(label);
    for (const version of [move.version, ...Object.keys(move.split ?? {})])
      await this.#record(name, folder, version);
    await this.#prepare();
    const path = join(folder, 'labels', label);
    const last = listMoves(path).at(-1) ?? 0;
    const isNext = last === n - 1 && (await createFile(join(path, `${n}.json`), formatJson(move)));
    if (!isNext) {
      const now = listMoves(path).at(-1);
      throw createLabelMovedError(
        name,
        label,
        now === undefined ? null : readMove(path, label, now),
      );
    }
    readMove(path, label, n);
  }

  async evals(name: string, version: string): Promise<AttachedEval[]> {
    checkVersion(version);
    const folder = join(await this.#folder(name), 'evals', version);
    const files = (await listNames(folder)).filter((file) => RUN_FILE.test(file)).sort();
    return await Promise.all(
      files.map(async (file) =>
        readAttachedEval(await readText(join(folder, file)), join(folder, file)),
      ),
    );
  }

  async attachEval(name: string, version: string, result: AttachedEval): Promise<void> {
    const folder = await this.#folder(name);
    await this.#record(name, folder, version);
    const file = `${result.run.id}.json`;
    if (!RUN_FILE.test(file))
      throw new RegistryError('invalid', `"${result.run.id}" is not a run id`);
    await createFile(join(folder, 'evals', version, file), formatJson(result));
  }

  async watch(
    listener: (event: RegistryEvent) => void,
    lost: () => void = () => {},
  ): Promise<() => void> {
    await this.#prepare();
    const watcher = watch(this.#root, { recursive: true, persistent: false }, (_, file) => {
      const event = file === null ? null : parseEventFile(file.split(sep).join('/'));
      if (event) listener(event);
    });
    watcher.on('error', () => {
      watcher.close();
      lost();
    });
    return () => watcher.close();
  }

  async close(): Promise<void> {}

  #listed(name: string, hasLabels: boolean): RegisteredPrompt | null {
    const folder = join(this.#root, name);
    const names = hasLabels ? listFolders(join(folder, 'labels')) : [];
    const labels: LabelState[] = [];
    try {
      for (const label of names) {
        const path = join(folder, 'labels', label);
        const last = findLabelProblem(label) === null ? listMoves(path).at(-1) : undefined;
        if (last !== undefined) labels.push(readMove(path, label, last));
      }
    } catch (error) {
      return { name, labels, problem: (error as Error).message };
    }
    if (labels.length > 0) return { name, labels };
    const files = readdirSync(join(folder, 'versions'));
    return files.some((file) => parseVersionFile(file) !== null) ? { name, labels } : null;
  }

  /** The folder of a prompt. A link on the way could lead anywhere: it is refused. */
  async #folder(name: string): Promise<string> {
    checkName(name);
    let path = this.#root;
    for (const part of [...name.split('/'), ...OWN_FOLDERS]) {
      const next = join(path, part);
      const found = await lstat(next).catch(() => null);
      if (found?.isSymbolicLink())
        throw new RegistryError(
          'invalid',
          `${next} is a symbolic link, which a registry must not contain`,
        );
      if (!OWN_FOLDERS.has(part)) path = next;
    }
    return path;
  }

  async #record(name: string, folder: string, version: string): Promise<VersionRecord> {
    checkVersion(version);
    const path = join(folder, 'versions', `${version}.json`);
    const text = await readFile(path, 'utf8').catch((error) => {
      if (isMissing(error)) throw new RegistryError('missing', `${name} has no version ${version}`);
      throw createSystemError(error, path);
    });
    return readVersionRecord(text, path);
  }

  async #published(versions: string): Promise<string[]> {
    return (await listNames(versions)).flatMap((file) => parseVersionFile(file) ?? []);
  }

  /** Line endings are content here, and locks and drafts are nobody else's business. */
  async #prepare(): Promise<void> {
    await createFile(join(this.#root, '.gitattributes'), '* -text\n');
    await createFile(join(this.#root, '.gitignore'), `${LOCK}*\n.tmp-*\n`);
  }
}

const OWN_FOLDERS: ReadonlySet<string> = new Set(['versions', 'labels', 'evals', 'blobs']);
const LOCK = '.publish-lock';
const RUN_FILE = /^[\w.-]{1,100}\.json$/;

function parseVersionFile(file: string): string | null {
  const version = VERSION_FILE.exec(file)?.[1];
  return version !== undefined && parseVersion(version) ? version : null;
}

function parseEventFile(file: string): RegistryEvent | null {
  const [, name = '', folder, which = ''] =
    /^(.+)\/(versions|labels|evals)\/([^/]+?)(?:\.json|\/[^/]+\.json)$/.exec(file) ?? [];
  if (name === '' || findNameProblem(name) !== null) return null;
  const what = folder === 'versions' ? 'version' : folder === 'labels' ? 'label' : 'eval';
  return { name, what, which };
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
