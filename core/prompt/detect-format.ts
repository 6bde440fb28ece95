import type { ParseProblem } from './document.ts';
import { TOP_LEVEL_KEYS } from './keys.ts';
import { findMeantKey } from './near-keys.ts';
import { findEntry, type MapNode } from './node.ts';
import type { YamlTree } from './yaml.ts';

/**
 * What a file is if it is not a prompt file: text that is not YAML, a list, or a map without `messages` that has an
 * unknown key. Null for prompt files, unfinished and broken ones included.
 */
export function detectOtherFormat(yaml: YamlTree, text: string): ParseProblem | null {
  const { root, problems } = yaml;
  if (problems.length > 0) {
    if (MESSAGES.test(text)) return null;
    if (startsLikeText(text)) return describe(PLAIN, firstLine(text));
    // Without its first lines, no one knows what a broken file is.
    if (!root || hasKnownKey(text)) return null;
  }
  if (!root) return null;
  if (root.type === 'map') return describeMap(root, yaml, text);
  // A half-typed first key (`mess`) is a plain scalar: the author is still writing.
  if (root.type === 'scalar' && /^[A-Za-z_]*$/.test(root.source)) return null;
  const what = root.type === 'list' ? 'Not a prompt file: its top level is a list' : PLAIN;
  return describe(what, firstLine(text));
}

const PLAIN = 'This is plain text or Markdown, not a prompt file';
const MESSAGES = /^[\s{,"'-]{0,20}messages["']?\s{0,20}:/m;

function describeMap(root: MapNode, { second }: YamlTree, text: string): ParseProblem | null {
  if (findEntry(root, 'messages')) return null;
  const meant = root.entries.map((entry) => findMeantKey(entry, root));
  if (meant.includes('messages')) return null;
  const unknown = root.entries.find(
    ({ key }, i) => !TOP_LEVEL_KEYS.has(key.source) && meant[i] === undefined,
  );
  if (!unknown) return null;
  if (second && text.startsWith('---') && isText(text.slice(second.end)))
    return describe('This is Markdown with front matter, not a prompt file', firstLine(text));
  if (startsLikeText(text)) return describe(PLAIN, firstLine(text));
  const { source, span } = unknown.key;
  return {
    code: 'foreign-format',
    message: `Not a prompt file: it has no \`messages\`, and \`${source.slice(0, 60).replaceAll(/\s+/g, ' ')}\` is not a key of the format. Nothing else is checked.`,
    span,
  };
}

function describe(what: string, span: ParseProblem['span']): ParseProblem {
  const message = `${what}. A prompt file is a YAML map with \`messages\`. Nothing else is checked.`;
  return { code: 'foreign-format', message, span };
}

/** True if a line begins with a key of the format, so that the text is meant as a prompt file. */
function hasKnownKey(text: string): boolean {
  for (const [, key = ''] of text.matchAll(/^["']?([A-Za-z_]{2,30})["']?[ \t]*:(?=\s|$)/gm))
    if (TOP_LEVEL_KEYS.has(key)) return true;
  return false;
}

/** Below front matter, `#` begins a heading. */
function isText(body: string): boolean {
  return /^\s*#{1,6} /.test(body) || startsLikeText(body);
}

/** True if the first line that is no comment and no `---` is neither a key, an item nor an opening bracket. */
function startsLikeText(text: string): boolean {
  const lines = text.split('\n', 200).map((line) => line.trimEnd());
  const first = lines.find((line) => line !== '' && !/^(?:#(?!#)|---$)/.test(line)) ?? '';
  return !/^(?:["']?[\w$.-]{1,60}["']?\s*:(?:\s|$)|- |[[{]|%)/.test(first);
}

/** The first line of a text, shortened. */
export function firstLine(text: string): { start: number; end: number } {
  const end = text.indexOf('\n');
  return { start: 0, end: Math.min(end < 0 ? text.length : end, 200) };
}
