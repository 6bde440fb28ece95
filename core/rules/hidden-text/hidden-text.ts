import type { Fix } from '../../lint/engine/rule.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import type { Node, ScalarNode } from '../../prompt/node.ts';
import { readTemplate } from '../../prompt/template.ts';
import type { Span } from '../../text.ts';

/** A run of characters in a file that a reader does not see. */
export interface HiddenRun {
  /** As decoded. */
  readonly text: string;
  /** The text around it, decoded too, for exemptions. */
  readonly before: string;
  readonly after: string;
  /** Its span in the file; for a character written as an escape, the span of the escape. */
  readonly span: Span;
  readonly isEscaped: boolean;
}

/** How much of the text around a run is kept. */
const CONTEXT = 24;

/**
 * Finds the matches of a global pattern in a file: in its text, comments and keys included, and
 * in the decoded escapes of quoted scalars.
 */
export function* findHiddenRuns(prompt: PromptDocument, pattern: RegExp): Generator<HiddenRun> {
  const { text } = prompt;
  for (const match of isPlain(prompt) ? [] : text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    yield runAt(text, match[0], match.index, { start: match.index, end }, false);
  }
  if (!text.includes('\\')) return;
  for (const node of findQuotedScalars(prompt.root)) {
    const value = String(node.value);
    const source = text.slice(node.token.start, node.token.end);
    if (!source.includes('\\') || !ESCAPE.test(source)) continue;
    const template = readTemplate(node, text);
    for (const match of value.matchAll(pattern)) {
      const span = template.span(match.index, match.index + match[0].length);
      // Unescaped characters were already found in the file's text.
      if (text.slice(span.start, span.end) === match[0]) continue;
      yield runAt(value, match[0], match.index, span, true);
    }
  }
}

/** Removes or replaces a run. This changes the text that is sent. */
export function replaceRun({ span }: HiddenRun, text: string, title: string): Fix {
  return { title, safe: false, edits: [{ span, text }] };
}

/** Formats a code point as `U+200B`. */
export function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const plain = new WeakMap<PromptDocument, boolean>();

/** True if the file contains no character that any pattern of hidden text matches. */
function isPlain(prompt: PromptDocument): boolean {
  const known = plain.get(prompt) ?? !/[^\t\n\r\x20-\x7e]/.test(prompt.text);
  plain.set(prompt, known);
  return known;
}

const ESCAPE = /\\[xuUNLP_0-9abefv]/;

function runAt(
  text: string,
  match: string,
  start: number,
  span: Span,
  isEscaped: boolean,
): HiddenRun {
  const end = start + match.length;
  return {
    text: match,
    before: text.slice(Math.max(0, start - CONTEXT), start),
    after: text.slice(end, end + CONTEXT),
    span,
    isEscaped,
  };
}

function* findQuotedScalars(node: Node | null): Generator<ScalarNode> {
  if (!node || node.alias) return;
  if (node.type === 'scalar') {
    if (node.style === 'double') yield node;
    return;
  }
  if (node.type === 'list') {
    for (const item of node.items) yield* findQuotedScalars(item);
    return;
  }
  for (const { key, value } of node.entries) {
    yield* findQuotedScalars(key);
    yield* findQuotedScalars(value);
  }
}
