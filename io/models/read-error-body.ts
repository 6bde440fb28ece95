import { describePage, isBinary, isMarkup } from './describe-page.ts';

/** What a server said about a failed call, whatever the shape in which it said it. */
export interface ErrorBody {
  readonly message: string;
  readonly code?: string | number;
  readonly type?: string;
  /** The field of the request that is at fault. */
  readonly param?: string;
  /** The object that holds these, for hints when to ask again. */
  readonly source?: object;
}

/** How deep an error may be wrapped in another one. */
const MAX_DEPTH = 5;

/** Reads the body of a failed call. What has no known shape is its own message. */
export function readErrorBody(body: string): ErrorBody {
  const value = parseJson(body);
  const known = value === undefined ? null : readErrorValue(value);
  if (known) return known;
  if (isMarkup(body)) return { message: describePage(body) };
  if (isBinary(body)) return { message: 'the answer is no text' };
  return { message: rewrite(value) ?? body.trim() };
}

/** Reads a JSON value as an error; null if it has no message in a place where servers put one. */
export function readErrorValue(value: unknown, depth = 0): ErrorBody | null {
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) {
    // Gemini sends a list with one error, others one of all problems.
    const [first, ...more] = value;
    if (more.length === 0 && first?.loc === undefined) return readErrorValue(first, depth + 1);
    const message = readText(value, depth);
    return message === null ? null : { message };
  }
  if (typeof value !== 'object' || value === null) return null;
  const holder = value as Record<string, unknown>;
  if (typeof holder.error === 'string' && holder.error !== '')
    return { ...pickFacts(holder), message: joinTexts(holder.error, holder.error_description) };
  const inner = typeof holder.error === 'object' && holder.error !== null ? holder.error : holder;
  if (Array.isArray(inner)) return readErrorValue(inner, depth + 1);
  const error = inner as Record<string, unknown>;
  const message = findMessage(error, depth);
  if (message === null) return null;
  const raw = readUpstream(error.metadata, depth);
  return {
    ...pickFacts(holder),
    ...pickFacts(error),
    message: raw === null ? message : `${message}: ${raw}`,
    source: error,
  };
}

const MESSAGE_KEYS = [
  'message',
  'Message',
  'detail',
  'details',
  'msg',
  'title',
  'errors',
  'reason',
];

/** The message of an error object: text, a list of problems, or problems by field. */
function findMessage(error: Record<string, unknown>, depth: number): string | null {
  for (const key of MESSAGE_KEYS) {
    const text = readText(error[key], depth);
    if (text === null) continue;
    // A title names the kind of problem, the rest says which.
    const more = key === 'title' ? readText(error.errors, depth) : null;
    return more === null ? text : `${text}: ${more}`;
  }
  return null;
}

function readText(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return null;
  const texts = Array.isArray(value)
    ? value.map((item) => describeProblem(item, depth + 1))
    : [
        findMessage(value as Record<string, unknown>, depth + 1) ??
          Object.entries(value)
            .flatMap(([field, problem]) => {
              const text = readText(problem, depth + 1);
              return text === null ? [] : [`${field}: ${text}`];
            })
            .join('; '),
      ];
  const said = texts.filter((text): text is string => text !== null && text !== '');
  return said.length === 0 ? null : said.join('; ');
}

/** An item of FastAPI's list: `{loc: ["body", "seed"], msg: "Extra inputs are not permitted"}`. */
function describeProblem(item: unknown, depth: number): string | null {
  const text = readText(item, depth);
  const { loc } = (item ?? {}) as { loc?: unknown };
  if (text === null || !Array.isArray(loc)) return text;
  return `${loc.join('.')}: ${text}`;
}

/** What stands behind "Provider returned error": OpenRouter passes the provider's own words on. */
function readUpstream(metadata: unknown, depth: number): string | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const { raw, provider_name } = metadata as { raw?: unknown; provider_name?: unknown };
  const value = typeof raw === 'string' ? (parseJson(raw) ?? raw) : raw;
  const said =
    typeof value === 'string' ? value : (readErrorValue(value, depth + 1)?.message ?? null);
  if (said === null || said.trim() === '') return null;
  return typeof provider_name === 'string' ? `${provider_name}: ${said}` : said;
}

function pickFacts(error: Record<string, unknown>): Omit<ErrorBody, 'message' | 'source'> {
  const { code, status, statusCode, type, param } = error;
  const known = [code, status, statusCode].filter(
    (one): one is string | number => typeof one === 'string' || typeof one === 'number',
  );
  // A word says more than the number that the response has anyway.
  const word = known.find((one) => typeof one === 'string' && one !== '') ?? known[0];
  return {
    ...(word === undefined ? {} : { code: word }),
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof param === 'string' && param !== '' ? { param } : {}),
  };
}

function joinTexts(text: string, more: unknown): string {
  return typeof more === 'string' && more !== '' ? `${text}: ${more}` : text;
}

/** JSON in one spelling, in which a key is found however the server escaped it; null for what is no object. */
function rewrite(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  try {
    return JSON.stringify(value);
  } catch {
    // Nested too deeply, as nobody's error is.
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
