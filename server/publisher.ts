import type { Connection, Diagnostic } from 'vscode-languageserver';
import { LineMap } from '#core/text.ts';
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
 * when they were checked. Findings of one file about another are shown at the other.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #on: PublisherEvents;
  readonly #scheduled = new Set<string>();
  /** When the oldest of what is scheduled came, in ms; null when nothing is. */
  #since: number | null = null;
  #turn = 0;
  /** target → the file that found it → its diagnostics, none of them empty. */
  readonly #byTarget = new Map<string, Map<string, readonly Diagnostic[]>>();
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
    const { uri } = analysis;
    const found = diagnosticsByTarget(analysis);
    const earlier = [...this.#byTarget].filter(([, sources]) => sources.has(uri));
    const targets = new Set([uri, ...found.keys(), ...earlier.map(([target]) => target)]);
    for (const target of targets) this.#put(target, uri, found.get(target) ?? []);
  }

  /** Takes back everything a file has said. */
  clear(uri: string): void {
    this.#scheduled.delete(uri);
    for (const [target, sources] of [...this.#byTarget])
      if (target !== uri && sources.has(uri)) this.#put(target, uri, []);
    this.#put(uri, uri, []);
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

  #put(target: string, source: string, diagnostics: readonly Diagnostic[]): void {
    const sources = this.#byTarget.get(target) ?? new Map<string, readonly Diagnostic[]>();
    if (diagnostics.length > 0) sources.set(source, diagnostics);
    else sources.delete(source);
    if (sources.size > 0) this.#byTarget.set(target, sources);
    else this.#byTarget.delete(target);
    const version = this.#documents.version(target);
    void this.#connection.sendDiagnostics({
      uri: target,
      diagnostics: [...sources.values()].flat(),
      ...(version === null ? {} : { version }),
    });
  }
}

/** The diagnostics of a file, by the file they are about. Ignored files have none. */
export function diagnosticsByTarget(analysis: Analysis): Map<string, Diagnostic[]> {
  const targets = new Map<string, Diagnostic[]>();
  if (analysis.file.ignored) return targets;
  const others = new Map<string, LineMap | null>();
  const linesOf = (uri: string): LineMap | null => {
    if (uri === analysis.uri) return analysis.lines;
    const known = others.get(uri);
    if (known !== undefined) return known;
    const text = undefined as string | undefined;
    const lines = text === undefined ? null : new LineMap(text);
    others.set(uri, lines);
    return lines;
  };
  for (const finding of analysis.findings) {
    const target = finding.uri ?? analysis.uri;
    const lines = linesOf(target);
    if (!lines) continue;
    const list = targets.get(target) ?? [];
    list.push(toDiagnostic(finding, lines, target, linesOf));
    targets.set(target, list);
  }
  return targets;
}

/** Runs after the messages that the connection has already read; it handles one per turn of the loop. */
function afterQueue(run: () => void): void {
  setImmediate(() => setImmediate(run));
}
