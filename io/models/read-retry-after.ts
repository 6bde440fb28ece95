import type { ApiError } from './api-error.ts';

/** Milliseconds by unit, as providers abbreviate it. */
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** `6m0s`, `1.5s`, `20ms`. */
const DURATION =
  /^(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,9}(?:\.\d{1,9})?)s)?(?:(\d{1,9}(?:\.\d{1,9})?)ms)?$/;

/** "Please retry in 37.5s", "try again in 6m0s", "retry after 9 seconds". */
const SENTENCE =
  /\b(?:retry|retrying|again|wait)\b[^.;\d]{0,30}(\d[\d.hms]{0,20})(?: ?(milli|sec|min|hour))?/i;

/** Seconds since the epoch are larger than any pause, and smaller than its milliseconds. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MS = 1e12;

/**
 * Milliseconds that a server asks to wait, or undefined: by its headers, else by the body or the message of the
 * error. `now` in milliseconds since the epoch.
 */
export function readRetryAfter(error: ApiError, now: number = Date.now()): number | undefined {
  const { headers, message, error: body } = error;
  return (
    (headers && readHeaders((name) => headers.get(name), now)) ??
    readBodyHint(body, now) ??
    readSentence(message)
  );
}

type Lookup = (name: string) => string | null | undefined;

function readHeaders(get: Lookup, now: number): number | undefined {
  const exact = readNumber(get('retry-after-ms'));
  if (exact !== null) return exact;
  const header = get('retry-after')?.trim();
  if (header) {
    const seconds = readNumber(header);
    if (seconds !== null) return seconds * 1000;
    const date = /[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  const waits = RESETS.flatMap(([reset, remaining]) => {
    const left = get(remaining)?.trim();
    const wait = readReset(get(reset), now);
    // A limit that is not used up is not the one that was hit.
    return wait === null || (left !== undefined && Number(left) > 0) ? [] : [wait];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Headers that say when a limit is free again, each with the one that says how much of it is left. */
const RESETS: readonly (readonly [reset: string, remaining: string])[] = [
  ...['', '-requests', '-tokens'].map(
    (unit) => [`x-ratelimit-reset${unit}`, `x-ratelimit-remaining${unit}`] as const,
  ),
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map(
    (unit) =>
      [`anthropic-ratelimit-${unit}-reset`, `anthropic-ratelimit-${unit}-remaining`] as const,
  ),
];

/** A duration with its unit, seconds, a time in seconds or milliseconds since the epoch, or a date. */
function readReset(given: string | null | undefined, now: number): number | null {
  const text = given?.trim() ?? '';
  const number = readNumber(text);
  if (number !== null) {
    if (number >= EPOCH_MS) return Math.max(0, number - now);
    return number >= EPOCH_SECONDS ? Math.max(0, number * 1000 - now) : number * 1000;
  }
  const duration = readDuration(text);
  if (duration !== null) return duration;
  const date = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function readDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (!match || text === '') return null;
  return ['h', 'm', 's', 'ms'].reduce(
    (sum, unit, i) => sum + Number(match[i + 1] ?? 0) * (UNITS[unit] ?? 0),
    0,
  );
}

/** Google's `RetryInfo`, and the headers that OpenRouter passes on in `metadata`. */
function readBodyHint(body: unknown, now: number): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { details, metadata, error } = body as Record<string, unknown>;
  for (const detail of Array.isArray(details) ? details : []) {
    const { retryDelay } = (detail ?? {}) as { retryDelay?: unknown };
    const wait = typeof retryDelay === 'string' ? readDuration(retryDelay) : null;
    if (wait !== null) return wait;
  }
  const { headers } = (metadata ?? {}) as { headers?: unknown };
  if (typeof headers === 'object' && headers !== null) {
    const byName = new Map(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    const wait = readHeaders((name) => byName.get(name), now);
    if (wait !== undefined) return wait;
  }
  return error === body ? undefined : readBodyHint(error, now);
}

function readSentence(message: string): number | undefined {
  const [, amount = '', word] = SENTENCE.exec(message.slice(0, 2000)) ?? [];
  const token = amount.replace(/\.$/, '');
  const duration = readDuration(token);
  if (duration !== null) return duration;
  const number = readNumber(token);
  return number === null || word === undefined
    ? undefined
    : number * (WORDS[word.toLowerCase()] ?? 0);
}

const WORDS: Readonly<Record<string, number>> = {
  milli: 1,
  sec: 1000,
  min: 60_000,
  hour: 3_600_000,
};

function readNumber(text: string | null | undefined): number | null {
  return text && /^\s*\d{1,20}(?:\.\d{1,20})?\s*$/.test(text) ? Number(text) : null;
}
