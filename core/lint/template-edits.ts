import type { PromptDocument } from '../prompt/document.ts';
import { flowText, replaceScalar, scalarText } from '../prompt/edit.ts';
import type { Template } from '../prompt/template.ts';
import { applyEdits, type Edit } from '../text.ts';
import type { TextReadings } from './engine/text-readings.ts';
import { findTagSpans, type PlacedVariable } from './placement.ts';

/**
 * Changes a template's text. `changes` are offsets in the decoded text. Null if an alias shares it.
 * The new text is computed on first use: most fixes are never shown.
 */
export function editTemplate(
  template: Template,
  changes: readonly Edit[],
  fileText: string,
): Edit | null {
  const { node } = template;
  if (node.alias) return null;
  let text: string | undefined;
  return {
    span: node.token,
    get text() {
      text ??= writeEdited(template, changes, fileText);
      return text;
    },
  };
}

function writeEdited({ node, text }: Template, changes: readonly Edit[], fileText: string): string {
  const value = applyEdits(text, changes);
  if (node.style === 'literal' || node.style === 'folded')
    return replaceScalar(node, fileText, value).text;
  const lineStart = fileText.lastIndexOf('\n', node.token.start - 1) + 1;
  const before = fileText.slice(lineStart, node.token.start);
  // A flow collection cannot contain a block scalar.
  if (!value.includes('\n') || /[{[]/.test(before)) return flowText(value, node.style);
  const indent = ' '.repeat(/^ *(?:- +)*/.exec(before)?.[0].length ?? 0);
  return scalarText(value).replaceAll(/\n(?!\n|$)/g, `\n${indent}`);
}

/** Whether what stands at an offset of a text begins a sentence or a line. */
export function beginsSentence(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 100), at);
  const words = before.trimEnd();
  const gap = before.slice(words.length);
  return words === '' || gap.includes('\n') || (gap !== '' && /[.!?:]$/.test(words));
}

/** Chooses a tag for a variable's value: its name, or another if that tag is already in use. */
export function chooseTag(name: string, { messages }: PromptDocument): string {
  const tag = buildTagName(name);
  const texts = messages.flatMap(({ content }) => (content ? [content.text] : []));
  const isFree = (candidate: string): boolean =>
    texts.every((text) => !text.includes(`<${candidate}>`));
  return [tag, `${tag}_text`, `${tag}_data`].find(isFree) ?? `${tag}_value`;
}

/** A variable's name as a tag: without accents, and with `_` for what a tag cannot have. */
export function buildTagName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  if (!/[A-Za-z0-9]/.test(plain)) return 'data';
  return plain.replaceAll(/[^A-Za-z0-9_-]/g, '_').replace(/^(?=[^A-Za-z])/, 'v');
}

/** Writes a placeholder between tags, each on a line of its own. */
export function wrapInTags(name: string, tag: string, indent = ''): string {
  return [`<${tag}>`, `{{${name}}}`, `</${tag}>`].join(`\n${indent}`);
}

/** Puts tags around a placeholder in place; the text before it stays on the line above. */
export function wrapInPlace(
  { placeholder, template }: Pick<PlacedVariable, 'placeholder' | 'template'>,
  tag: string,
): Edit {
  const { text } = template;
  const { start, end } = placeholder.value;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const indent = /^\s*/.exec(before)?.[0] ?? '';
  const isAlone = before.trim() === '';
  const from = isAlone ? start : lineStart + before.trimEnd().length;
  const after = /^[ \t]*/.exec(text.slice(end, end + 100))?.[0].length ?? 0;
  const isLast = /^(?:\n|$)/.test(text.slice(end + after, end + after + 1));
  const body = wrapInTags(placeholder.name, tag, indent);
  return {
    span: { start: from, end: isLast ? end : end + after },
    text: `${isAlone ? '' : `\n${indent}`}${body}${isLast ? '' : `\n${indent}`}`,
  };
}

/** Collects the names of the tags that enclose a placeholder somewhere in the messages. */
export function collectDataTags(places: readonly PlacedVariable[]): Set<string> {
  return new Set(places.flatMap(({ tag }) => (tag === undefined ? [] : [tag])));
}

/** Collects the names of all elements in the messages; `<x> and </x>` in a sentence is only a mention. */
export function collectElementNames(
  { messages }: PromptDocument,
  readings: TextReadings,
): Set<string> {
  return new Set(
    messages.flatMap(({ content }) =>
      content ? readings.get(findElementNames, content.text) : [],
    ),
  );
}

function findElementNames(text: string): readonly string[] {
  return findTagSpans(text).flatMap(({ name, span }) => {
    const inside = text.slice(span.start, Math.min(span.end, span.start + 200));
    return MENTION.test(inside) ? [] : [name];
  });
}

const MENTION = /^<[^<>]{1,100}>`? ?(?:and|or|to|…|\.\.\.|,|\/)? ?`?<\/[^<>]{1,100}>$/;
