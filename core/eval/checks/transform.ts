import type { BoundedRegex } from '../ports.ts';
import { parseJsonPath, readJsonPath } from './field-path.ts';
import { validateRegex } from './regex.ts';

/** `failed`: the transform finds nothing in this answer. `error`: the transform itself is invalid. */
export type Transformed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'error'; readonly message: string };

/** The transforms, for the documentation and for completion. None executes code of a repository. */
export const TRANSFORMS: Readonly<Record<string, string>> = {
  trim: 'the answer without surrounding white space',
  lower: 'the answer in lower case',
  'strip-fences': 'the content of a code fence around the whole answer',
  'json:<path>':
    'the value at a path of the answer, parsed as JSON: `json:items[0].name`. A text is taken as it is, other values as JSON. If the answer is not JSON or has nothing at the path, the check fails',
  'regex:<pattern>':
    'the first capture group, or the whole match if there is none. If nothing matches, the check fails',
};

/** Applies an evaluator's `transform` to an answer. */
export function transform(
  text: string,
  name: string | undefined,
  regex: BoundedRegex,
): Transformed {
  const [kind = '', argument] = cut(name?.trim() ?? '');
  if (argument === undefined) {
    switch (kind) {
      case '':
        return { kind: 'text', text };
      case 'trim':
        return { kind: 'text', text: text.trim() };
      case 'lower':
        return { kind: 'text', text: text.toLowerCase() };
      case 'strip-fences':
        return { kind: 'text', text: stripFences(text) };
    }
  }
  if (kind === 'json' && argument !== undefined) return pickJson(text, argument);
  if (kind === 'regex' && argument) return pickMatch(text, argument, regex);
  const known = Object.keys(TRANSFORMS).join(', ');
  return { kind: 'error', message: `unknown transform "${name}"; use one of: ${known}` };
}

function cut(name: string): [string, string?] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function stripFences(text: string): string {
  const trimmed = text.trim();
  const lineEnd = trimmed.indexOf('\n');
  const fence = /^(`{3,}|~{3,}(?!~))[^`]*$/.exec(
    lineEnd < 0 ? '' : trimmed.slice(0, lineEnd).trimEnd(),
  )?.[1];
  if (fence === undefined || !trimmed.endsWith(`\n${fence}`)) return text;
  return trimmed.slice(lineEnd + 1, Math.max(lineEnd + 1, trimmed.length - fence.length - 1));
}

function pickJson(text: string, path: string): Transformed {
  const segments = parseJsonPath(path);
  if (!segments)
    return {
      kind: 'error',
      message: `"${path}" is not a path: use names and indexes, such as \`items[0].name\``,
    };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { kind: 'failed', detail: `the answer is not JSON: ${(error as Error).message}` };
  }
  const value = readJsonPath(parsed, segments);
  if (value === undefined) return { kind: 'failed', detail: `the answer has nothing at ${path}` };
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
}

function pickMatch(text: string, pattern: string, regex: BoundedRegex): Transformed {
  const wrong = validateRegex(pattern, '');
  if (wrong !== null) return { kind: 'error', message: wrong };
  const match = regex.exec(pattern, '', text);
  switch (match.kind) {
    case 'match':
      return { kind: 'text', text: match.groups[0] ?? match.text };
    case 'none':
      return { kind: 'failed', detail: `/${pattern}/ does not match the answer` };
    case 'timeout':
      return { kind: 'error', message: `/${pattern}/ took too long on this answer` };
    default:
      return match satisfies never;
  }
}
