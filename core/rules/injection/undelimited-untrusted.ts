import type { Rule } from '../../lint/engine/rule.ts';
import type { PlaceholderPlace } from '../../lint/placement.ts';
import { describeTaint, isReported } from '../../lint/taint.ts';
import { chooseTag, editTemplate, wrapInPlace } from '../../lint/template-edits.ts';
import { INJECTION } from '../security-tags.ts';

export const undelimitedUntrusted: Rule = {
  id: 'undelimited-untrusted',
  severity: 'warning',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'Nothing shows where an untrusted value begins and ends',
  docs: {
    why: 'A model sees one text. Without a delimiter, an instruction in the value reads like the next line of yours. Providers recommend tags around the value, which the other instructions can then refer to (Anthropic, "Use XML tags"; OWASP LLM01). After a label such as `Question:`, the beginning is visible but not the end: this is an informational finding.',
    bad: `variables:
  - { name: diff, trust: external }
messages:
  - role: user
    content: |
      Review this change.

      {{diff}}

      Be brief.`,
    good: `variables:
  - { name: diff, trust: external }
messages:
  - role: user
    content: |
      Review this change.

      <diff>
      {{diff}}
      </diff>

      Be brief.`,
    unless:
      'The value is the whole message, or only your own program writes it: declare `trust: trusted`.',
  },
  *check({ prompt, places, taints, settings }) {
    for (const place of places) {
      const severity = rateSeverity(place.place);
      const { message, placeholder, template } = place;
      if (severity === null || message.role !== 'user') continue;
      const { name, span } = placeholder;
      const taint = taints.get(name);
      if (!isReported(taint, settings.mode, severity === 'warning')) continue;
      const tag = chooseTag(name, prompt);
      const edit = editTemplate(template, [wrapInPlace(place, tag)], prompt.text);
      yield {
        message: `\`${name}\` ${describeTaint(taint)}, but nothing shows where it ends. Put it between tags, so that its text cannot pass as yours.`,
        span,
        severity,
        confidence: taint.confidence,
        ...(taint.evidence ? { related: [taint.evidence] } : {}),
        ...(edit
          ? { fixes: [{ title: `Put it in <${tag}> tags`, safe: false, edits: [edit] }] }
          : {}),
      };
    }
  },
};

/** Null if the value is delimited, or inside a sentence, which another rule checks. */
function rateSeverity(place: PlaceholderPlace): 'warning' | 'info' | null {
  switch (place) {
    case 'head':
    case 'tail':
    case 'bare-block':
      return 'warning';
    case 'label':
    case 'label-block':
      return 'info';
    case 'sole':
    case 'xml':
    case 'fence':
    case 'triple-quote':
    case 'quoted':
    case 'json-string':
    case 'ruled':
    case 'inline':
      return null;
    default:
      return place satisfies never;
  }
}
