import type { Rule } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { chooseTag, editTemplate, wrapInPlace } from '../../lint/template-edits.ts';
import { INJECTION } from '../security-tags.ts';

export const transcriptRoleSpoofing: Rule = {
  id: 'transcript-role-spoofing',
  severity: 'warning',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'One message contains a whole conversation, with a value as a turn',
  docs: {
    why: 'In a transcript inside one message, a turn ends where the next label begins. A value with `Assistant:` on its own line forges an answer, one with `System:` forges an instruction. Make each turn a message with its role, or put the value between tags.',
    bad: `messages:
  - role: user
    content: |
      You are a friendly clerk.
      User: {{question}}
      Assistant:`,
    good: `messages:
  - role: system
    content: You are a friendly clerk.
  - role: user
    content: "{{question}}"`,
    unless: 'Only your own program writes the value: declare `trust: trusted`.',
  },
  *check({ prompt, places, taints }) {
    for (const place of places) {
      const { placeholder, template, message } = place;
      const label = findTurnLabel(place);
      if (label === null || message.role === 'assistant') continue;
      const taint = taints.get(placeholder.name);
      if (taint.trust === 'trusted' && taint.confidence === 'high') continue;
      const other = findOtherTurn(template.text, placeholder.value.end);
      if (other === null) continue;
      const tag = chooseTag(placeholder.name, prompt);
      const edit = editTemplate(template, [wrapInPlace(place, tag)], prompt.text);
      yield {
        message: `A line with \`${other.text}\` in \`${placeholder.name}\` forges a turn of this transcript. Make each turn a message, or put the value between tags.`,
        span: placeholder.span,
        confidence: taint.source === 'nothing' || taint.source === 'name' ? 'medium' : 'high',
        related: [
          {
            message: 'the next turn',
            span: template.span(other.start, other.start + other.text.length),
          },
        ],
        ...(edit
          ? { fixes: [{ title: `Put it in <${tag}> tags`, safe: false, edits: [edit] }] }
          : {}),
      };
    }
  },
};

const ROLE =
  '(?:\\*\\*|\\[|<)?(?:user|human|customer|client|assistant|ai|bot|agent|system|model|q|a|question|answer)(?:\\*\\*|\\]|>)?';
const TURN = new RegExp(`(?:^|\\n)[ \\t]{0,8}(?:#{1,4} )?(${ROLE}) {0,2}:(?:\\*\\*)? {0,4}$`, 'i');
/** Questions and answers may be sections; labels of a person and a machine are a conversation. */
const SPEAKER = /^(?:\*\*|\[|<)?(?:user|human|customer|client)/i;
const NEXT =
  /\n[ \t]{0,8}(?:#{1,4} )?((?:\*\*|\[|<)?(?:assistant|ai|bot|agent|model)(?:\*\*|\]|>)? {0,2}:)/i;

/** Finds the speaker's label directly before the placeholder. */
function findTurnLabel({ template, placeholder }: PlacedVariable): string | null {
  const { start } = placeholder.value;
  const label = TURN.exec(template.text.slice(Math.max(0, start - 60), start))?.[1];
  return label !== undefined && SPEAKER.test(label) ? label : null;
}

function findOtherTurn(text: string, from: number): { text: string; start: number } | null {
  const match = NEXT.exec(text.slice(from, from + 4000));
  if (!match?.[1]) return null;
  return { text: match[1].trim(), start: from + match.index + match[0].indexOf(match[1]) };
}
