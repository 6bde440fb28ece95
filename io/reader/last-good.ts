import { readFile } from 'node:fs/promises';
import { writeTextFile } from '../write-file.ts';

/** What a reference pointed to when the registry was last asked. */
export interface Pointed {
  readonly version: string;
  readonly split?: Readonly<Record<string, number>>;
}

interface Stored {
  readonly v: 1;
  /** Of the registry, without a secret. */
  readonly address: string;
  /** By reference. */
  readonly pointed: Readonly<Record<string, Pointed>>;
  /** Exact files by `name@version`. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The file of what was read last. A file that cannot be read or written is as good as none. */
export class LastGood {
  readonly #path: string | undefined;
  readonly #address: string;
  #writing: Promise<void> = Promise.resolve();
  #isDue = false;

  constructor(path: string | undefined, address: string) {
    this.#path = path;
    this.#address = address;
  }

  async read(): Promise<Pick<Stored, 'pointed' | 'texts'> | null> {
    if (this.#path === undefined) return null;
    try {
      const stored = JSON.parse(await readFile(this.#path, 'utf8')) as Partial<Stored> | null;
      const fits = stored?.v === 1 && stored.address === this.#address;
      return fits ? { pointed: stored.pointed ?? {}, texts: stored.texts ?? {} } : null;
    } catch {
      return null;
    }
  }

  /** Writes what is known by then, soon; changes that come together are written once. */
  write(known: () => Pick<Stored, 'pointed' | 'texts'>, failed: (error: Error) => void): void {
    const path = this.#path;
    if (path === undefined || this.#isDue) return;
    this.#isDue = true;
    this.#writing = this.#writing.then(async () => {
      this.#isDue = false;
      const stored: Stored = { v: 1, address: this.#address, ...known() };
      await writeTextFile(path, `${JSON.stringify(stored)}\n`).catch(failed);
    });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#writing;
  }
}
