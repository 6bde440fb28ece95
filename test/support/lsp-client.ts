import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { CHECKS } from '#core/eval/checks/index.ts';
import { rules } from '#core/rules/index.ts';
import type { Position } from '#core/text.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { pathToUri } from '#io/files.ts';
import { createSecretScanner } from '#io/secrets.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { features } from '#server/features/index.ts';
import { cancelUndispatched } from '#server/guard.ts';
import { type ServerParts, serve } from '#server/server.ts';
import { tokenTables } from './token-tables.ts';

export interface ClientOptions {
  /** The open folder, as a path; default: none. */
  readonly folder?: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** The response to `workspace/configuration`; a function receives the section. */
  readonly settings?: unknown;
  readonly parts?: Partial<ServerParts>;
}

const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  window: { workDoneProgress: true },
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

/** The requests that the server can send to a client with these capabilities. */
const SERVER_REQUESTS = [
  'workspace/configuration',
  'client/registerCapability',
  'window/workDoneProgress/create',
  'workspace/inlayHint/refresh',
  'workspace/codeLens/refresh',
];

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

/** A client for tests: sends messages like an editor and waits for those of the server. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly published: Published[] = [];
  readonly logged: string[] = [];
  /** Methods of the server's requests and progress, in order. */
  readonly asked: string[] = [];
  settings: unknown;
  result!: InitializeResult;
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();

  constructor(input: Readable, output: Writable, settings: unknown) {
    this.settings = settings;
    this.connection = createProtocolConnection(
      new StreamMessageReader(input),
      new StreamMessageWriter(output),
    );
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
      this.published.push(params);
      for (const check of this.#waiting) check();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    for (const method of SERVER_REQUESTS) {
      connection.onRequest(method, (params: { items?: { section?: string }[] } | null) => {
        this.asked.push(method);
        for (const check of this.#waiting) check();
        return params?.items?.map(({ section }) => this.#settingsFor(section)) ?? null;
      });
    }
    connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
      this.asked.push(`progress ${value.kind}`);
      for (const check of this.#waiting) check();
    });
    connection.listen();
  }

  async start({ folder, capabilities, initializationOptions }: ClientOptions): Promise<void> {
    const uri = folder === undefined ? null : pathToUri(folder);
    this.result = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: uri,
      workspaceFolders: uri === null ? null : [{ uri, name: 'test' }],
      capabilities: capabilities ?? CAPABILITIES,
      initializationOptions,
    });
    await this.connection.sendNotification('initialized', {});
  }

  #settingsFor(section: string | undefined): unknown {
    const value = typeof this.settings === 'function' ? this.settings(section) : this.settings;
    return value ?? null;
  }

  /** Opens a document at version 1 and waits for its diagnostics. */
  async open(uri: string, text: string, languageId = 'prompt-yaml'): Promise<Diagnostic[]> {
    this.#versions.set(uri, 1);
    const textDocument = { uri, languageId, version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    return this.diagnostics(uri, 1);
  }

  /** Sends a change of a range, or of the whole text, and returns the new version. */
  async change(
    uri: string,
    text: string,
    range?: { start: Position; end: Position },
  ): Promise<number> {
    const version = (this.#versions.get(uri) ?? 1) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [range ? { range, text } : { text }],
    });
    return version;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** A request about a document. */
  request<R>(method: string, uri: string, params: object = {}): Promise<R> {
    return this.connection.sendRequest(method, { textDocument: { uri }, ...params });
  }

  /** Waits for the diagnostics of this version. */
  async diagnostics(uri: string, version: number): Promise<Diagnostic[]> {
    const last = (): Published | undefined =>
      this.published.findLast((one) => one.uri === uri && one.version === version);
    await this.until(() => last() !== undefined);
    return last()?.diagnostics ?? [];
  }

  /** Resolves when the condition is true. It is checked after every message of the server. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }
}

/** Starts a server in this process, connected by streams. */
export async function inProcess(options: ClientOptions = {}): Promise<LspClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
    { connectionStrategy: { cancelUndispatched } },
  );
  serve(connection, {
    features,
    checks: CHECKS,
    folder: '/',
    ...options.parts,
    loaders: {
      rules,
      catalogue: loadCatalogue,
      tokenizer: createFileTokenizer(await tokenTables()),
      secrets: createSecretScanner(),
      today: () => '2026-11-21',
      ...options.parts?.loaders,
    },
  });
  connection.listen();
  const client = new LspClient(toClient, toServer, options.settings);
  await client.start(options);
  return client;
}

/** Starts a server in a separate process. `stop` shuts it down like an editor and returns its exit code. */
export async function overStdio(
  command: string,
  args: readonly string[],
  options: ClientOptions = {},
): Promise<{ client: LspClient; pid: number; stop(): Promise<number | null> }> {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const client = new LspClient(child.stdout, child.stdin, options.settings);
  await client.start(options);
  const stop = async (): Promise<number | null> => {
    await client.connection.sendRequest('shutdown');
    const exit = once(child, 'exit');
    await client.connection.sendNotification('exit');
    const [code] = await exit;
    client.connection.dispose();
    if (errors) throw new Error(`the server wrote to stderr: ${errors}`);
    return code as number | null;
  };
  return { client, pid: child.pid ?? 0, stop };
}
