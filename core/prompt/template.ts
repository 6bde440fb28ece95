import type { Span } from '../text.ts';
import type { ScalarNode } from './node.ts';
import { mapScalar } from './scalar.ts';
import type { ScalarMap } from './scalar-map.ts';

/** One `{{name}}` in a template. */
export interface Placeholder {
  readonly name: string;
  /** Offsets in the template's decoded text, braces included. */
  readonly value: Span;
  /** Offsets in the file, braces included. */
  readonly span: Span;
  /** Offsets in the file of the name alone. */
  readonly nameSpan: Span;
}

/** A decoded string of the file together with its placeholders. */
export interface Template {
  readonly node: ScalarNode;
  readonly text: string;
  readonly placeholders: readonly Placeholder[];
  /** The file span of a span of `text`. */
  span(start: number, end: number): Span;
  /** The offset in `text` at a file offset inside the scalar. */
  offsetAt(fileOffset: number): number;
}

/**
 * Reads a scalar as a template; a number or boolean counts as its source text. `keys` are those of the prompt that
 * no name looks like (`oddKeys`).
 */
export function readTemplate(
  node: ScalarNode,
  fileText: string,
  keys: ReadonlySet<string> = NO_KEYS,
): Template {
  const text = typeof node.value === 'string' ? node.value : node.source;
  let map: ScalarMap | undefined;
  const offsets = (): ScalarMap => (map ??= mapScalar(node, fileText));
  const placeholders = findPlaceholders(text, keys).map(({ name, start, end }) => ({
    name,
    value: { start, end },
    span: offsets().span(start, end),
    nameSpan: offsets().span(start + 2, end - 2),
  }));
  return {
    node,
    text,
    placeholders,
    span: (start, end) => offsets().span(start, end),
    offsetAt: (fileOffset) => offsets().toValue(fileOffset),
  };
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** A `{{name}}` in a text, from its first brace to its last one. */
interface FoundPlaceholder extends Span {
  readonly name: string;
}

/**
 * Finds the placeholders of a text in order, in linear time: every `{{name}}` that looks like a name, and any other
 * `{{…}}` whose inside is one of `keys`.
 */
export function findPlaceholders(
  text: string,
  keys: ReadonlySet<string> = NO_KEYS,
): FoundPlaceholder[] {
  if (!text.includes('{{')) return [];
  const found: FoundPlaceholder[] = [];
  for (const { 0: whole, 1: name = '', index: start } of text.matchAll(BRACES))
    if (keys.has(name) || isName(name)) found.push({ name, start, end: start + whole.length });
  return found;
}

/** Two braces around something on one line. */
const BRACES = /\{\{([^{}\r\n]+)\}\}/g;

/**
 * True for what is a name in any case: words of letters of any script, digits, `_`, `.`, `-`, `/` and apostrophes,
 * with single blanks between them. `{{if x}}` is another tool's condition.
 */
export function isName(text: string): boolean {
  return ASCII_NAME.test(text) || NAME.test(text);
}

const ASCII_NAME = /^[A-Za-z0-9_.-]+$/;
const NAME =
  /^(?!(?:if|else|elif|unless|for|foreach|each|range|with|include|template|define|extends) )[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_./'’\u200c-\u200d-]*(?: [\p{L}\p{M}\p{N}_./'’\u200c-\u200d-]+)*$/u;

/** Splits a template at its placeholders: even entries are literal text, odd ones are names. */
export function splitTemplate(text: string, keys: ReadonlySet<string> = NO_KEYS): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { name, start, end } of findPlaceholders(text, keys)) {
    pieces.push(text.slice(from, start), name);
    from = end;
  }
  return [...pieces, text.slice(from)];
}

/** The result of `render`: the text, and the span of each placeholder's value. */
export interface Rendered {
  readonly text: string;
  readonly parts: readonly { readonly name: string | null; readonly span: Span }[];
  /** Names without a value, whose placeholders are kept verbatim. */
  readonly missing: readonly string[];
}

/**
 * Fills the placeholders in one pass: placeholders inside values are never expanded.
 * A placeholder without a value is kept verbatim and listed in `missing`. Any `{{…}}` that `resolve` has a value
 * for is a placeholder; so is one of `keys`.
 */
export function render(
  text: string,
  resolve: (name: string) => string | undefined,
  keys: ReadonlySet<string> = NO_KEYS,
): Rendered {
  const parts: { name: string | null; span: Span }[] = [];
  const missing = new Set<string>();
  let out = '';
  const append = (piece: string, name: string | null): void => {
    if (piece === '') return;
    parts.push({ name, span: { start: out.length, end: out.length + piece.length } });
    out += piece;
  };
  let from = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(BRACES)) {
    const value = resolve(name);
    if (value === undefined && !keys.has(name) && !isName(name)) continue;
    if (value === undefined) missing.add(name);
    append(text.slice(from, index), null);
    append(value ?? whole, name);
    from = index + whole.length;
  }
  append(text.slice(from), null);
  return { text: out, parts, missing: [...missing] };
}
