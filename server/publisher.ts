import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Analysis } from './analysis.ts';
import type { Client } from './client.ts';
import type { Documents } from './documents.ts';
import { toDiagnostic } from './to-lsp.ts';

export interface PublisherEvents {
  readonly rulePage: Client['rulePage'];
  /** False while the settings of a file are being read: then it will be scheduled again. */
  isReady(uri: string): boolean;
  published(analysis: Analysis): void;
  /** When the client last asked for something, by `performance.now()`. */
  askedAt(): number;
}

/** Changes that keep coming put diagnostics off for at most this long, in milliseconds. */
const LONGEST_WAIT = 200;
/** A client that has just asked for something asks for more, in milliseconds: somebody waits for that. */
const QUIET = 3;

/**
 * Pushes diagnostics: after every change of an open document, with its version, and for closed files
 * when they were checked.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #on: PublisherEvents;
  readonly #scheduled = new Set<string>();
  /** What was said of a file, by the file whose check said it. */
  readonly #said = new Map<string, Map<string, Diagnostic[]>>();
  /** The files that a file's check spoke of. */
  readonly #targets = new Map<string, ReadonlySet<string>>();
  /** When the oldest of what is scheduled came, in ms; null when nothing is. */
  #since: number | null = null;
  #turn = 0;
  #waiting: (() => void)[] = [];

  constructor(connection: Connection, documents: Documents, on: PublisherEvents) {
    this.#connection = connection;
    this.#documents = documents;
    this.#on = on;
  }

  /**
   * Publishes soon. Messages that have already arrived go first, and those of a client that is asking: of
   * several changes only the last is worked on, and a request is answered before.
   */
  schedule(uri: string): void {
    this.#scheduled.add(uri);
    this.#since ??= performance.now();
    this.#arm();
  }

  /** Resolves when no change waits for its diagnostics. */
  idle(): Promise<void> {
    if (this.#scheduled.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Publishes what a file's check found in it and in others, the file open or closed. */
  publish(analysis: Analysis): void {
    this.#say(analysis.uri, groupDiagnostics(analysis, this.#on.rulePage));
  }

  /** Takes back everything that was said because of a file. */
  clear(uri: string): void {
    this.#scheduled.delete(uri);
    this.#say(uri, new Map([[uri, []]]));
  }

  /** Several files may have to do with one: a workflow runs many prompts. */
  #say(source: string, said: ReadonlyMap<string, Diagnostic[]>): void {
    const targets = new Set([...said.keys(), ...(this.#targets.get(source) ?? [])]);
    const kept = new Set<string>();
    for (const uri of targets) {
      const bySource = this.#said.get(uri) ?? new Map<string, Diagnostic[]>();
      const diagnostics = said.get(uri) ?? [];
      if (diagnostics.length > 0) bySource.set(source, diagnostics);
      else bySource.delete(source);
      if (diagnostics.length > 0) kept.add(uri);
      if (bySource.size > 0) this.#said.set(uri, bySource);
      else this.#said.delete(uri);
      this.#send(uri, [...bySource.values()].flat());
    }
    if (kept.size > 0) this.#targets.set(source, kept);
    else this.#targets.delete(source);
  }

  /** Waits once more whenever another change has come in the meantime. */
  #arm(): void {
    const turn = ++this.#turn;
    afterQueue(() => {
      const now = performance.now();
      const isLate = now - (this.#since ?? 0) > LONGEST_WAIT;
      if (turn !== this.#turn && !isLate) return;
      const rest = this.#on.askedAt() + QUIET - now;
      if (rest > 0 && !isLate) setTimeout(() => turn === this.#turn && this.#arm(), rest);
      else this.#next();
    });
  }

  #next(): void {
    const [uri] = this.#scheduled;
    if (uri !== undefined) {
      this.#scheduled.delete(uri);
      const analysis = this.#on.isReady(uri) ? this.#documents.analysis(uri) : null;
      if (analysis) {
        this.publish(analysis);
        this.#on.published(analysis);
      }
    }
    if (this.#scheduled.size > 0) {
      this.#arm();
      return;
    }
    this.#since = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    const version = this.#documents.version(uri);
    void this.#connection.sendDiagnostics({
      uri,
      diagnostics,
      ...(version === null ? {} : { version }),
    });
  }
}

/** The findings of a check by the file they stand in, its own always among them; ignored files have none. */
export function groupDiagnostics(
  analysis: Analysis,
  rulePage: Client['rulePage'],
): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>([[analysis.uri, []]]);
  if (analysis.file.ignored) return found;
  for (const finding of analysis.findings) {
    const uri = finding.uri ?? analysis.uri;
    const list = found.get(uri) ?? [];
    list.push(toDiagnostic(finding, analysis, rulePage));
    found.set(uri, list);
  }
  return found;
}

/** Runs after the messages that the connection has already read; it handles one per turn of the loop. */
function afterQueue(run: () => void): void {
  setImmediate(() => setImmediate(run));
}
