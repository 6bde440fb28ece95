import { buildTagName } from '#core/lint/template-edits.ts';
import type { Message } from '#core/prompt/document.ts';
import type { Placeholder, Template } from '#core/prompt/template.ts';
import type { Action, ActionSource } from './action.ts';

/** Wraps a placeholder of a message in tags with its name. */
export const wrapInTags: ActionSource = ({ prompt, text }, { start }) =>
  prompt.messages.flatMap(({ content }: Message): Action[] => {
    const placeholder = content?.placeholders.find(
      ({ span }) => span.start <= start && start <= span.end,
    );
    if (!content || !placeholder || isWrapped(content, placeholder)) return [];
    const tag = buildTagName(placeholder.name.replaceAll('.', '-'));
    const separator = findLineSeparator(content, placeholder, text) ?? '';
    const { span } = placeholder;
    return [
      {
        title: `Wrap {{${placeholder.name}}} in <${tag}> tags`,
        kind: 'refactor.rewrite',
        edits: [
          { span: { start: span.start, end: span.start }, text: `<${tag}>${separator}` },
          { span: { start: span.end, end: span.end }, text: `${separator}</${tag}>` },
        ],
      },
    ];
  });

function isWrapped({ text }: Template, { value }: Placeholder): boolean {
  return (
    /<[\w-]+>\s*$/.test(text.slice(Math.max(0, value.start - 80), value.start)) &&
    /^\s*<\//.test(text.slice(value.end, value.end + 80))
  );
}

/** Line break and indentation if the placeholder is alone on a line of a block scalar; otherwise null. */
function findLineSeparator(
  { node, text }: Template,
  { value, span }: Placeholder,
  file: string,
): string | null {
  if (node.style !== 'literal') return null;
  const before = value.start === 0 || text[value.start - 1] === '\n';
  const after = value.end === text.length || text[value.end] === '\n';
  if (!before || !after) return null;
  const lineStart = file.lastIndexOf('\n', span.start - 1) + 1;
  const eol = file[lineStart - 2] === '\r' ? '\r\n' : '\n';
  return eol + file.slice(lineStart, span.start);
}
