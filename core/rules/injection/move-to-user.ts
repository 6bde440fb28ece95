import type { Fix, RuleContext } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { chooseTag, editTemplate, wrapInTags } from '../../lint/template-edits.ts';
import { appendItem, flowText } from '../../prompt/edit.ts';
import { child } from '../../prompt/node.ts';

/** Replaces the value in the system message by a reference to tags, and moves it between them in a user message. */
export function moveToUser(
  group: readonly PlacedVariable[],
  name: string,
  { prompt }: RuleContext,
): Fix | null {
  const template = group[0]?.template;
  if (!template) return null;
  const tag = chooseTag(name, prompt);
  const changes = group.map(({ placeholder }) => ({
    span: placeholder.value,
    text: `the text in the <${tag}> tags`,
  }));
  const referred = editTemplate(template, changes, prompt.text);
  const user = prompt.messages.find(({ role, content }) => role === 'user' && content)?.content;
  const list = child(prompt.root, 'messages');
  if (!referred || (!user && (list?.type !== 'list' || list.flow))) return null;
  const body = wrapInTags(name, tag);
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

/** Appends a text to another after a blank line. */
function appendParagraph(
  text: string,
  body: string,
): { span: { start: number; end: number }; text: string } {
  const end = text.trimEnd().length;
  return { span: { start: end, end }, text: end === 0 ? body : `\n\n${body}` };
}
