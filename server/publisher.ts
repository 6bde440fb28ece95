import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Analysis } from './analysis.ts';
import type { Documents } from './documents.ts';
import { toDiagnostic } from './to-lsp.ts';

export interface PublisherEvents {
  /** False while the settings of a file are being read: then it will be scheduled again. */
  isReady(uri: string): boolean;
  published(analysis: Analysis): void;
}

/** Changes that keep coming put diagnostics off for at most this long, in milliseconds. */
const LONGEST_WAIT = 200;

/**
 * Pushes diagnostics: after every change of an open document, with its version, and for closed files
 * when they were checked.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #on: PublisherEvents;
  readonly #scheduled = new Set<string>();
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
   * Publishes soon. Messages that have already arrived go first: of several changes only the last
   * is worked on, and a request is answered before.
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

  /** Publishes what is found in a file, open or closed. */
  publish(analysis: Analysis): void {
    this.#send(analysis.uri, diagnosticsOf(analysis));
  }

  /** Takes back everything that was said of a file. */
  clear(uri: string): void {
    this.#scheduled.delete(uri);
    this.#send(uri, []);
  }

  /** Waits once more whenever another change has come in the meantime. */
  #arm(): void {
    const turn = ++this.#turn;
    afterQueue(() => {
      const isLate = performance.now() - (this.#since ?? 0) > LONGEST_WAIT;
      if (turn === this.#turn || isLate) this.#next();
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

/** A file's own findings as diagnostics; ignored files have none. */
export function diagnosticsOf({ file, findings, lines, uri }: Analysis): Diagnostic[] {
  if (file.ignored) return [];
  return findings
    .filter((finding) => finding.uri === undefined || finding.uri === uri)
    .map((finding) => toDiagnostic(finding, lines, uri));
}

/** Runs after the messages that the connection has already read; it handles one per turn of the loop. */
function afterQueue(run: () => void): void {
  setImmediate(() => setImmediate(run));
}
