import { FileChangeType, type FileEvent } from 'vscode-languageserver';
import type { EncodingProblem } from '#core/decode-text.ts';
import type { WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { type KnownSecret, type SecretScanner, scanForSecrets } from '#core/lint/secrets.ts';
import { isPromptFile, readTextFile, uriToPath } from '#io/files.ts';
import { readTestFiles, toTestFileFacts } from '#io/test-files.ts';
import { isWorkflowFile, WorkflowFiles } from '#io/workflows.ts';
import type { Analysis } from './analysis.ts';

/** Maximum size of a test file in bytes. Findings that depend on the rows of larger files are omitted. */
const MAX_TEST_FILE = 2 * 1024 * 1024;

/** The sources of facts. */
export interface FactSources {
  /** The date as `2026-11-21`. */
  today(): string;
  readonly secrets: SecretScanner;
}

/** The cached facts about one open document. */
interface Known {
  /** The inputs of the last reads: of the test files, of the workflows, and of the scan for secrets. */
  testKey: string;
  workflowKey: string;
  scanned: string;
  tests?: TestFacts;
  encoding?: EncodingProblem;
  workflows?: WorkflowFacts;
  secrets?: readonly KnownSecret[];
  /** All facts combined; absent if there are only the shared ones. */
  facts?: WorkspaceFacts;
}

/** What the workflows around a document say. */
type WorkflowFacts = Pick<WorkspaceFacts, 'callSites' | 'files' | 'workflowProblems'>;

/** What the test files of a document say. The keys are missing if any file could not be read. */
type TestFacts = Pick<WorkspaceFacts, 'testFileKeys' | 'testFileProblems'>;

/** Facts about the files around each document, available without waiting. */
export class FactsStore {
  readonly #sources: FactSources;
  readonly #changed: (uri: string) => void;
  readonly #known = new Map<string, Known>();
  readonly #workflows = new WorkflowFiles();
  #base: WorkspaceFacts;

  /** `changed` is called with a document's URI when its facts have changed. */
  constructor(sources: FactSources, changed: (uri: string) => void) {
    this.#sources = sources;
    this.#changed = changed;
    this.#base = { today: sources.today(), callSites: null };
  }

  /** The facts about a document; the same object until they change. */
  facts(uri: string): WorkspaceFacts {
    return this.#known.get(uri)?.facts ?? this.#shared();
  }

  /** Loads the facts that an open document needs, and calls `changed` if they differ. */
  async update(analysis: Analysis): Promise<void> {
    const known = this.#known.get(analysis.uri) ?? { testKey: '', workflowKey: '', scanned: '' };
    this.#known.set(analysis.uri, known);
    await Promise.all([
      this.#updateTests(analysis, known),
      this.#updateWorkflows(analysis, known),
      this.#updateSecrets(analysis, known),
      this.#updateEncoding(analysis, known),
    ]);
  }

  /** Loads the facts that a closed document needs. */
  async load(analysis: Analysis): Promise<WorkspaceFacts> {
    const [tests, workflows, secrets] = await Promise.all([
      readTestFacts(analysis),
      this.#readWorkflows(analysis),
      scanForSecrets(analysis.secrets.joined, this.#sources.secrets),
    ]);
    const { callSites: _, ...shared } = this.#shared();
    return { ...shared, ...workflows, ...tests, secrets };
  }

  /** Drops a closed document. */
  release(uri: string): void {
    this.#known.delete(uri);
  }

  /** Invalidates all test files and workflows; returns the URIs of the documents that depend on them. */
  forget(): string[] {
    this.#workflows.forget();
    const concerned = [...this.#known].filter(
      ([, known]) => known.testKey + known.workflowKey !== '',
    );
    for (const [uri] of concerned) this.#known.delete(uri);
    return concerned.map(([uri]) => uri);
  }

  async #updateTests(analysis: Analysis, known: Known): Promise<void> {
    const key = buildTestFilesKey(analysis);
    if (known.testKey === key) return;
    known.testKey = key;
    const tests = await readTestFacts(analysis);
    if (known.testKey !== key) return;
    known.tests = tests;
    this.#renew(analysis.uri, known);
  }

  async #updateWorkflows(analysis: Analysis, known: Known): Promise<void> {
    // Suppressions are reported as unused only when all facts are loaded.
    const key = analysis.text.includes('promptsmith-') ? 'comments' : 'none';
    if (known.workflowKey === key) return;
    known.workflowKey = key;
    const found = await this.#readWorkflows(analysis);
    const isTelling =
      found.callSites?.length || found.workflowProblems || known.workflows || key === 'comments';
    if (known.workflowKey !== key || !isTelling) return;
    known.workflows = found;
    this.#renew(analysis.uri, known);
  }

  async #readWorkflows({ uri }: Analysis): Promise<WorkflowFacts> {
    const path = uriToPath(uri);
    return path === null ? {} : await this.#workflows.factsOf(path);
  }

  async #updateSecrets({ uri, secrets }: Analysis, known: Known): Promise<void> {
    const { joined } = secrets;
    if (known.scanned === joined.text) return;
    known.scanned = joined.text;
    const found = await scanForSecrets(joined, this.#sources.secrets);
    // The text can have changed during the scan. After most changes, the scan finds the same secrets.
    if (known.scanned !== joined.text || areSameSecrets(found, known.secrets)) return;
    known.secrets = found;
    this.#renew(uri, known);
  }

  /** An editor shows U+FFFD for what it could not decode; the file tells whether somebody wrote that. */
  async #updateEncoding({ uri, text }: Analysis, known: Known): Promise<void> {
    const path = /[\ufffd\0]/.test(text) ? uriToPath(uri) : null;
    const read = path === null ? null : await readTextFile(path);
    const encoding = read && 'error' in read ? read.error.encoding : undefined;
    if (encoding?.lossy === known.encoding?.lossy) return;
    if (encoding) known.encoding = encoding;
    else delete known.encoding;
    this.#renew(uri, known);
  }

  #renew(uri: string, known: Known): void {
    const { tests, workflows, secrets, encoding } = known;
    const { callSites, ...shared } = this.#shared();
    known.facts = {
      ...shared,
      ...(workflows ?? { callSites: callSites ?? null }),
      ...tests,
      ...(secrets && { secrets }),
      ...(encoding && { encoding }),
    };
    if (this.#known.get(uri) === known) this.#changed(uri);
  }

  #shared(): WorkspaceFacts {
    const today = this.#sources.today();
    if (this.#base.today !== today) this.#base = { ...this.#base, today };
    return this.#base;
  }
}

/** True if what workflows say about prompts may differ now: a prompt file may exist from now on, or no longer. */
export function concernsWorkflows({ uri, type }: FileEvent): boolean {
  return isWorkflowFile(uri) || (type !== FileChangeType.Changed && isPromptFile(uri));
}

/** Reads a document's test files. The keys are null if any file could not be read. */
async function readTestFacts({ prompt, uri, file }: Analysis): Promise<TestFacts> {
  const path = uriToPath(uri);
  if (prompt.testFiles.length === 0 || path === null || file.root === null) return {};
  const { rows, problems } = await readTestFiles(prompt, path, file.root, MAX_TEST_FILE);
  // The limit is the server's: for a run, the file is not too large.
  const testFileProblems = toTestFileFacts(problems.filter(({ kind }) => kind !== 'too-large'));
  // If a file is missing, the set of names is unknown.
  if (problems.some(({ severity }) => severity === 'error')) return { testFileProblems };
  return {
    testFileProblems,
    testFileKeys: new Set(rows.flatMap(({ values }) => [...values.keys()])),
  };
}

/** The inputs that reading the test files depends on; '' without test files. */
function buildTestFilesKey({ prompt, file }: Analysis): string {
  if (prompt.testFiles.length === 0) return '';
  return JSON.stringify([prompt.testFiles.map(({ pattern }) => pattern), file.root]);
}

function areSameSecrets(
  found: readonly KnownSecret[],
  known: readonly KnownSecret[] | undefined,
): boolean {
  if (found.length !== known?.length) return false;
  return found.every(({ letters }, i) => known[i]?.letters === letters);
}
