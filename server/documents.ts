import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { makeRoomFor } from '#io/v8-flags.ts';
import { Analysis, type Knowledge } from './analysis.ts';
import type { FileSettings } from './settings.ts';

/** What an analysis needs besides the text. */
export interface Surroundings {
  knowledge(): Knowledge;
  /** The settings that are available without waiting. */
  settings(uri: string): FileSettings;
  facts(uri: string): WorkspaceFacts;
}

/** The open documents, each with an analysis of its current version. */
export class Documents {
  readonly #open = new TextDocuments(TextDocument);
  readonly #analyses = new Map<string, Analysis>();
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Subscribes to text synchronization. `changed` is also called when a document is opened. */
  listen(
    connection: Connection,
    on: { changed(uri: string): void; closed(uri: string): void; saved(uri: string): void },
  ): void {
    this.#open.onDidChangeContent(({ document }) => on.changed(document.uri));
    this.#open.onDidClose(({ document }) => {
      this.#analyses.delete(document.uri);
      on.closed(document.uri);
    });
    this.#open.onDidSave(({ document }) => on.saved(document.uri));
    this.#open.listen(connection);
  }

  uris(): string[] {
    return this.#open.keys();
  }

  /** The current version; null if the document is not open. */
  version(uri: string): number | null {
    return this.#open.get(uri)?.version ?? null;
  }

  /**
   * The analysis of the current version of a document; null if it is not open. Documents are edited in
   * place, so an analysis has its own copy of the text.
   */
  analysis(uri: string): Analysis | null {
    const document = this.#open.get(uri);
    if (!document) return null;
    const known = this.#analyses.get(uri);
    const file = this.#surroundings.settings(uri);
    const knowledge = this.#surroundings.knowledge();
    const facts = this.#surroundings.facts(uri);
    const isFresh =
      known?.version === document.version &&
      known.file === file &&
      known.knowledge === knowledge &&
      known.facts === facts;
    if (known && isFresh) return known;
    const { version, languageId } = document;
    const text = known?.version === version ? known.text : document.getText();
    makeRoomFor(text);
    const snapshot = { uri, version, languageId, text };
    const analysis = new Analysis(snapshot, file, knowledge, facts, known);
    this.#analyses.set(uri, analysis);
    return analysis;
  }
}
