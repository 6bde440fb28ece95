import { derivePromptId } from '#core/eval/ids.ts';
import { MAX_RUNS_READ } from '#core/eval/report/mean-output.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import type { FileSettings } from './settings.ts';

type Place = Pick<FileSettings, 'root' | 'path'> | null;

const NO_RUNS: readonly Summary[] = [];

interface Entry {
  runs: readonly Summary[];
  /** Runs may have been written since; the old ones stand in until they are read. */
  isStale: boolean;
  reading: Promise<void> | null;
}

/** The newest eval runs of prompts, read on first use and cached until a run is written. */
export class StoredRuns {
  readonly #known = new Map<string, Entry>();
  readonly #loaded: () => void;

  /** `loaded` is called when other runs have been read than were known. */
  constructor(loaded: () => void) {
    this.#loaded = loaded;
  }

  /** The summaries of a prompt's newest runs; empty until they are read. */
  find(prompt: Pick<PromptDocument, 'id'>, place: Place): readonly Summary[] {
    void this.load(prompt, place);
    return this.#entry(prompt, place)?.runs ?? NO_RUNS;
  }

  /** Resolves when the runs of a prompt are known. */
  async load(prompt: Pick<PromptDocument, 'id'>, place: Place): Promise<void> {
    const entry = this.#entry(prompt, place);
    if (!entry?.isStale || !place?.root) return entry?.reading ?? undefined;
    entry.isStale = false;
    entry.reading = this.#read(entry, place.root, derivePromptId(place.path, prompt.id));
    await entry.reading;
  }

  /** Reads the runs again after one was written or deleted. */
  forget(): void {
    for (const entry of this.#known.values()) entry.isStale = true;
  }

  #entry({ id }: Pick<PromptDocument, 'id'>, place: Place): Entry | null {
    if (!place?.root) return null;
    const key = `${place.root}\n${derivePromptId(place.path, id)}`;
    const known = this.#known.get(key) ?? { runs: [], isStale: true, reading: null };
    this.#known.set(key, known);
    return known;
  }

  async #read(entry: Entry, root: string, prompt: string): Promise<void> {
    // A folder that cannot be read has no runs here; `promptsmith eval` reports the error.
    const runs = await openRunStore(root)
      .newest(prompt, MAX_RUNS_READ)
      .catch(() => []);
    const isSame = JSON.stringify(runs) === JSON.stringify(entry.runs);
    entry.reading = null;
    if (isSame) return;
    entry.runs = runs;
    this.#loaded();
  }
}
