import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { MAX_LENGTH } from '#core/prompt/parse.ts';
import {
  findPromptFiles,
  ignoredBy,
  isPromptFile,
  isSettingsFile,
  pathOfUri,
  readTextFile,
  resolvePath,
  SETTINGS_FILE,
  uriOfPath,
} from '#io/files.ts';
import { Analysis, type Knowledge } from './analysis.ts';
import type { Documents } from './documents.ts';
import type { Guard } from './guard.ts';
import { type PromptEntry, promptEntry } from './prompt-entry.ts';
import type { Publisher } from './publisher.ts';
import type { SettingsStore } from './settings.ts';

/** What the check of a workspace works with. */
export interface WorkspaceParts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly publisher: Publisher;
  readonly guard: Guard;
  readonly showsProgress: boolean;
  knowledge(): Knowledge;
}

/**
 * The prompt files of the open folders. Closed ones are checked in the background, one file a turn of
 * the event loop and never while a change waits for its diagnostics.
 */
export class Workspace {
  readonly #parts: WorkspaceParts;
  /** Open folders, as paths. */
  readonly #folders = new Set<string>();
  readonly #entries = new Map<string, PromptEntry>();
  readonly #queue = new Set<string>();
  #generation = 0;
  #working = false;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
  }

  /** What is known of the workspace's prompts, open ones as they are now. */
  entries(): PromptEntry[] {
    const { documents } = this.#parts;
    const open = documents.uris().flatMap((uri) => {
      const analysis = documents.analysis(uri);
      return analysis?.kind === 'prompt' ? [promptEntry(analysis)] : [];
    });
    const isOpen = new Set(open.map((entry) => entry.uri));
    return [...open, ...[...this.#entries.values()].filter((entry) => !isOpen.has(entry.uri))];
  }

  /** Changes which folders are open. */
  setFolders(added: readonly string[], removed: readonly string[] = []): void {
    for (const uri of removed) {
      const path = pathOfUri(uri);
      if (path !== null) this.#folders.delete(path);
    }
    for (const uri of added) {
      const path = pathOfUri(uri);
      if (path !== null) this.#folders.add(path);
    }
  }

  /** Checks every file anew: at the start, and when settings or knowledge have changed. */
  async checkAll(): Promise<void> {
    const generation = ++this.#generation;
    const known = new Set(this.#entries.keys());
    for (const folder of this.#folders) {
      const root = await this.#parts.settings.load(uriOfPath(resolvePath(folder, SETTINGS_FILE)));
      const ignored = ignoredBy(root.root ?? folder, root.settings.ignore);
      for await (const path of findPromptFiles([folder], ignored)) {
        if (generation !== this.#generation) return;
        const uri = uriOfPath(path);
        known.delete(uri);
        this.#queue.add(uri);
      }
    }
    for (const uri of known) this.forget(uri);
    await this.#work();
  }

  /** Checks one file soon, if it is closed and in an open folder. */
  async check(uri: string): Promise<void> {
    const path = pathOfUri(uri);
    const isOurs = path !== null && (isPromptFile(path) || isSettingsFile(path));
    if (!isOurs || !this.#holds(path)) {
      this.forget(uri);
      return;
    }
    this.#queue.add(uri);
    await this.#work();
  }

  /** Drops a deleted file and what was said of it. */
  forget(uri: string): void {
    this.#queue.delete(uri);
    this.#entries.delete(uri);
    if (this.#parts.documents.version(uri) === null) this.#parts.publisher.clear(uri);
  }

  #holds(path: string): boolean {
    return [...this.#folders].some((folder) => path.startsWith(folder));
  }

  async #work(): Promise<void> {
    if (this.#working || this.#queue.size === 0) return;
    this.#working = true;
    const progress = await this.#begin();
    let done = 0;
    try {
      for (let [uri] = this.#queue; uri !== undefined; [uri] = this.#queue) {
        this.#queue.delete(uri);
        await this.#turn();
        if (progress?.token.isCancellationRequested) this.#queue.clear();
        else
          await this.#parts.guard.run('background check', () => this.#checkClosed(uri as string));
        done++;
        const total = done + this.#queue.size;
        if (done % 10 === 0) progress?.report(Math.floor((100 * done) / total), `${done}/${total}`);
      }
    } finally {
      this.#working = false;
      progress?.done();
    }
  }

  /** Lets everything that has arrived go first. */
  async #turn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    await this.#parts.publisher.idle();
  }

  async #checkClosed(uri: string): Promise<void> {
    const { documents, settings, publisher } = this.#parts;
    const path = pathOfUri(uri);
    if (path === null || documents.version(uri) !== null) return;
    const file = await settings.load(uri);
    const read = await readTextFile(path, 4 * MAX_LENGTH);
    if (documents.version(uri) !== null) return;
    if ('error' in read || file.ignored) {
      this.forget(uri);
      return;
    }
    await publisher.idle();
    const snapshot = { uri, version: 0, text: read.text };
    const analysis = new Analysis(snapshot, file, this.#parts.knowledge(), {});
    publisher.publish(analysis);
    if (analysis.kind === 'prompt') this.#entries.set(uri, promptEntry(analysis));
    settings.release(uri);
  }

  async #begin(): Promise<
    (WorkDoneProgressServerReporter & { token: { isCancellationRequested: boolean } }) | null
  > {
    if (!this.#parts.showsProgress || this.#queue.size < 20) return null;
    const progress = await this.#parts.connection.window.createWorkDoneProgress();
    progress.begin('Checking prompts', 0, `0/${this.#queue.size}`, true);
    return progress;
  }
}
