import { Uri, workspace } from 'vscode';
import type { ModelRequest } from '#core/eval/model.ts';
import { hashValue } from '#core/hash.ts';
import type { AnswerView } from './messages.ts';

/** A stored run of the playground. */
export interface PastRun {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly case: string | null;
  readonly models: readonly string[];
  readonly revision: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly turns: ModelRequest['messages'];
  readonly answers: readonly PastAnswer[];
}

export interface PastAnswer {
  readonly view: AnswerView;
  readonly text: string;
}

/** Stored runs per prompt. */
const MAX_RUNS = 30;
/** Longer answers are truncated, in UTF-16 units. */
const MAX_TEXT = 100_000;

/** The playground's past runs, a file per prompt in the workspace's storage. */
export class History {
  readonly #folder: Uri | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** Without a folder nothing is stored. */
  constructor(storage: Uri | undefined) {
    this.#folder = storage && Uri.joinPath(storage, 'history');
  }

  /** The runs of a prompt, newest first. A file that cannot be read counts as empty. */
  async list(prompt: Uri): Promise<readonly PastRun[]> {
    await this.#writing;
    return this.#read(prompt);
  }

  /** Stores a run as the newest and replaces one with the same id. */
  add(prompt: Uri, run: PastRun): Promise<void> {
    const short = { ...run, answers: run.answers.map(truncateAnswer) };
    this.#writing = this.#writing.then(async () => {
      const others = (await this.#read(prompt)).filter(({ id }) => id !== run.id);
      await this.#write(prompt, [short, ...others].slice(0, MAX_RUNS));
    });
    return this.#writing;
  }

  /** Deletes all runs of a prompt. */
  clear(prompt: Uri): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(prompt, []));
    return this.#writing;
  }

  async #read(prompt: Uri): Promise<readonly PastRun[]> {
    const file = this.#file(prompt);
    if (!file) return [];
    try {
      const stored = JSON.parse(Buffer.from(await workspace.fs.readFile(file)).toString());
      return stored.v === 1 && Array.isArray(stored.runs) ? stored.runs : [];
    } catch {
      return [];
    }
  }

  async #write(prompt: Uri, runs: readonly PastRun[]): Promise<void> {
    const file = this.#file(prompt);
    if (file) await workspace.fs.writeFile(file, Buffer.from(JSON.stringify({ v: 1, runs })));
  }

  #file(prompt: Uri): Uri | undefined {
    const name = hashValue(prompt.toString()).replace('sha256:', '').slice(0, 32);
    return this.#folder && Uri.joinPath(this.#folder, `${name}.json`);
  }
}

function truncateAnswer({ view, text }: PastAnswer): PastAnswer {
  if (text.length <= MAX_TEXT) return { view, text };
  const note = `only the first ${MAX_TEXT} of ${text.length} characters are stored`;
  return { view: { ...view, notes: [...view.notes, note] }, text: text.slice(0, MAX_TEXT) };
}
