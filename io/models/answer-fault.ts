import type { ErrorBody } from './read-error-body.ts';

/** What came is no answer of the interface, and would not be one the next time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** What the server sent instead, as it is: it may hold a key, and be of any length. */
  readonly quote: string;
  readonly advice: string;

  constructor(what: string, quote = '', advice = '') {
    super(what);
    this.quote = quote;
    this.advice = advice;
  }
}

/** The server stopped sending in the middle of an answer. */
export class Silence extends Error {
  override readonly name = 'Silence';
}

/** An error that a server sends as if it were an answer, with the status 200. */
export class SentError extends Error {
  override readonly name = 'SentError';
  readonly code: ErrorBody['code'];
  readonly type: ErrorBody['type'];
  readonly param: ErrorBody['param'];
  readonly error: object;

  constructor(body: ErrorBody) {
    super(body.message);
    this.code = body.code;
    this.type = body.type;
    this.param = body.param;
    this.error = body.source ?? body;
  }
}
