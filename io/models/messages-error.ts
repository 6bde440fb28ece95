import type { ApiError } from './api-error.ts';
import { type ErrorBody, readErrorValue } from './read-error-body.ts';

/** What is of a kind of its own but comes as an `invalid_request_error`; the codes are OpenAI's for the same. */
const CODES: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/credit balance is too low/i, 'insufficient_quota'],
  [/exceeds? (?:the )?context limit|prompt is too long/i, 'context_length_exceeded'],
  [/content filtering policy/i, 'content_filter'],
];

/**
 * An error of the package `@anthropic-ai/sdk` in the form that the reason is read from: with the server's own message
 * where the package has the whole body.
 */
export function explainPackageError(caught: unknown): unknown {
  const { status, headers, error } = (caught ?? {}) as Partial<ApiError>;
  const said = readErrorValue(error);
  if ((status === 404 || status === 405) && said?.type !== 'not_found_error')
    return createError({ ...said, message: describeMissing(said) }, { status, headers });
  return said === null ? caught : createError(said, { status, headers });
}

/** Where the address itself is not known, and not a model there. */
function describeMissing(said: ErrorBody | null): string {
  const hint = 'a server that has no Messages API needs `api: chat` in its settings';
  return said === null ? hint : `${said.message}; ${hint}`;
}

/** The error for an event that says that the answer failed. */
export function createStreamError(data: string): Error {
  const said = readErrorValue(parseJson(data));
  return createError(said ?? { message: data, type: 'api_error' }, {});
}

function createError(
  { message, code, type, param, source }: ErrorBody,
  { status, headers }: Pick<Partial<ApiError>, 'status' | 'headers'>,
): Error {
  const known = isSpent(source)
    ? 'insufficient_quota'
    : CODES.find(([pattern]) => pattern.test(message))?.[1];
  const error = new Error(status === undefined ? message : `${status} ${message}`);
  return Object.assign(error, { status, headers, type, code: known ?? code, param, error: source });
}

/** A limit of what an organization spends comes as one of calls, but waiting does not help. */
function isSpent(source: ErrorBody['source']): boolean {
  const { details } = (source ?? {}) as { details?: { error_code?: unknown } | null };
  return /^(?:contract|enforced|linked_organization)_spend_limit_reached$/.test(
    String(details?.error_code ?? ''),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
