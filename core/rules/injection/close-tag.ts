import type { Fix } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import type { PromptDocument } from '../../prompt/document.ts';

/** Adds the closing tag after the placeholder, or replaces a wrong one. Null if an alias shares the text. */
export function closeTag(
  { placeholder, template }: PlacedVariable,
  { text }: PromptDocument,
  name: string,
  wrong: { at: number; length: number } | null,
): Fix | null {
  const { start, end } = placeholder.value;
  const isOnOwnLine =
    template.text[start - 1] === '\n' ||
    /\n[ \t]*$/.test(template.text.slice(Math.max(0, start - 40), start));
  const indent = /[ \t]*$/.exec(template.text.slice(Math.max(0, start - 40), start))?.[0] ?? '';
  const span = wrong ? { start: wrong.at, end: wrong.at + wrong.length } : { start: end, end };
  const tag = `</${name}>`;
  const edit = editTemplate(
    template,
    [{ span, text: wrong || !isOnOwnLine ? tag : `\n${indent}${tag}` }],
    text,
  );
  return edit && { title: `Close it with ${tag}`, safe: false, edits: [edit] };
}
