import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type Uri,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  FileChangeType,
  LanguageClient,
  type LanguageClientOptions,
  type MessageSignature,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { HeadLensDecorator } from './head-lens-decorator.ts';
import { RestartDelay } from './restart-delay.ts';
import { RULE_PAGE } from './rule-pages.ts';
import { selector } from './selector.ts';

/** What the language server is doing; `in` is the time until the next start, in ms. */
export type ServerState =
  | { readonly kind: 'starting' | 'running' | 'stopped' }
  | { readonly kind: 'waiting'; readonly in: number; readonly crashes: number };

/** How the server is started. */
export interface ServerOptions {
  /** The server's bundle. */
  readonly module: string;
  readonly log: LogOutputChannel;
  /** Commands of ours that the server may put into lenses and actions. */
  readonly commands: readonly string[];
}

/** The language server as a child process. It is restarted whenever it exits. */
export class LanguageServer implements Disposable {
  readonly #client: LanguageClient;
  readonly #log: LogOutputChannel;
  readonly #delay = new RestartDelay();
  readonly #lenses = new HeadLensDecorator();
  readonly #changed = new EventEmitter<ServerState>();
  #state: ServerState = { kind: 'stopped' };
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #isStopping = false;
  #isDisposed = false;

  readonly onDidChangeState = this.#changed.event;

  constructor({ module, log, commands }: ServerOptions) {
    this.#log = log;
    const server = { module, transport: TransportKind.ipc };
    this.#client = new QuietClient('promptsmith', 'Promptsmith', server, {
      documentSelector: [...selector] as NonNullable<LanguageClientOptions['documentSelector']>,
      outputChannel: log,
      traceOutputChannel: log,
      // Problems show in the status item and the log; never steal focus.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { commands, rulePage: RULE_PAGE },
      middleware: {
        provideCodeLenses: async (document, token, next) => {
          const lenses = await next(document, token);
          return lenses && (await this.#lenses.decorate(lenses, document));
        },
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({
          action: CloseAction.DoNotRestart,
          handled: true,
          message: 'The language server exited.',
        }),
      },
    });
    this.#client.onDidChangeState(({ newState }) => this.#follow(newState));
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server. Never rejects: a failure is logged, and the start is retried. */
  async start(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.#client.start();
    } catch (error) {
      this.#log.error('The language server could not be started:', toError(error));
    }
  }

  /** Stops the server if it runs, and starts it again at once. */
  async restart(): Promise<void> {
    clearTimeout(this.#timer);
    this.#delay.reset();
    await this.#stop();
    await this.start();
  }

  /** Asks the server. Null when it is not running or cannot answer. */
  async request<R>(method: string, params: object, token?: CancellationToken): Promise<R | null> {
    if (!this.#client.isRunning()) return null;
    try {
      // An undefined token would be sent as an additional parameter.
      return token
        ? await this.#client.sendRequest<R>(method, params, token)
        : await this.#client.sendRequest<R>(method, params);
    } catch (error) {
      // A server that exits meanwhile is reported elsewhere.
      if (!token?.isCancellationRequested && this.#client.isRunning())
        this.#log.warn(`${method} failed:`, toError(error));
      return null;
    }
  }

  /** Notifies the server of a change on disk that VS Code's watchers may have missed. Does nothing if no server runs. */
  async fileChanged(uri: Uri): Promise<void> {
    if (!this.#client.isRunning()) return;
    const changes = [{ uri: uri.toString(), type: FileChangeType.Changed }];
    await this.#client.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  /** Calls `listener` whenever the server sends this notification. */
  onNotification(method: string, listener: () => void): Disposable {
    return this.#client.onNotification(method, listener);
  }

  /** Stops the server for good. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    await this.#stop();
    await this.#client.dispose();
    this.#changed.dispose();
  }

  async #stop(): Promise<void> {
    if (!this.#client.needsStop()) return;
    this.#isStopping = true;
    try {
      // One that is still starting cannot be stopped.
      if (this.#client.state === State.Starting) await this.#client.start();
      await this.#client.stop();
    } catch (error) {
      this.#log.warn('The language server did not stop:', toError(error));
    } finally {
      this.#isStopping = false;
    }
  }

  #follow(state: State): void {
    switch (state) {
      case State.Starting:
        this.#startedAt = Date.now();
        this.#set({ kind: 'starting' });
        break;
      case State.Running:
        this.#log.info(`The language server started in ${Date.now() - this.#startedAt} ms.`);
        this.#set({ kind: 'running' });
        break;
      case State.Stopped:
      case State.StartFailed:
        if (this.#isStopping || this.#isDisposed) this.#set({ kind: 'stopped' });
        else this.#startLater();
        break;
      default:
        state satisfies never;
    }
  }

  #startLater(): void {
    const delay = this.#delay.next(Date.now());
    this.#set({ kind: 'waiting', in: delay, crashes: this.#delay.crashes });
    this.#log.info(`Restarting the language server in ${delay / 1000} s.`);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.start(), delay);
  }

  #set(state: ServerState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

/** Requests to a server that is not running are not errors: the status item shows its state. */
class QuietClient extends LanguageClient {
  override handleFailedRequest<T>(
    type: MessageSignature,
    token: CancellationToken | undefined,
    error: unknown,
    defaultValue: T,
    ...how: readonly boolean[]
  ): T {
    return this.isRunning()
      ? super.handleFailedRequest(type, token, error, defaultValue, ...how)
      : defaultValue;
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
