import type { Fix, Rule } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { describeTaint, isReported } from '../../lint/taint.ts';
import { beginsSentence, chooseTag, editTemplate, wrapInTags } from '../../lint/template-edits.ts';
import type { Message, PromptDocument } from '../../prompt/document.ts';
import { INJECTION } from '../security-tags.ts';

export const untrustedInsideInstruction: Rule = {
  id: 'untrusted-inside-instruction',
  severity: 'warning',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'An untrusted value is inside a sentence of instructions',
  docs: {
    why: 'Inside a sentence, the value is grammatically part of your instruction: it can end the sentence and continue with its own. Let the sentence refer to tags, and put the value between them (OWASP LLM01).',
    bad: `variables:
  - { name: topic, trust: user }
messages:
  - role: user
    content: "Write a poem about {{topic}} in four lines."`,
    good: `variables:
  - { name: topic, trust: user }
messages:
  - role: user
    content: |-
      Write a poem about the text in the <topic> tags in four lines.

      <topic>
      {{topic}}
      </topic>`,
    unless: 'The value cannot be free text: declare its `type` or `enum`, or `trust: trusted`.',
  },
  *check({ prompt, places, taints, settings }) {
    const seen = new Set<string>();
    const tags = new Map<string, string>();
    const byMessage = new Map<Message, PlacedVariable[]>();
    for (const place of places) {
      const others = byMessage.get(place.message);
      if (others) others.push(place);
      else byMessage.set(place.message, [place]);
    }
    for (const place of places) {
      const { message, placeholder } = place;
      const { name, span } = placeholder;
      if (place.place !== 'inline' || message.role !== 'user') continue;
      const key = `${message.index} ${name}`;
      if (seen.has(key)) continue;
      const taint = taints.get(name);
      if (!isReported(taint, settings.mode)) continue;
      seen.add(key);
      // Search the messages once per name, not once per finding.
      const tag = tags.get(name) ?? chooseTag(name, prompt);
      tags.set(name, tag);
      const fix = refer(place, prompt, byMessage.get(message) ?? [], tag);
      yield {
        message: `\`${name}\` ${describeTaint(taint)} and reads as part of this instruction. Refer to tags here, and put the value between them.`,
        span,
        confidence: taint.confidence,
        ...(taint.evidence ? { related: [taint.evidence] } : {}),
        ...(fix ? { fixes: [fix] } : {}),
      };
    }
  },
};

/** Replaces the value in the sentences of this message by a reference to one block at its end. */
function refer(
  { placeholder, template }: PlacedVariable,
  prompt: PromptDocument,
  ofMessage: readonly PlacedVariable[],
  free: string,
): Fix | null {
  const { name } = placeholder;
  const own = ofMessage.filter((one) => one.placeholder.name === name);
  const enclosed = own.find((one) => one.tag !== undefined)?.tag;
  const tag = enclosed ?? free;
  const changes = own
    .filter((one) => one.place === 'inline')
    .map(({ placeholder: { value } }) => {
      const text = beginsSentence(template.text, value.start) ? 'The text' : 'the text';
      return { span: value, text: `${text} in the <${tag}> tags` };
    });
  const end = template.text.trimEnd().length;
  const block = { span: { start: end, end }, text: `\n\n${wrapInTags(name, tag)}` };
  const edit = editTemplate(template, enclosed ? changes : [...changes, block], prompt.text);
  return edit && { title: `Refer to <${tag}> tags and add the block`, safe: false, edits: [edit] };
}
