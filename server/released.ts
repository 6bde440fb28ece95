import { derivePromptId } from '#core/eval/ids.ts';
import { type Released, readReleased } from '#io/registries/snapshot.ts';
import type { Analysis } from './analysis.ts';

/** What is released of each open prompt, without waiting. Nothing but files is read. */
export class ReleasedStore {
  readonly #changed: () => void;
  readonly #known = new Map<string, { readonly key: string; released: Released | null }>();

  /** `changed`: more is known of some document. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The version that a document is compared with; null while it is not known, and without one. */
  get(uri: string): Released | null {
    return this.#known.get(uri)?.released ?? null;
  }

  /** Reads what is released of a document unless it is known. */
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

  /** Lets go of a closed document. */
  release(uri: string): void {
    this.#known.delete(uri);
  }

  /** The registry has changed: what is known stays until it is read again. */
  forget(): void {
    for (const [uri, { released }] of this.#known) this.#known.set(uri, { key: '', released });
  }
}

/** True for a file or a folder of a label or an eval that a registry, or the snapshot of one, is made of. */
export function isRegistryFile(uri: string): boolean {
  return /\/(?:versions\/[^/]+\.json|labels\/[^/]+(?:\/\d+\.json)?|evals\/[^/]+(?:\/[^/]+\.json)?|\.promptsmith\/registry\.json)$/.test(
    uri,
  );
}
