import type { Span } from '../../text.ts';
import { type Check, formatJson, judged } from './check.ts';

export const isJson: Check = {
  kind: 'is-json',
  namespace: 'promptsmith',
  summary:
    'The whole answer is valid JSON and, if a schema is given, matches it. Code fences are not removed; use `transform: strip-fences`.',
  parameters: [
    {
      name: 'schema',
      type: 'schema',
      required: false,
      description:
        'A JSON Schema (2020-12 unless `$schema` says draft-07), as a map or as JSON text. `format` is not checked.',
    },
  ],
  example: `uses: promptsmith/is-json
with:
  schema:
    type: object
    required: [sentiment]`,
  readsWhole: () => true,
  run: async ({ text, args }, { schemas }) => {
    const schema = args.json('schema');
    const test = schema === undefined ? null : await schemas.compile(schema);
    if (test && 'error' in test) return { kind: 'error', message: test.error };
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return judged(false, `the answer is not JSON: ${(error as Error).message}`);
    }
    const wrong = test?.(value) ?? null;
    if (wrong === null)
      return judged(true, test ? 'the answer matches the schema' : 'the answer is JSON');
    return judged(false, wrong, schema === undefined ? undefined : formatJson(schema));
  },
};

export const containsJson: Check = {
  kind: 'contains-json',
  namespace: 'promptsmith',
  summary:
    'The answer contains a JSON object or list and, if a schema is given, one that matches it.',
  parameters: [
    {
      name: 'schema',
      type: 'schema',
      required: false,
      description:
        'A JSON Schema (2020-12 unless `$schema` says draft-07), as a map or as JSON text. `format` is not checked.',
    },
  ],
  example: `uses: promptsmith/contains-json
with:
  schema: { type: object, required: [total] }`,
  run: async ({ text, args }, { schemas }) => {
    const schema = args.json('schema');
    const test = schema === undefined ? null : await schemas.compile(schema);
    if (test && 'error' in test) return { kind: 'error', message: test.error };
    let wrong: string | null = null;
    for (const { start, end } of findJsonSpans(text)) {
      const problem = test ? test(JSON.parse(text.slice(start, end))) : null;
      if (problem === null) return judged(true, 'the answer contains JSON');
      wrong ??= problem;
    }
    if (wrong === null) return judged(false, 'the answer contains no JSON object or list');
    return judged(
      false,
      `no JSON in the answer matches the schema: ${wrong}`,
      schema === undefined ? undefined : formatJson(schema),
    );
  },
};

/**
 * Finds the outermost JSON objects and lists anywhere in a text, from left to right. Takes linear time:
 * brackets that were open when an attempt failed are not tried again.
 */
export function* findJsonSpans(text: string): Generator<Span> {
  const failed = new Set<number>();
  const opener = /[{[]/g;
  // Reading a text twice is normal (once inside a failed attempt). More means that it is built to be slow.
  let budget = 8 * text.length + 1000;
  for (let match = opener.exec(text); match && budget > 0; match = opener.exec(text)) {
    if (failed.delete(match.index)) continue;
    const { valid, at, open } = scanContainer(text, match.index);
    budget -= at - match.index;
    if (valid) {
      yield { start: match.index, end: at };
      opener.lastIndex = at;
    } else {
      for (const start of open) failed.add(start);
    }
  }
}

/** Where reading stopped, and whether the text up to there is valid. */
interface Scan {
  readonly valid: boolean;
  readonly at: number;
}

/** Reads one object or list. If it is invalid, `open` contains the starts of all unclosed brackets. */
function scanContainer(text: string, start: number): Scan & { readonly open: readonly number[] } {
  const open: number[] = [start];
  let at = start + 1;
  /** After an opening bracket: the container may close immediately. */
  let fresh = true;
  /** After an item: a comma or the end must follow. */
  let after = false;
  while (true) {
    at = skipSpace(text, at);
    const inList = text[open.at(-1) ?? start] === '[';
    const char = text[at];
    if ((fresh || after) && char === (inList ? ']' : '}')) {
      open.pop();
      at++;
      if (open.length === 0) return { valid: true, at, open };
      fresh = false;
      after = true;
      continue;
    }
    if (after) {
      if (char !== ',') return { valid: false, at, open };
      at = skipSpace(text, at + 1);
    }
    if (!inList) {
      const key = scanString(text, at);
      at = key.valid ? skipSpace(text, key.at) : key.at;
      if (!key.valid || text[at] !== ':') return { valid: false, at, open };
      at = skipSpace(text, at + 1);
    }
    fresh = text[at] === '{' || text[at] === '[';
    after = !fresh;
    if (fresh) {
      open.push(at++);
    } else {
      const item = text[at] === '"' ? scanString(text, at) : scanScalar(text, at);
      at = item.at;
      if (!item.valid) return { valid: false, at, open };
    }
  }
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function scanString(text: string, start: number): Scan {
  if (text[start] !== '"') return { valid: false, at: start };
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { valid: true, at: at + 1 };
    if (code < 0x20) break;
    if (code === 0x5c) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) break;
      at = ESCAPE.lastIndex;
    } else {
      at++;
    }
  }
  return { valid: false, at };
}

function scanScalar(text: string, start: number): Scan {
  SCALAR.lastIndex = start;
  const valid = SCALAR.test(text);
  return { valid, at: valid ? SCALAR.lastIndex : start };
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}
