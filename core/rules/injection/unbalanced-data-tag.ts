import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { INJECTION } from '../security-tags.ts';
import { closeTag } from './close-tag.ts';

export const unbalancedDataTag: Rule = {
  id: 'unbalanced-data-tag',
  severity: 'warning',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'A tag before or after a placeholder has no counterpart',
  docs: {
    why: 'A tag that is never closed, or is closed under another name, delimits nothing: the model has to guess where the value ends.',
    bad: `messages:
  - role: user
    content: |
      <document>
      {{document}}
      </doc>
      Sum it up.`,
    good: `messages:
  - role: user
    content: |
      <document>
      {{document}}
      </document>
      Sum it up.`,
    unless:
      'The tag means something else, such as `<br>`: put it in backticks or away from the placeholder.',
  },
  *check({ prompt, places, readings }) {
    for (const place of places) {
      const ends = readings.get(findTagEnds, place.template.text);
      const problem = findUnbalanced(place, ends, prompt);
      if (problem) yield problem;
    }
  },
};

const OPENING = /<([A-Za-z][\w-]{0,60})>\s{0,20}$/;
const CLOSING = /^\s{0,20}<\/([A-Za-z][\w-]{0,60})>/;
/** HTML elements without a closing tag. */
const VOID = /^(?:br|hr|img|input|meta|link|wbr|col|area|base|source|p|li)$/i;

interface TagEnds {
  /** Offsets of the first opening and the last closing tag, by name. */
  readonly opened: ReadonlyMap<string, number>;
  readonly closed: ReadonlyMap<string, number>;
}

function findTagEnds(text: string): TagEnds {
  const opened = new Map<string, number>();
  const closed = new Map<string, number>();
  for (const match of text.matchAll(/<(\/?)([A-Za-z][\w-]{0,60})/g)) {
    const name = match[2] ?? '';
    if (match[1] === '/') closed.set(name, match.index);
    else if (!opened.has(name)) opened.set(name, match.index);
  }
  return { opened, closed };
}

function findUnbalanced(
  place: PlacedVariable,
  { opened, closed }: TagEnds,
  prompt: PromptDocument,
): Problem | null {
  const { placeholder, template } = place;
  const { text } = template;
  const { start, end } = placeholder.value;
  const opening = OPENING.exec(text.slice(Math.max(0, start - 90), start));
  const closing = CLOSING.exec(text.slice(end, end + 90));
  const name = opening?.[1];
  const other = closing?.[1];
  if (name === other || (name !== undefined && VOID.test(name))) return null;
  if (opening && name !== undefined) {
    if ((closed.get(name) ?? -1) >= end) return null;
    const from = start - opening[0].length;
    const at = closing ? end + closing[0].indexOf('<') : end;
    const fix = closeTag(
      place,
      prompt,
      name,
      closing ? { at, length: (other ?? '').length + 3 } : null,
    );
    const message = other
      ? `<${name}> is closed as </${other}>, so it delimits nothing. Use the same name in both.`
      : `<${name}> is never closed, so nothing shows where \`${placeholder.name}\` ends. Add </${name}>.`;
    return {
      message,
      span: template.span(from, from + name.length + 2),
      ...(fix ? { fixes: [fix] } : {}),
    };
  }
  if (!closing || other === undefined || (opened.get(other) ?? start) < start) return null;
  const at = end + closing[0].indexOf('<');
  const edits = editTemplate(
    template,
    [{ span: { start, end: start }, text: `<${other}>${closing[0].startsWith('<') ? '' : '\n'}` }],
    prompt.text,
  );
  return {
    message: `</${other}> closes no tag. Add <${other}> before \`{{${placeholder.name}}}\`.`,
    span: template.span(at, at + other.length + 3),
    ...(edits ? { fixes: [{ title: `Add <${other}>`, safe: false, edits: [edits] }] } : {}),
  };
}
