import type { ModelErrorKind } from '#core/eval/model.ts';
import type { ApiError } from './api-error.ts';

/** Words of providers for a kind of error, in `code`, `type` or `status`; the first that fits holds. */
const WORDS: readonly (readonly [pattern: RegExp, kind: ModelErrorKind])[] = [
  [/context_length|string_above_max_length|request_too_large/, 'context-length'],
  [/content_filter|content_policy|moderation|bio_policy|policy_violation/, 'refused'],
  [/insufficient_quota|billing/, 'quota'],
  [/model_not_found|unsupported_model|unknown_model|invalid_model/, 'not-found'],
];

/** The same where no status says it: within a stream that has begun, or with the status 200. */
const WORDS_OF_STREAMS: readonly (readonly [pattern: RegExp, kind: ModelErrorKind])[] = [
  [/^E[A-Z]{3,}/, 'network'],
  [/rate_limit|RESOURCE_EXHAUSTED/i, 'rate-limit'],
  [/authentication|permission|unauthori[sz]ed|UNAUTHENTICATED/i, 'auth'],
  [/not_?found/i, 'not-found'],
  [/timeout|DEADLINE_EXCEEDED/i, 'timeout'],
  [/server_?error|api_error|overloaded|unavailable|internal/i, 'unavailable'],
  [/invalid_request|INVALID_ARGUMENT|bad_?request/i, 'bad-request'],
  // An event of the Responses API that has no code: nothing says that it would happen again.
  [/^error$/, 'unavailable'],
];

const TOO_LONG =
  /context.{0,3}(?:length|size|window)|maximum context|too many tokens|too long|exceeds? the (?:model's )?max|max_tokens must be at least 1, got -/i;

const WRONG_KEY = /\bAPI key (?:not valid|not found|expired)/i;

const FLAGGED = /requires moderation|input was flagged/i;

const BREAKS_POLICY = /flagged|usage polic|safety/i;

/** The kind of a failed call. */
export function classifyError(error: ApiError): ModelErrorKind {
  const { code, type, message, cause } = error;
  // In a stream that has begun with 200 some servers say the status in the event.
  const status = error.status ?? (Number(code) >= 400 ? Number(code) : undefined);
  const word = `${code ?? ''} ${type ?? ''}`;
  // OpenAI's word for a prompt that it flagged, and for one that is broken.
  if (/invalid_prompt/.test(word)) return BREAKS_POLICY.test(message) ? 'refused' : 'bad-request';
  const known = WORDS.find(([pattern]) => pattern.test(word));
  if (known) return known[1];
  if (status === undefined) {
    const said = WORDS_OF_STREAMS.find(([pattern]) => pattern.test(word.trim()));
    if (said) return said[1];
    if (word.trim() !== '') return 'bad-answer';
    const system = (cause ?? {}) as { code?: unknown };
    return typeof system.code === 'string' ||
      /connection|terminated|aborted|ECONN|socket/i.test(message)
      ? 'network'
      : 'bad-answer';
  }
  // Gemini answers 400 to a wrong key, and OpenRouter 403 to a text that it does not pass on.
  if (status === 400 && WRONG_KEY.test(message)) return 'auth';
  if (status === 403 && FLAGGED.test(message)) return 'refused';
  if (status === 402) return 'quota';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404 || status === 405 || status === 410) return 'not-found';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate-limit';
  if (status === 409 || status === 425 || status >= 500) return 'unavailable';
  if (status === 413 || (status >= 400 && TOO_LONG.test(message))) return 'context-length';
  // Of what is left only these are about what was sent; a redirect, say, is about the address.
  return status === 400 || status === 422 ? 'bad-request' : 'bad-answer';
}
