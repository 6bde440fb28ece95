import type { ModelError, ModelErrorKind } from '#core/eval/model.ts';
import { NoAnswer, Silence } from './answer-fault.ts';
import type { ApiError } from './api-error.ts';
import { classifyError } from './classify-error.ts';
import { findTlsFault } from './find-tls-fault.ts';
import { hideKeys } from './hide-keys.ts';
import { readRetryAfter } from './read-retry-after.ts';

/** A failed call as a value: one line, without the keys, that says what to do. */
export function createModelError(
  caught: unknown,
  origin: string,
  keys: readonly string[],
): ModelError {
  const error = (caught instanceof Error ? caught : new Error(String(caught))) as ApiError;
  const { status, headers } = error;
  // Scrubbed before anything is cut off: half a key would not be found.
  const clean = (text: string) => hideKeys(text, keys);
  const said = clean(error.message).replace(/\s+/g, ' ').trim().slice(0, 500);
  if (caught instanceof Silence) return { kind: 'timeout', message: said };
  if (caught instanceof NoAnswer)
    return { kind: 'bad-answer', message: `${origin} sent no answer: ${said}` };
  const fault = findTlsFault(error, origin);
  // A second call would meet the same certificate.
  if (fault !== null) return { kind: 'not-found', message: fault };
  const kind = classifyError(error);
  const location = clean(headers?.get('location') ?? 'elsewhere').slice(0, 200);
  const retryAfterMs = readRetryAfter(error);
  return {
    kind,
    message: describeError(kind, error, { origin, said, location }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Texts for messages, without keys. */
interface Words {
  readonly origin: string;
  readonly said: string;
  readonly location: string;
}

function describeError(
  kind: ModelErrorKind,
  error: ApiError,
  { origin, said, location }: Words,
): string {
  const { status } = error;
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
      const reason = findSystemCode(error);
      if (reason === 'ECONNREFUSED' || reason === 'ENOTFOUND')
        return `${origin} cannot be reached (${reason}): is the address right and the server up?`;
      return `the connection to ${origin} broke: ${reason === null ? said : `${said} (${reason})`}`;
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

/** The code of the error of Node that a package wrapped. */
export function findSystemCode({ cause, code }: Pick<ApiError, 'cause' | 'code'>): string | null {
  const codes = [(cause as { code?: unknown } | undefined)?.code, code];
  const found = codes.find((one) => typeof one === 'string' && /^[A-Z][A-Z_\d]{3,}$/.test(one));
  return (found as string | undefined) ?? null;
}
