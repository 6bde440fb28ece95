import type { ModelError, ModelErrorKind } from '#core/eval/model.ts';
import { NoAnswer, Silence } from './answer-fault.ts';
import type { ApiError } from './api-error.ts';
import { classifyError } from './classify-error.ts';
import { type Endpoint, listSecrets } from './endpoint.ts';
import { findProxyFault } from './find-proxy-fault.ts';
import { findTlsFault } from './find-tls-fault.ts';
import { hideKeys } from './hide-keys.ts';
import { readRetryAfter } from './read-retry-after.ts';

/** The longest text of a server in a message, in characters. */
const MAX_SAID = 500;
const MAX_QUOTE = 200;

/**
 * A failed call as a value: one line, without the keys, that says what to do. `endpoint` is where
 * the call went.
 */
export function createModelError(caught: unknown, endpoint: Endpoint): ModelError {
  const error = (caught instanceof Error ? caught : new Error(String(caught))) as ApiError;
  const { status, headers } = error;
  const { baseUrl, network = {} } = endpoint;
  const { origin } = new URL(baseUrl);
  const keys = listSecrets(endpoint);
  // Scrubbed before anything is cut off: half a key would not be found.
  const clean = (text: string, max: number) =>
    hideKeys(text, keys).replace(/\s+/g, ' ').trim().slice(0, max);
  const said = clean(error.message, MAX_SAID);
  // Who does not know the model has a code for that.
  const hint = findAddressHint(baseUrl, !error.code && !error.type);
  if (caught instanceof Silence) return { kind: 'timeout', message: said };
  if (caught instanceof NoAnswer) {
    const quote = clean(caught.quote, MAX_QUOTE);
    const advice = hint ?? caught.advice;
    const message = `${origin} sent no answer: ${said}${quote === '' ? '' : ` (${quote})`}${advice === '' ? '' : `: ${advice}`}`;
    return { kind: 'bad-answer', message };
  }
  const fault = findTlsFault(error, origin);
  // A second call would meet the same certificate.
  if (fault !== null) return { kind: 'not-found', message: fault };
  const proxyFault = findProxyFault(error, { origin, said }, network);
  if (proxyFault) return { ...proxyFault, ...(status === undefined ? {} : { status }) };
  const kind = classifyError(error);
  const location = clean(headers?.get('location') ?? 'elsewhere', MAX_QUOTE);
  const retryAfterMs = readRetryAfter(error);
  return {
    kind,
    message:
      describeError(kind, error, { origin, said, location }) +
      (hint !== null && NO_SUCH_PATH.has(status ?? 0) ? `: ${hint}` : '') +
      (NEEDS_RESPONSES.test(said) ? '; set `api: responses` for the provider' : ''),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** What servers say of a model or an account that has the Responses API only. */
const NEEDS_RESPONSES =
  /\b(?:only (?:supported|available) (?:in|with|through|via)|use) (?:the )?\/?(?:v1\/responses|responses api)\b/i;

/** Answers to a path that is not there. */
const NO_SUCH_PATH: ReadonlySet<number> = new Set([404, 405]);

/** What an interface adds to an address. */
const ADDED = /\/(?:chat\/completions|completions|responses|messages)$/;

/** What looks wrong with an address; null = nothing. `isForeign`: what answers there is no interface of a provider. */
function findAddressHint(baseUrl: string, isForeign: boolean): string | null {
  const { pathname } = new URL(baseUrl);
  const path = pathname.replace(/(?<!\/)\/+$/, '');
  const added = ADDED.exec(path)?.[0];
  if (added !== undefined) return `leave ${added} out of \`baseUrl\`, it is added to it`;
  return isForeign && path === '' ? 'is /v1 missing at the end of `baseUrl`?' : null;
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
      return status === 403
        ? `${origin} does not allow this call: ${said}`
        : `${origin} refuses the key: ${said}`;
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
