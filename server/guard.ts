import {
  type CancellationToken,
  LSPErrorCodes,
  type RequestMessage,
  ResponseError,
  type ResponseMessage,
} from 'vscode-languageserver';

/** Where the server tells what went wrong: the client's log. */
export interface Log {
  error(message: string): void;
}

/**
 * Stands before every request: an exception in a feature is logged with its stack and costs only
 * that answer; a cancelled request ends as the protocol says.
 */
export class Guard {
  readonly #log: Log;
  #askedAt = -Infinity;

  constructor(log: Log) {
    this.#log = log;
  }

  /** When the last request came, by `performance.now()`. */
  get askedAt(): number {
    return this.#askedAt;
  }

  /** A request handler. `empty` is the answer when the feature fails. */
  handler<P, R>(
    name: string,
    empty: R,
    run: (params: P, signal: AbortSignal) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => R | Promise<R> {
    return (params, token) => {
      this.#askedAt = performance.now();
      if (token.isCancellationRequested) throw cancelled();
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      const fail = (error: unknown): R => {
        if (token.isCancellationRequested) throw cancelled();
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
          if (token.isCancellationRequested) throw cancelled();
          return value;
        })
        .catch(fail)
        .finally(() => subscription.dispose());
    };
  }

  /** Runs work that nobody waits for. */
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

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was canceled.');
}

/** Answers a request that is cancelled while it waits in the queue, without working on it. */
export function cancelUndispatched(request: { id?: unknown; jsonrpc: string }): ResponseMessage {
  const { id } = request as RequestMessage;
  const { code, message } = cancelled();
  return { jsonrpc: request.jsonrpc, id, error: { code, message } };
}
