import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Analysis } from './analysis.ts';
import type { Client } from './client.ts';
import type { Documents } from './documents.ts';
import { toDiagnostic } from './to-lsp.ts';

export interface PublisherEvents {
  readonly rulePage: Client['rulePage'];
  /** False while the settings of a file are loading; the file is scheduled again afterwards. */
  isReady(uri: string): boolean;
  published(analysis: Analysis): void;
  /** When the client last sent a request, by `performance.now()`. */
  askedAt(): number;
}

/** Maximum delay of diagnostics during continuous changes, in milliseconds. */
const MAX_WAIT = 200;
/** Time without requests before diagnostics are computed, in milliseconds. Requests often come in bursts. */
const QUIET_TIME = 3;

/**
 * Publishes diagnostics: with its version after every change of an open document, and after every check
 * of a closed file.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #on: PublisherEvents;
  readonly #scheduled = new Set<string>();
  /** The published diagnostics of each file, by the file whose check found them. */
  readonly #published = new Map<string, Map<string, Diagnostic[]>>();
  /** The files in which the check of a file found problems. */
  readonly #targets = new Map<string, ReadonlySet<string>>();
  /** When the oldest pending change arrived, in milliseconds; null if none is pending. */
  #since: number | null = null;
  #turn = 0;
  #waiting: (() => void)[] = [];

  constructor(connection: Connection, documents: Documents, on: PublisherEvents) {
    this.#connection = connection;
    this.#documents = documents;
    this.#on = on;
  }

  /**
   * Schedules the diagnostics of a file. Pending messages and requests are handled first, so only the last
   * of several changes is checked.
   */
  schedule(uri: string): void {
    this.#scheduled.add(uri);
    this.#since ??= performance.now();
    this.#scheduleNext();
  }

  /** Resolves when no diagnostics are pending. */
  idle(): Promise<void> {
    if (this.#scheduled.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Publishes the findings of an open or closed file, including those in other files. */
  publish(analysis: Analysis): void {
    this.#replace(analysis.uri, groupDiagnostics(analysis, this.#on.rulePage));
  }

  /** Removes all diagnostics from the check of a file. */
  clear(uri: string): void {
    this.#scheduled.delete(uri);
    this.#replace(uri, new Map([[uri, []]]));
  }

  /** Replaces the diagnostics from one source. A file can have several sources: a workflow can run many prompts. */
  #replace(source: string, found: ReadonlyMap<string, Diagnostic[]>): void {
    const targets = new Set([...found.keys(), ...(this.#targets.get(source) ?? [])]);
    const kept = new Set<string>();
    for (const uri of targets) {
      const bySource = this.#published.get(uri) ?? new Map<string, Diagnostic[]>();
      const diagnostics = found.get(uri) ?? [];
      if (diagnostics.length > 0) bySource.set(source, diagnostics);
      else bySource.delete(source);
      if (diagnostics.length > 0) kept.add(uri);
      if (bySource.size > 0) this.#published.set(uri, bySource);
      else this.#published.delete(uri);
      this.#send(uri, [...bySource.values()].flat());
    }
    if (kept.size > 0) this.#targets.set(source, kept);
    else this.#targets.delete(source);
  }

  /** Schedules the next publication; a later call replaces it, unless it is overdue. */
  #scheduleNext(): void {
    const turn = ++this.#turn;
    runAfterQueue(() => {
      const now = performance.now();
      const isLate = now - (this.#since ?? 0) > MAX_WAIT;
      if (turn !== this.#turn && !isLate) return;
      const rest = this.#on.askedAt() + QUIET_TIME - now;
      if (rest > 0 && !isLate) setTimeout(() => turn === this.#turn && this.#scheduleNext(), rest);
      else this.#publishNext();
    });
  }

  #publishNext(): void {
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
      this.#scheduleNext();
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

/** Groups diagnostics by file. The analyzed file is always included, with no diagnostics if it is ignored. */
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

/** Runs after the messages that the connection has already read; it handles one per turn of the event loop. */
function runAfterQueue(run: () => void): void {
  setImmediate(() => setImmediate(run));
}
