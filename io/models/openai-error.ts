import type { ModelError, ModelErrorKind } from '#core/eval/model.ts';
import { hideKeys } from './hide-keys.ts';

/** What of an error of the package `openai` is read. */
interface ApiError {
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  readonly code?: string | number | null | undefined;
  readonly type?: string | undefined;
  readonly message: string;
  readonly cause?: unknown;
}

/** A failed call as a value: one line, without the keys, that says what to do. */
export function createModelError(
  caught: unknown,
  origin: string,
  keys: readonly string[],
): ModelError {
  const error = (caught instanceof Error ? caught : new Error(String(caught))) as ApiError;
  const { status, headers } = error;
  const kind = classifyError(error);
  // Scrubbed before anything is cut off: half a key would not be found.
  const clean = (text: string) => hideKeys(text, keys);
  const said = clean(error.message).replace(/\s+/g, ' ').trim();
  const location = clean(headers?.get('location') ?? 'elsewhere');
  const retryAfterMs = headers && readRetryAfter(headers);
  return {
    kind,
    message: describeError(kind, error, origin, said.slice(0, 500), location.slice(0, 200)),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Milliseconds that a server asks to wait, or undefined. `now` in milliseconds since the epoch. */
export function readRetryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const header = headers.get('retry-after');
  if (header !== null) {
    const seconds = Number(header);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const date = Date.parse(header);
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  const resets = ['requests', 'tokens'].flatMap((unit) => {
    if (headers.get(`x-ratelimit-remaining-${unit}`)?.trim() !== '0') return [];
    return parseDuration(headers.get(`x-ratelimit-reset-${unit}`) ?? '') ?? [];
  });
  return resets.length === 0 ? undefined : Math.max(...resets);
}

function classifyError(error: ApiError): ModelErrorKind {
  const { code, type, message, cause } = error;
  // In a stream that has begun with 200 some servers say the status in the event.
  const status = error.status ?? (Number(code) >= 400 ? Number(code) : undefined);
  const word = `${code ?? ''} ${type ?? ''}`;
  if (/context_length|string_above_max_length/.test(word)) return 'context-length';
  if (/content_filter|content_policy|moderation/.test(word)) return 'refused';
  if (/insufficient_quota|billing/.test(word)) return 'quota';
  if (/model_not_found|unsupported_model|unknown_model|invalid_model/.test(word))
    return 'not-found';
  if (status === undefined) {
    if (/^E[A-Z]{3,}/.test(String(code))) return 'network';
    if (/rate_limit/.test(word)) return 'rate-limit';
    if (/server_?error|overloaded|unavailable|internal/i.test(word)) return 'unavailable';
    if (word.trim() !== '') return 'bad-answer';
    const system = (cause ?? {}) as { code?: unknown };
    return typeof system.code === 'string' ||
      /connection|terminated|aborted|ECONN|socket/i.test(message)
      ? 'network'
      : 'bad-answer';
  }
  if (status === 402) return 'quota';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404 || status === 405 || status === 410) return 'not-found';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate-limit';
  if (status === 409 || status === 425 || status >= 500) return 'unavailable';
  const tooLong =
    /context.{0,3}(?:length|window)|maximum context|too many tokens|too long|exceeds? the (?:model's )?max|max_tokens must be at least 1, got -/i;
  if (status === 413 || (status < 500 && status >= 400 && tooLong.test(message)))
    return 'context-length';
  // Of what is left only these are about what was sent; a redirect, say, is about the address.
  return status === 400 || status === 422 ? 'bad-request' : 'bad-answer';
}

function describeError(
  kind: ModelErrorKind,
  { status, cause }: ApiError,
  origin: string,
  said: string,
  location: string,
): string {
  if (status !== undefined && status >= 300 && status < 400) {
    return `${origin} redirects to ${location}; redirects are not followed, because the key belongs to ${origin}. Set baseUrl to the final address`;
  }
  switch (kind) {
    case 'auth':
      return `${origin} refuses the key: ${said}`;
    case 'quota':
      return `${origin} reports that the account has no credit left: ${said}`;
    case 'rate-limit':
      return `${origin} asks for fewer calls: ${said}`;
    case 'network': {
      const reason = ((cause ?? {}) as { code?: string }).code;
      return reason === 'ECONNREFUSED' || reason === 'ENOTFOUND'
        ? `${origin} cannot be reached (${reason}): is the address right and the server up?`
        : `the connection to ${origin} broke: ${said}`;
    }
    case 'context-length':
      return `the prompt is longer than the model takes: ${said}`;
    case 'refused':
      return `${origin} refused the content: ${said}`;
    case 'timeout':
    case 'not-found':
    case 'not-recorded':
    case 'bad-request':
    case 'bad-answer':
    case 'unavailable':
      return `${origin}: ${said}`;
    default:
      return kind satisfies never;
  }
}

/** `6m0s`, `1.5s`, `20ms` in milliseconds. */
function parseDuration(text: string): number | null {
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:(\d+)ms)?$/.exec(text.trim());
  if (!match || text.trim() === '') return null;
  const [hours = 0, minutes = 0, seconds = 0, ms = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}
