import { derivePromptId } from '#core/eval/ids.ts';
import type { Summary } from '#core/eval/report/report.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import type { FileSettings } from './settings.ts';

/** Maximum number of runs to read per prompt. */
const MAX_RUNS = 5;

/** The newest eval runs of prompts, read on first use and cached until a run is written. */
export class StoredRuns {
  readonly #known = new Map<string, readonly Summary[]>();
  readonly #loaded: () => void;

  /** `loaded` is called when runs have been read. */
  constructor(loaded: () => void) {
    this.#loaded = loaded;
  }

  /** The summaries of a prompt's newest runs; empty until they are read. */
  find(
    { id }: PromptDocument,
    place: Pick<FileSettings, 'root' | 'path'> | null,
  ): readonly Summary[] {
    if (!place?.root) return [];
    const prompt = derivePromptId(place.path, id);
    const key = `${place.root}\n${prompt}`;
    const known = this.#known.get(key);
    if (known) return known;
    this.#known.set(key, []);
    void this.#load(key, place.root, prompt);
    return [];
  }

  /** Clears the cache after a run was written or deleted. */
  forget(): void {
    this.#known.clear();
  }

  async #load(key: string, root: string, prompt: string): Promise<void> {
    const store = openRunStore(root);
    // A folder that cannot be read has no runs here; `promptsmith eval` reports the error.
    const runs = await store.newest(prompt, MAX_RUNS).catch(() => []);
    if (runs.length === 0) return;
    this.#known.set(key, runs);
    this.#loaded();
  }
}
