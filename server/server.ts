import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Check } from '#core/eval/checks/check.ts';
import { isTestFile } from '#core/eval/plan/test-file.ts';
import { isProjectFile, isSettingsFile } from '#io/files.ts';
import packageJson from '#package.json' with { type: 'json' };
import { type Analysis, classifyDocument } from './analysis.ts';
import { type Client, readClient } from './client.ts';
import { Documents } from './documents.ts';
import { concernsWorkflows, type FactSources, FactsStore } from './facts.ts';
import type { Context, Feature } from './feature.ts';
import { Guard } from './guard.ts';
import { KnowledgeStore, type Loaders } from './knowledge.ts';
import { Publisher } from './publisher.ts';
import { isRegistryFile, ReleasedStore } from './released.ts';
import { type FileSettings, SettingsStore, UNKNOWN_FILE } from './settings.ts';
import { StoredRuns } from './stored-runs.ts';
import { SOURCE } from './to-lsp.ts';
import { Workspace } from './workspace.ts';

/** The dependencies of the server, assembled in main.ts. */
export interface ServerParts {
  readonly features: readonly Feature[];
  readonly checks: readonly Check[];
  readonly loaders: Loaders & FactSources;
  /** The project root of files outside any project or repository. */
  readonly folder: string;
}

/** Delay of the background check if no document is open, in milliseconds. */
const IDLE_DELAY = 500;

/** Serves one connection. The caller must start listening. */
export function serve(connection: Connection, parts: ServerParts): void {
  const guard = new Guard({ error: (message) => connection.console.error(message) });
  connection.onInitialize((params) => initialize(connection, guard, parts, params));
}

function initialize(
  connection: Connection,
  guard: Guard,
  parts: ServerParts,
  params: InitializeParams,
): InitializeResult {
  const client = readClient(params);
  const server = new Server(connection, guard, parts, client);
  server.start();
  const capabilities: ServerCapabilities = {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  for (const feature of parts.features) Object.assign(capabilities, feature.capabilities(client));
  return { capabilities, serverInfo: { name: 'promptsmith', version: packageJson.version } };
}

/** The state of one running server and its reactions to changes. */
class Server {
  readonly #connection: Connection;
  readonly #guard: Guard;
  readonly #client: Client;
  readonly #features: readonly Feature[];
  readonly #settings: SettingsStore;
  readonly #facts: FactsStore;
  readonly #released: ReleasedStore;
  readonly #knowledge: KnowledgeStore;
  readonly #documents: Documents;
  readonly #publisher: Publisher;
  readonly #workspace: Workspace;
  readonly #runs = new StoredRuns(() => this.#runsChanged());
  readonly #checks: readonly Check[];
  readonly #unknown: FileSettings;

  constructor(connection: Connection, guard: Guard, parts: ServerParts, client: Client) {
    this.#connection = connection;
    this.#guard = guard;
    this.#client = client;
    this.#features = parts.features;
    this.#checks = parts.checks;
    this.#settings = new SettingsStore(parts.folder);
    this.#settings.setEditor(client.settings);
    this.#unknown = { ...UNKNOWN_FILE, settings: this.#settings.editor.base };
    this.#facts = new FactsStore(parts.loaders, (uri) => this.#changed(uri));
    this.#released = new ReleasedStore(() => {
      this.#refreshHints();
      this.#refreshLenses();
    });
    this.#knowledge = new KnowledgeStore(
      parts.loaders,
      () => this.#refresh(),
      (error) => guard.report('loading models and token tables', error),
      (prompt, file) => this.#runs.find(prompt, file),
    );
    const knowledge = () => this.#knowledge.current;
    this.#documents = new Documents({
      knowledge,
      settings: (uri) => this.#settings.peek(uri) ?? this.#unknown,
      facts: (uri) => this.#facts.facts(uri),
    });
    this.#publisher = new Publisher(connection, this.#documents, {
      rulePage: client.rulePage,
      isReady: (uri) => this.#settings.peek(uri) !== null,
      published: (analysis) => this.#afterPublish(analysis),
      askedAt: () => guard.askedAt,
    });
    this.#workspace = new Workspace({
      connection,
      guard,
      knowledge,
      loadFacts: async (analysis) => {
        await this.#runs.load(analysis.prompt, analysis.file);
        return await this.#facts.load(analysis);
      },
      documents: this.#documents,
      settings: this.#settings,
      publisher: this.#publisher,
      showsProgress: client.progress,
    });
    this.#workspace.setFolders(client.folders);
  }

  start(): void {
    const connection = this.#connection;
    this.#documents.listen(connection, {
      changed: (uri) => this.#changed(uri),
      closed: (uri) => this.#closed(uri),
      saved: (uri) => {
        if (isSettingsFile(uri)) this.#projectChanged();
        // Not every client supports file watchers.
        this.#runs.forget();
      },
    });
    connection.onInitialized(() => this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => this.#readConfiguration(settings));
    connection.onDidChangeWatchedFiles(({ changes }) => this.#filesChanged(changes));
    const context: Context = {
      connection,
      client: this.#client,
      documents: this.#documents,
      settings: this.#settings,
      workspace: this.#workspace,
      runs: this.#runs,
      guard: this.#guard,
      released: this.#released,
      checks: this.#checks,
      knowledge: () => this.#knowledge.current,
    };
    for (const feature of this.#features) feature.register(context);
  }

  #initialized(): void {
    this.#background('client registration', () => this.#register());
    if (this.#client.configuration) this.#readConfiguration(undefined);
    if (this.#client.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.#workspace.setFolders(
          added.map((folder) => folder.uri),
          removed.map((folder) => folder.uri),
        );
        this.#background('background check', () => this.#workspace.checkAll());
      });
    }
    setTimeout(() => this.#loadKnowledge(), IDLE_DELAY).unref();
  }

  async #register(): Promise<void> {
    const { client } = this.#connection;
    if (this.#client.registersConfiguration)
      await client.register(DidChangeConfigurationNotification.type, { section: SOURCE });
    if (this.#client.watchesFiles) {
      const watchers = [
        '**/*.prompt.{yaml,yml}',
        '**/.promptsmith{.yaml,.known.json}',
        '**/*.{csv,jsonl}',
        '**/.github/workflows/*.{yaml,yml}',
        '**/action.{yaml,yml}',
        '**/.promptsmith/runs/*/*/summary.json',
        // A directory registry and the snapshot of a remote one. Folders are watched too, because the first
        // file in a new folder can be created before its watcher starts.
        '**/{versions,labels,evals}/**',
        '**/.promptsmith/registry.json',
      ];
      await client.register(DidChangeWatchedFilesNotification.type, {
        watchers: watchers.map((globPattern) => ({ globPattern })),
      });
    }
  }

  #readConfiguration(pushed: unknown): void {
    this.#background('configuration', async () => {
      const value = this.#client.configuration
        ? await this.#connection.workspace.getConfiguration(SOURCE)
        : ((pushed as Record<string, unknown> | null)?.[SOURCE] ?? this.#client.settings);
      // Null: the client has no such section, so its initial settings still apply.
      if (this.#settings.setEditor(value ?? this.#client.settings)) this.#projectChanged();
    });
  }

  #changed(uri: string): void {
    if (this.#settings.peek(uri)) this.#publisher.schedule(uri);
    else
      this.#background('settings', async () => {
        await this.#settings.load(uri);
        if (this.#documents.version(uri) !== null) this.#publisher.schedule(uri);
      });
  }

  #filesChanged(changes: readonly FileEvent[]): void {
    if (changes.some(({ uri }) => isProjectFile(uri))) this.#projectChanged();
    if (changes.some(({ uri }) => uri.endsWith('/summary.json'))) {
      this.#runs.forget();
      this.#runsChanged();
    }
    if (changes.some(({ uri }) => isRegistryFile(uri))) this.#registryChanged();
    const others = changes.filter(({ uri }) => classifyDocument(uri) === 'other');
    const isAboutWorkflows = changes.some(concernsWorkflows);
    if (isAboutWorkflows || others.some(({ uri }) => isTestFile(uri)))
      for (const uri of this.#facts.forget()) this.#changed(uri);
    if (isAboutWorkflows) this.#background('background check', () => this.#workspace.checkAll());
    for (const { uri, type } of changes) {
      if (classifyDocument(uri) === 'other') continue;
      if (type === FileChangeType.Deleted) this.#workspace.deleted(uri);
      else this.#background('background check', () => this.#workspace.check(uri));
    }
  }

  #closed(uri: string): void {
    this.#publisher.clear(uri);
    this.#facts.release(uri);
    this.#released.release(uri);
    this.#settings.release(uri);
    this.#background('background check', () => this.#workspace.check(uri));
  }

  /** Loads the data for complete diagnostics after the first ones are published. */
  #afterPublish(analysis: Analysis): void {
    if (analysis.kind === 'prompt')
      this.#background('test files, workflows and secrets', () => this.#facts.update(analysis));
    this.#background('registry', () => this.#released.update(analysis));
    setImmediate(() => this.#loadKnowledge());
    this.#workspace.changed();
  }

  /** A version was published or a label was moved. */
  #registryChanged(): void {
    this.#released.forget();
    for (const uri of this.#documents.uris()) {
      const analysis = this.#documents.analysis(uri);
      if (analysis) this.#background('registry', () => this.#released.update(analysis));
    }
  }

  #loadKnowledge(): void {
    this.#background('loading models and token tables', () => this.#knowledge.load());
  }

  #projectChanged(): void {
    this.#settings.forget();
    for (const uri of this.#documents.uris()) this.#changed(uri);
    if (this.#knowledge.current.models) this.#refresh();
  }

  /** Updates all open documents, hints and lenses after a change that affects them all. */
  #refresh(): void {
    for (const uri of this.#documents.uris()) this.#changed(uri);
    this.#refreshHints();
    this.#refreshLenses();
    this.#background('background check', () => this.#workspace.checkAll());
  }

  /** What is known of the quality and the cost of prompts has changed. */
  #runsChanged(): void {
    this.#refreshHints();
    this.#refreshLenses();
  }

  #refreshHints(): void {
    const { languages } = this.#connection;
    if (this.#client.refreshesHints)
      this.#background('refresh', () => languages.inlayHint.refresh());
  }

  #refreshLenses(): void {
    if (this.#client.refreshesLenses)
      this.#background('refresh', () => this.#connection.sendRequest('workspace/codeLens/refresh'));
  }

  #background(name: string, work: () => void | Promise<void>): void {
    void this.#guard.run(name, work);
  }
}
