import { derivePromptId } from '#core/eval/ids.ts';
import { type Released, readReleased } from '#io/registries/snapshot.ts';
import type { Analysis } from './analysis.ts';

/** The released version of each open prompt, available without waiting. Reads only local files. */
export class ReleasedStore {
  readonly #changed: () => void;
  readonly #known = new Map<string, { readonly key: string; released: Released | null }>();

  /** `changed` is called when the released version of a document becomes known or changes. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The version to compare a document with; null if it is not loaded or does not exist. */
  get(uri: string): Released | null {
    return this.#known.get(uri)?.released ?? null;
  }

  /** Reads the released version of a document unless it is cached. */
  async update(analysis: Analysis): Promise<void> {
    const { uri, file, prompt } = analysis;
    const { root, path, settings } = file;
    if (root === null || analysis.kind !== 'prompt') return;
    const name = derivePromptId(path, prompt.id);
    const key = JSON.stringify([root, settings.registry, name]);
    if (this.#known.get(uri)?.key === key) return;
    const entry = { key, released: this.get(uri) };
    this.#known.set(uri, entry);
    const released = await readReleased(root, settings.registry, name);
    const isNews = released !== null || entry.released !== null;
    entry.released = released;
    if (isNews) this.#changed();
  }

  /** Drops a closed document. */
  release(uri: string): void {
    this.#known.delete(uri);
  }

  /** Invalidates the cache after a change of the registry. Cached versions remain available until they are read again. */
  forget(): void {
    for (const [uri, { released }] of this.#known) this.#known.set(uri, { key: '', released });
  }
}

/** True for a path inside a registry (a version, label or eval) and for the snapshot of a remote registry. */
export function isRegistryFile(uri: string): boolean {
  return /\/(?:versions\/[^/]+\.json|labels\/[^/]+(?:\/\d+\.json)?|evals\/[^/]+(?:\/[^/]+\.json)?|\.promptsmith\/registry\.json)$/.test(
    uri,
  );
}
