import type { Fix, RuleContext } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { beginsSentence, chooseTag, editTemplate, wrapInTags } from '../../lint/template-edits.ts';
import { appendItem, flowText } from '../../prompt/edit.ts';
import { child } from '../../prompt/node.ts';
import type { Span } from '../../text.ts';

/** Replaces the value in the system message by a reference to tags, and moves it between them in a user message. */
export function moveToUser(
  group: readonly PlacedVariable[],
  name: string,
  { prompt }: RuleContext,
): Fix | null {
  const template = group[0]?.template;
  if (!template) return null;
  // A block that has its tags moves with them; the text may name them elsewhere.
  const own = group.map(findElement).find((element) => element !== null);
  const tag = own?.tag ?? chooseTag(name, prompt);
  const changes = group.map((place) => {
    const element = findElement(place);
    const { start, end } = element?.tag === tag ? element.span : place.placeholder.value;
    const text = beginsSentence(template.text, start) ? 'The text' : 'the text';
    return { span: { start, end }, text: `${text} in the <${tag}> tags` };
  });
  const referred = editTemplate(template, changes, prompt.text);
  const user = prompt.messages.find(({ role, content }) => role === 'user' && content)?.content;
  const list = child(prompt.root, 'messages');
  if (!referred || (!user && (list?.type !== 'list' || list.flow))) return null;
  const body = own ? template.text.slice(own.span.start, own.span.end) : wrapInTags(name, tag);
  const added = user
    ? editTemplate(user, [appendParagraph(user.text, body)], prompt.text)
    : list?.type === 'list'
      ? appendItem(list, `role: user\ncontent: ${flowText(body, 'double')}`, prompt.text)
      : null;
  if (!added) return null;
  return {
    title: `Move it to a user message in <${tag}> tags`,
    safe: false,
    edits: [referred, added],
  };
}

/** The element that holds nothing but the value; null if there is none. */
function findElement({
  placeholder,
  template,
  tag,
}: PlacedVariable): { readonly tag: string; readonly span: Span } | null {
  if (tag === undefined) return null;
  const { text } = template;
  const { start, end } = placeholder.value;
  const open = text.lastIndexOf(`<${tag}`, start);
  const close = text.indexOf(`</${tag}>`, end);
  if (open < 0 || close < 0 || !/^<[^<>]*>\s*$/.test(text.slice(open, start))) return null;
  if (text.slice(end, close).trim() !== '') return null;
  return { tag, span: { start: open, end: close + tag.length + 3 } };
}

/** Appends a text to another after a blank line. */
function appendParagraph(
  text: string,
  body: string,
): { span: { start: number; end: number }; text: string } {
  const end = text.trimEnd().length;
  return { span: { start: end, end }, text: end === 0 ? body : `\n\n${body}` };
}
