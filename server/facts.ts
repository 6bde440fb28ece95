import type { WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { type KnownSecret, type SecretScanner, scanForSecrets } from '#core/lint/secrets.ts';
import { uriToPath } from '#io/files.ts';
import { readTestFiles } from '#io/test-files.ts';
import { WorkflowFiles } from '#io/workflows.ts';
import type { Analysis } from './analysis.ts';

/** A larger test file is not read in an editor: what depends on its rows stays unsaid. */
const MAX_TEST_FILE = 2 * 1024 * 1024;

/** What is asked when facts are gathered. */
export interface FactSources {
  /** The date as `2026-11-21`. */
  today(): string;
  readonly secrets: SecretScanner;
}

/** What is known of one open document. */
interface Known {
  /** What its test files and workflows were read for, and what its secrets were looked for in. */
  testKey: string;
  workflowKey: string;
  scanned: string;
  testFileKeys?: ReadonlySet<string>;
  workflows?: Pick<WorkspaceFacts, 'callSites' | 'files'>;
  secrets?: readonly KnownSecret[];
  /** All together; absent: nothing but what all documents share. */
  facts?: WorkspaceFacts;
}

/** What is known of the files around each document, without waiting. */
export class FactsStore {
  readonly #sources: FactSources;
  readonly #changed: (uri: string) => void;
  readonly #known = new Map<string, Known>();
  readonly #workflows = new WorkflowFiles();
  #base: WorkspaceFacts;

  /** `changed`: more is known of a document. */
  constructor(sources: FactSources, changed: (uri: string) => void) {
    this.#sources = sources;
    this.#changed = changed;
    this.#base = { today: sources.today(), callSites: null };
  }

  /** The same object until something changes. */
  facts(uri: string): WorkspaceFacts {
    return this.#known.get(uri)?.facts ?? this.#shared();
  }

  /** Learns what an open document's text asks for; tells when more is known. */
  async update(analysis: Analysis): Promise<void> {
    const known = this.#known.get(analysis.uri) ?? { testKey: '', workflowKey: '', scanned: '' };
    this.#known.set(analysis.uri, known);
    await Promise.all([
      this.#updateTests(analysis, known),
      this.#updateWorkflows(analysis, known),
      this.#updateSecrets(analysis, known),
    ]);
  }

  /** All that a closed document's text asks for. */
  async load(analysis: Analysis): Promise<WorkspaceFacts> {
    const [testFileKeys, workflows, secrets] = await Promise.all([
      readTestFileKeys(analysis),
      this.#readWorkflows(analysis),
      scanForSecrets(analysis.secrets.joined, this.#sources.secrets),
    ]);
    const { callSites: _, ...shared } = this.#shared();
    return { ...shared, ...workflows, ...(testFileKeys && { testFileKeys }), secrets };
  }

  /** Lets go of a closed document. */
  release(uri: string): void {
    this.#known.delete(uri);
  }

  /** Some test file or workflow has changed: all are read again. The documents that are concerned. */
  forget(): string[] {
    this.#workflows.forget();
    const concerned = [...this.#known].filter(
      ([, known]) => known.testKey + known.workflowKey !== '',
    );
    for (const [uri] of concerned) this.#known.delete(uri);
    return concerned.map(([uri]) => uri);
  }

  async #updateTests(analysis: Analysis, known: Known): Promise<void> {
    const key = sourceKey(analysis);
    if (known.testKey === key) return;
    known.testKey = key;
    const keys = await readTestFileKeys(analysis);
    if (known.testKey !== key || (!keys && !known.testFileKeys)) return;
    if (keys) known.testFileKeys = keys;
    else delete known.testFileKeys;
    this.#renew(analysis.uri, known);
  }

  async #updateWorkflows(analysis: Analysis, known: Known): Promise<void> {
    // Comments that silence rules are called unused only when all is known.
    const key = analysis.text.includes('promptsmith-') ? 'comments' : 'none';
    if (known.workflowKey === key) return;
    known.workflowKey = key;
    const found = await this.#readWorkflows(analysis);
    const isTelling = found.callSites?.length || known.workflows || key === 'comments';
    if (known.workflowKey !== key || !isTelling) return;
    known.workflows = found;
    this.#renew(analysis.uri, known);
  }

  async #readWorkflows({ uri }: Analysis): Promise<Pick<WorkspaceFacts, 'callSites' | 'files'>> {
    const path = uriToPath(uri);
    return path === null ? {} : await this.#workflows.factsOf(path);
  }

  async #updateSecrets({ uri, secrets }: Analysis, known: Known): Promise<void> {
    const { joined } = secrets;
    if (known.scanned === joined.text) return;
    known.scanned = joined.text;
    const found = await scanForSecrets(joined, this.#sources.secrets);
    // While it was looked through the text may have changed; most changes find what was known.
    if (known.scanned !== joined.text || isSame(found, known.secrets)) return;
    known.secrets = found;
    this.#renew(uri, known);
  }

  #renew(uri: string, known: Known): void {
    const { testFileKeys, workflows, secrets } = known;
    const { callSites, ...shared } = this.#shared();
    known.facts = {
      ...shared,
      ...(workflows ?? { callSites: callSites ?? null }),
      ...(testFileKeys && { testFileKeys }),
      ...(secrets && { secrets }),
    };
    if (this.#known.get(uri) === known) this.#changed(uri);
  }

  #shared(): WorkspaceFacts {
    const today = this.#sources.today();
    if (this.#base.today !== today) this.#base = { ...this.#base, today };
    return this.#base;
  }
}

/** The names that the rows of a document's test files give; null where not all could be read. */
async function readTestFileKeys({
  prompt,
  uri,
  file,
}: Analysis): Promise<ReadonlySet<string> | null> {
  const path = uriToPath(uri);
  if (prompt.testFiles.length === 0 || path === null || file.root === null) return null;
  const { rows, problems } = await readTestFiles(prompt, path, file.root, MAX_TEST_FILE);
  // With a part missing nobody knows which names the rows give.
  if (problems.some(({ severity }) => severity === 'error')) return null;
  return new Set(rows.flatMap(({ values }) => [...values.keys()]));
}

/** What reading the test files depends on; '' without any. */
function sourceKey({ prompt, file }: Analysis): string {
  if (prompt.testFiles.length === 0) return '';
  return JSON.stringify([prompt.testFiles.map(({ pattern }) => pattern), file.root]);
}

function isSame(found: readonly KnownSecret[], known: readonly KnownSecret[] | undefined): boolean {
  if (found.length !== known?.length) return false;
  return found.every(({ letters }, i) => known[i]?.letters === letters);
}
