import {
  type CancellationToken,
  LSPErrorCodes,
  type RequestMessage,
  ResponseError,
  type ResponseMessage,
} from 'vscode-languageserver';

/** The client's log, which receives the errors of the server. */
export interface Log {
  error(message: string): void;
}

/**
 * Wraps every request handler. An exception in a feature is logged with its stack and affects only that
 * response; a canceled request ends with the error code of the protocol.
 */
export class Guard {
  readonly #log: Log;
  #askedAt = -Infinity;

  constructor(log: Log) {
    this.#log = log;
  }

  /** When the last request arrived, by `performance.now()`. */
  get askedAt(): number {
    return this.#askedAt;
  }

  /** Creates a request handler. `empty` is the response if the feature fails. */
  handler<P, R>(
    name: string,
    empty: R,
    run: (params: P, signal: AbortSignal) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => R | Promise<R> {
    return (params, token) => {
      this.#askedAt = performance.now();
      if (token.isCancellationRequested) throw createCanceledError();
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      const fail = (error: unknown): R => {
        if (token.isCancellationRequested) throw createCanceledError();
        if (error instanceof ResponseError) throw error;
        this.report(name, error);
        return empty;
      };
      let result: R | Promise<R>;
      try {
        result = run(params, controller.signal);
      } catch (error) {
        subscription.dispose();
        return fail(error);
      }
      if (!(result instanceof Promise)) {
        subscription.dispose();
        return result;
      }
      return result
        .then((value) => {
          if (token.isCancellationRequested) throw createCanceledError();
          return value;
        })
        .catch(fail)
        .finally(() => subscription.dispose());
    };
  }

  /** Runs background work and logs its errors. */
  async run(name: string, work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.report(name, error);
    }
  }

  report(name: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#log.error(`${name}: ${text}`);
  }
}

function createCanceledError(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was canceled.');
}

/** The response to a request that is canceled while it waits in the queue. */
export function cancelUndispatched(request: { id?: unknown; jsonrpc: string }): ResponseMessage {
  const { id } = request as RequestMessage;
  const { code, message } = createCanceledError();
  return { jsonrpc: request.jsonrpc, id, error: { code, message } };
}
