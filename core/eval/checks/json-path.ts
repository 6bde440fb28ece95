import { query } from 'jsonpath-rfc9535';
import { jsonEquals } from '../../json.ts';
import type { Json } from '../../prompt/node.ts';
import { type Check, type CheckVerdict, formatJson, judged, quote } from './check.ts';

export const jsonPath: Check = {
  kind: 'json-path',
  namespace: 'promptsmith',
  summary:
    'A JSONPath (RFC 9535) finds a value in the answer. If `value` is given, one of the values found, or each of them, must equal it.',
  parameters: [
    {
      name: 'path',
      type: 'text',
      required: true,
      notEmpty: true,
      description: 'The path, such as `$.items[?@.price < 10].name`.',
    },
    {
      name: 'value',
      type: 'json',
      required: false,
      description: 'The expected value. Without it, any value passes.',
    },
    {
      name: 'match',
      type: 'text',
      required: false,
      default: 'any',
      oneOf: ['any', 'all'],
      description: 'Whether one of the values found must be equal, or each of them.',
    },
  ],
  example: `uses: promptsmith/json-path
with: { path: "$.items[*].status", value: open, match: all }`,
  validate: (args) => {
    const wrong = args.has('path') ? validateJsonPath(args.text('path').trim()) : null;
    return wrong === null ? null : `\`path\` is not a valid JSONPath: ${wrong}`;
  },
  run: ({ text, args }, { regex }) => {
    const path = args.text('path').trim();
    const wrong = validateJsonPath(path);
    if (wrong !== null)
      return { kind: 'error', message: `${quote(path)} is not a valid JSONPath: ${wrong}` };
    let parsed: Json;
    try {
      parsed = JSON.parse(text) as Json;
    } catch (error) {
      return judged(false, `the answer is not JSON: ${(error as Error).message}`);
    }
    // Filters may contain patterns, and `..` may visit every place several times.
    const found = regex.within(() => query(parsed as never, path) as Json[]);
    if (found.kind === 'timeout')
      return { kind: 'error', message: `${path} took too long on this answer` };
    return judgeMatches(path, found.value, args.json('value'), args.text('match') === 'all');
  },
};

/** Why a path is invalid, or null. */
function validateJsonPath(path: string): string | null {
  try {
    query(null, path);
    return null;
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? 'it cannot be parsed';
  }
}

function judgeMatches(
  path: string,
  found: readonly Json[],
  value: Json | undefined,
  all: boolean,
): CheckVerdict {
  const expected = value === undefined ? undefined : formatJson(value);
  if (found.length === 0) return judged(false, `the answer has nothing at ${path}`, expected);
  if (value === undefined) return judged(true, `the answer has ${places(found.length)} at ${path}`);
  const hits = found.filter((item) => isValue(item, value)).length;
  const passed = all ? hits === found.length : hits > 0;
  const which = found.length === 1 ? '' : ` (${hits} of ${found.length} values)`;
  const detail = `${path} is ${passed ? '' : 'not '}${quote(formatJson(value))}${which}`;
  return judged(
    passed,
    detail,
    expected,
    formatJson(found.length === 1 ? (found[0] ?? null) : found),
  );
}

/** A scalar under `with:` is compared as text: both `5` and `"5"` in the answer equal `5`. */
function isValue(item: Json, value: Json): boolean {
  if (typeof value !== 'string') return jsonEquals(item, value);
  if (typeof item === 'string') return item === value;
  if (typeof item === 'number') return value.trim() !== '' && Number(value) === item;
  return JSON.stringify(item) === value;
}

function places(count: number): string {
  return count === 1 ? 'one value' : `${count} values`;
}
