import { derivePromptId } from '#core/eval/ids.ts';
import type { Summary } from '#core/eval/report/report.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { getDataFolder } from '#io/data-folder.ts';
import { RunStore } from '#io/runs/run-store.ts';
import type { FileSettings } from './settings.ts';

/** Older runs of just one text are not looked for further back. */
const COUNT = 5;

/** The newest eval runs of prompts, read when they are first asked for and kept until one is written. */
export class StoredRuns {
  readonly #known = new Map<string, readonly Summary[]>();
  readonly #loaded: () => void;

  /** `loaded`: there is something to show that was not there. */
  constructor(loaded: () => void) {
    this.#loaded = loaded;
  }

  /** The summaries of a prompt's newest runs, as far as they are known by now. */
  of(
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

  /** A run was written or erased. */
  forget(): void {
    this.#known.clear();
  }

  async #load(key: string, root: string, prompt: string): Promise<void> {
    const store = new RunStore(getDataFolder(root));
    // A folder that cannot be read has nothing to show; evals say what is wrong with it.
    const runs = await store.newest(prompt, COUNT).catch(() => []);
    if (runs.length === 0) return;
    this.#known.set(key, runs);
    this.#loaded();
  }
}
