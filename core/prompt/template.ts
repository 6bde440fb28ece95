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

/** Reads a scalar as a template; a number or boolean counts as its source text. */
export function readTemplate(node: ScalarNode, fileText: string): Template {
  const text = typeof node.value === 'string' ? node.value : node.source;
  let map: ScalarMap | undefined;
  const offsets = (): ScalarMap => (map ??= mapScalar(node, fileText));
  const placeholders: Placeholder[] = [];
  if (text.includes('{{')) {
    for (const match of text.matchAll(PLACEHOLDER)) {
      const value = { start: match.index, end: match.index + match[0].length };
      placeholders.push({
        name: match[1] ?? '',
        value,
        span: offsets().span(value.start, value.end),
        nameSpan: offsets().span(value.start + 2, value.end - 2),
      });
    }
  }
  return {
    node,
    text,
    placeholders,
    span: (start, end) => offsets().span(start, end),
    offsetAt: (fileOffset) => offsets().toValue(fileOffset),
  };
}

/** `{{name}}` as the base format defines it: letters, digits, `_`, `.` and `-`, nothing else. */
export const PLACEHOLDER: RegExp = /\{\{([A-Za-z0-9_.-]+)\}\}/g;

/** Splits a template at its placeholders: even entries are literal text, odd ones are names. */
export function splitTemplate(text: string): string[] {
  return text.split(PLACEHOLDER);
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
 * A placeholder without a value is kept verbatim and listed in `missing`.
 */
export function render(text: string, resolve: (name: string) => string | undefined): Rendered {
  const pieces = splitTemplate(text);
  const parts: { name: string | null; span: Span }[] = [];
  const missing = new Set<string>();
  let out = '';
  pieces.forEach((piece, i) => {
    const isName = i % 2 === 1;
    const value = isName ? resolve(piece) : piece;
    if (value === undefined) missing.add(piece);
    const start = out.length;
    out += value ?? `{{${piece}}}`;
    if (out.length > start)
      parts.push({ name: isName ? piece : null, span: { start, end: out.length } });
  });
  return { text: out, parts, missing: [...missing] };
}
