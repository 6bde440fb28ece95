import {
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { Check } from '#core/eval/checks/check.ts';
import type { Analysis, Knowledge } from './analysis.ts';
import type { Client } from './client.ts';
import type { Documents } from './documents.ts';
import type { Guard } from './guard.ts';
import type { ReleasedStore } from './released.ts';
import type { SettingsStore } from './settings.ts';
import type { StoredRuns } from './stored-runs.ts';
import type { Workspace } from './workspace.ts';

/** The state of one running server, shared by its features. */
export interface Context {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly workspace: Workspace;
  readonly runs: StoredRuns;
  readonly guard: Guard;
  /** The released versions of open prompts. */
  readonly released: Pick<ReleasedStore, 'get'>;
  readonly checks: readonly Check[];
  knowledge(): Knowledge;
}

/** One LSP feature: its server capabilities and request handlers. */
export interface Feature {
  readonly name: string;
  capabilities(client: Client): Partial<ServerCapabilities>;
  register(context: Context): void;
}

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/**
 * Creates a handler for requests about an open document. It returns `empty` for documents that are not
 * open and for files other than prompts and settings. An asynchronous result is rejected with
 * `ContentModified` if the document has changed in the meantime.
 */
export function createDocumentHandler<P extends DocumentParams, R>(
  context: Context,
  name: string,
  empty: R,
  run: (analysis: Analysis, params: P, signal: AbortSignal) => R | Promise<R>,
): ReturnType<typeof context.guard.handler<P, R>> {
  return context.guard.handler(name, empty, (params, signal) => {
    const { uri } = params.textDocument;
    const analysis = context.documents.analysis(uri);
    if (!analysis || analysis.kind === 'other') return empty;
    const result = run(analysis, params, signal);
    if (!(result instanceof Promise)) return result;
    return result.then((value) => {
      if (context.documents.version(uri) === analysis.version) return value;
      throw new ResponseError(LSPErrorCodes.ContentModified, 'The document has changed.');
    });
  });
}
