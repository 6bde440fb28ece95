import type { WorkspaceFacts } from '#core/lint/rule.ts';
import { pathOfUri } from '#io/files.ts';
import { readTestFiles } from '#io/test-files.ts';
import type { Analysis } from './analysis.ts';

/** A larger test file is not read in an editor: what depends on its rows stays unsaid. */
const MAX_TEST_FILE = 2 * 1024 * 1024;

/** What is known of the files around each document, without waiting. */
export class FactsStore {
  readonly #today: () => string;
  readonly #changed: (uri: string) => void;
  /** By document: what its test files hold, and what they were read for. */
  readonly #known = new Map<string, { readonly key: string; facts: WorkspaceFacts | null }>();
  #base: WorkspaceFacts;

  /** `today`: the date as `2026-11-21`. `changed`: more is known of a document. */
  constructor(today: () => string, changed: (uri: string) => void) {
    this.#today = today;
    this.#changed = changed;
    this.#base = { today: today() };
  }

  /** The same object until something changes. */
  facts(uri: string): WorkspaceFacts {
    return this.#known.get(uri)?.facts ?? this.#shared();
  }

  /** Reads an open document's test files unless they are known; tells when they are. */
  async update(analysis: Analysis): Promise<void> {
    const { uri } = analysis;
    const key = keyOf(analysis);
    if (this.#known.get(uri)?.key === key) return;
    const facts = this.#known.get(uri)?.facts ?? null;
    const entry = { key, facts };
    if (key === '') this.#known.delete(uri);
    else this.#known.set(uri, entry);
    if (key === '' && !facts) return;
    if (key !== '') entry.facts = await this.load(analysis);
    if (key === '' || this.#known.get(uri) === entry) this.#changed(uri);
  }

  /** What a document's test files add. */
  async load({ prompt, uri, file }: Analysis): Promise<WorkspaceFacts> {
    const path = pathOfUri(uri);
    if (prompt.testFiles.length === 0 || path === null || file.root === null) return this.#shared();
    const { rows, problems } = await readTestFiles(prompt, path, file.root, MAX_TEST_FILE);
    // With a part missing nobody knows which names the rows give.
    if (problems.some(({ severity }) => severity === 'error')) return this.#shared();
    const keys = new Set(rows.flatMap(({ values }) => [...values.keys()]));
    return { ...this.#shared(), testFileKeys: keys };
  }

  /** Lets go of a closed document. */
  release(uri: string): void {
    this.#known.delete(uri);
  }

  /** Some test file has changed: all are read again. The documents that are concerned. */
  forget(): string[] {
    const uris = [...this.#known.keys()];
    this.#known.clear();
    return uris;
  }

  #shared(): WorkspaceFacts {
    const today = this.#today();
    if (this.#base.today !== today) this.#base = { ...this.#base, today };
    return this.#base;
  }
}

/** What reading the test files depends on; '' without any. */
function keyOf({ prompt, file }: Analysis): string {
  if (prompt.testFiles.length === 0) return '';
  return JSON.stringify([prompt.testFiles.map(({ pattern }) => pattern), file.root]);
}
