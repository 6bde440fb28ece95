import type { InitializeParams } from 'vscode-languageserver';

/** The capabilities of the connected client, read once from its `initialize` request. */
export interface Client {
  readonly configuration: boolean;
  readonly watchesFiles: boolean;
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly snippets: boolean;
  readonly insertReplace: boolean;
  readonly versionedEdits: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly codeActionLiterals: boolean;
  /** Commands that the client declares. Lenses and actions can use only these. */
  readonly commands: ReadonlySet<string>;
  /**
   * The address of a rule's page, from `initializationOptions.rulePage` with the id in place of `{id}`;
   * null if the client does not open rule pages.
   */
  readonly rulePage: ((id: string) => string) | null;
  /** `initializationOptions.settings`: the settings of a client without `workspace/configuration`. */
  readonly settings: unknown;
  /** The open folders, as URIs. */
  readonly folders: readonly string[];
}

export function readClient(params: InitializeParams): Client {
  const { workspace, window, textDocument } = params.capabilities;
  const options = (params.initializationOptions ?? {}) as {
    commands?: unknown;
    rulePage?: unknown;
    settings?: unknown;
  };
  const commands = Array.isArray(options.commands) ? options.commands : [];
  const { rulePage } = options;
  const item = textDocument?.completion?.completionItem;
  const folders = params.workspaceFolders?.map((folder) => folder.uri);
  return {
    configuration: workspace?.configuration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    snippets: item?.snippetSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    commands: new Set(commands.filter((name): name is string => typeof name === 'string')),
    rulePage:
      typeof rulePage === 'string' && rulePage.includes('{id}')
        ? (id) => rulePage.replace('{id}', id)
        : null,
    settings: options.settings,
    folders: folders ?? (params.rootUri ? [params.rootUri] : []),
  };
}
