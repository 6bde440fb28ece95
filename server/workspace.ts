import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { MAX_LENGTH } from '#core/prompt/parse.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import {
  compileIgnore,
  findPromptFiles,
  isPromptFile,
  isSettingsFile,
  pathToUri,
  readTextFile,
  resolvePath,
  SETTINGS_FILE,
  uriToPath,
} from '#io/files.ts';
import { Analysis, type Knowledge } from './analysis.ts';
import type { Documents } from './documents.ts';
import type { Guard } from './guard.ts';
import { createPromptEntry, type PromptEntry } from './prompt-entry.ts';
import type { Publisher } from './publisher.ts';
import type { FileSettings, SettingsStore } from './settings.ts';
import { describeWorkspacePrompt } from './workspace-prompt.ts';

/** The dependencies of a `Workspace`. */
export interface WorkspaceParts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly publisher: Publisher;
  readonly guard: Guard;
  readonly showsProgress: boolean;
  knowledge(): Knowledge;
  /** Loads the facts about the files around a closed prompt. */
  loadFacts(analysis: Analysis): Promise<WorkspaceFacts>;
}

/** What is cached about a closed prompt file. */
interface Known {
  readonly entry: PromptEntry;
  readonly prompt: WorkspacePrompt;
}

/**
 * The prompt files of the open folders. Closed files are checked in the background, one file per turn of
 * the event loop and never while a change waits for its diagnostics.
 */
export class Workspace {
  readonly #parts: WorkspaceParts;
  /** Open folders, as paths. */
  readonly #folders = new Set<string>();
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<() => void>();
  readonly #queue = new Set<string>();
  /** Open files that were deleted from the disk. */
  readonly #deleted = new Set<string>();
  /** Settings files queued since the last check of all files. */
  readonly #settingsFiles = new Set<string>();
  #generation = 0;
  #isWorking = false;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
  }

  /** The symbols of the workspace's prompts, with unsaved changes of open ones. */
  entries(): PromptEntry[] {
    return this.#mapPrompts(createPromptEntry, ({ entry }) => entry);
  }

  /** The workspace's prompts, with unsaved changes of open ones. */
  prompts(): WorkspacePrompt[] {
    return this.#mapPrompts(describeWorkspacePrompt, ({ prompt }) => prompt);
  }

  /** Every prompt of the workspace with its findings: open ones with unsaved changes, others from the disk. */
  async *analyses(): AsyncIterable<Analysis> {
    const { documents, settings } = this.#parts;
    for (const uri of new Set([...this.#known.keys(), ...documents.uris()])) {
      const isOpen = documents.version(uri) !== null;
      if (isOpen && this.#deleted.has(uri)) continue;
      const analysis = isOpen ? documents.analysis(uri) : await this.#analyze(uri);
      if (!isOpen) settings.release(uri);
      if (analysis?.kind === 'prompt' && !analysis.file.ignored) yield analysis;
    }
  }

  /** Calls `listener` whenever the workspace's prompts have changed. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Notifies the listeners that the workspace's prompts have changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Adds and removes open folders, as URIs. */
  setFolders(added: readonly string[], removed: readonly string[] = []): void {
    for (const uri of removed) {
      const path = uriToPath(uri);
      if (path !== null) this.#folders.delete(path);
    }
    for (const uri of added) {
      const path = uriToPath(uri);
      if (path !== null) this.#folders.add(path);
    }
  }

  /** Checks every file: at startup, and when the settings or the loaded data have changed. */
  async checkAll(): Promise<void> {
    const generation = ++this.#generation;
    const known = new Set(this.#known.keys());
    this.#settingsFiles.clear();
    for (const folder of this.#folders) {
      const root = await this.#parts.settings.load(pathToUri(resolvePath(folder, SETTINGS_FILE)));
      this.#addSettings(root);
      const ignored = compileIgnore(root.root ?? folder, root.settings.ignore);
      for await (const path of findPromptFiles([folder], ignored)) {
        if (generation !== this.#generation) return;
        const uri = pathToUri(path);
        known.delete(uri);
        this.#queue.add(uri);
      }
    }
    for (const uri of known) this.forget(uri);
    await this.#workOffQueue();
  }

  /** Queues a check of one file, if it is closed and in an open folder. */
  async check(uri: string): Promise<void> {
    const path = uriToPath(uri);
    const isOurs = path !== null && (isPromptFile(path) || isSettingsFile(path));
    if (this.#deleted.delete(uri)) this.changed();
    if (!isOurs || !this.#isInFolder(path)) {
      this.forget(uri);
      return;
    }
    this.#queue.add(uri);
    await this.#workOffQueue();
  }

  /** Drops a deleted file. It is not a prompt of the workspace even if an editor still has it open. */
  deleted(uri: string): void {
    if (this.#parts.documents.version(uri) !== null) this.#deleted.add(uri);
    this.forget(uri);
    this.changed();
  }

  /** Drops a file and its diagnostics. */
  forget(uri: string): void {
    this.#queue.delete(uri);
    if (this.#known.delete(uri)) this.changed();
    if (this.#parts.documents.version(uri) === null) this.#parts.publisher.clear(uri);
  }

  #mapPrompts<T>(ofOpen: (analysis: Analysis) => T, ofClosed: (known: Known) => T): T[] {
    const { documents } = this.#parts;
    const all = new Map([...this.#known].map(([uri, known]) => [uri, () => ofClosed(known)]));
    for (const uri of documents.uris()) {
      const analysis = documents.analysis(uri);
      const isThere = analysis?.kind === 'prompt' && !this.#deleted.has(uri);
      if (isThere) all.set(uri, () => ofOpen(analysis));
      else all.delete(uri);
    }
    return [...all.values()].map((read) => read());
  }

  #isInFolder(path: string): boolean {
    return [...this.#folders].some((folder) => path.startsWith(folder));
  }

  async #workOffQueue(): Promise<void> {
    if (this.#isWorking || this.#queue.size === 0) return;
    this.#isWorking = true;
    const progress = await this.#beginProgress();
    let done = 0;
    try {
      for (let [uri] = this.#queue; uri !== undefined; [uri] = this.#queue) {
        this.#queue.delete(uri);
        await this.#waitForTurn();
        if (progress?.token.isCancellationRequested) this.#queue.clear();
        else
          await this.#parts.guard.run('background check', () => this.#checkClosed(uri as string));
        done++;
        const total = done + this.#queue.size;
        if (done % 10 === 0) progress?.report(Math.floor((100 * done) / total), `${done}/${total}`);
      }
    } finally {
      this.#isWorking = false;
      progress?.done();
    }
  }

  /** Waits until pending messages and diagnostics have been handled. */
  async #waitForTurn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    await this.#parts.publisher.idle();
  }

  async #checkClosed(uri: string): Promise<void> {
    const { documents, settings, publisher } = this.#parts;
    if (documents.version(uri) !== null) return;
    const analysis = await this.#analyze(uri);
    if (documents.version(uri) !== null) return;
    if (!analysis) {
      this.forget(uri);
      return;
    }
    publisher.publish(analysis);
    if (analysis.kind === 'prompt') {
      this.#known.set(uri, {
        entry: createPromptEntry(analysis),
        prompt: describeWorkspacePrompt(analysis),
      });
      this.changed();
    }
    settings.release(uri);
  }

  /** Analyzes a closed file; null if it is ignored or cannot be read. */
  async #analyze(uri: string): Promise<Analysis | null> {
    const { settings, publisher } = this.#parts;
    const path = uriToPath(uri);
    if (path === null) return null;
    const file = await settings.load(uri);
    this.#addSettings(file);
    const read = await readTextFile(path, 4 * MAX_LENGTH);
    const encoding = 'error' in read ? read.error.encoding : undefined;
    const text = 'error' in read ? encoding?.lossy : read.text;
    if (text === undefined || file.ignored) return null;
    await publisher.idle();
    const snapshot = { uri, version: 0, text };
    const knowledge = this.#parts.knowledge();
    const bare = new Analysis(snapshot, file, knowledge, {});
    const facts = await this.#parts.loadFacts(bare);
    const all = encoding ? { ...facts, encoding } : facts;
    return new Analysis(snapshot, file, knowledge, all, bare);
  }

  /** Queues a project's settings file once, because it can have findings too. */
  #addSettings({ settingsUri }: FileSettings): void {
    if (settingsUri === null || this.#settingsFiles.has(settingsUri)) return;
    this.#settingsFiles.add(settingsUri);
    this.#queue.add(settingsUri);
  }

  async #beginProgress(): Promise<
    (WorkDoneProgressServerReporter & { token: { isCancellationRequested: boolean } }) | null
  > {
    if (!this.#parts.showsProgress || this.#queue.size < 20) return null;
    const progress = await this.#parts.connection.window.createWorkDoneProgress();
    progress.begin('Checking prompts', 0, `0/${this.#queue.size}`, true);
    return progress;
  }
}
