import type { Rule } from '../../lint/engine/rule.ts';
import { describeTaint, isReported } from '../../lint/taint.ts';
import { INJECTION } from '../security-tags.ts';

export const untrustedInAssistantTurn: Rule = {
  id: 'untrusted-in-assistant-turn',
  severity: 'info',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  summary: 'An untrusted value is presented as the model’s own words',
  docs: {
    why: 'A model continues as it began. It takes the text of an assistant message for its own words, so a value there can forge a promise, an agreement or a refusal that the model never gave.',
    bad: `variables:
  - { name: earlier_reply, trust: user }
messages:
  - role: assistant
    content: "{{earlier_reply}}"
  - role: user
    content: Go on.`,
    good: `variables:
  - { name: earlier_reply, trust: user }
messages:
  - role: user
    content: |-
      This is a draft, not your own words:
      <earlier_reply>
      {{earlier_reply}}
      </earlier_reply>
      Go on.`,
    unless: 'The value is an answer that your own program stored: declare `trust: trusted`.',
  },
  *check({ places, taints, settings }) {
    for (const { message, placeholder } of places) {
      if (message.role !== 'assistant') continue;
      const taint = taints.get(placeholder.name);
      if (!isReported(taint, settings.mode, false)) continue;
      yield {
        message: `\`${taint.name}\` ${describeTaint(taint)} and is presented here as the model's own words. Move it to a user message, between tags.`,
        span: placeholder.span,
        confidence: taint.confidence,
        ...(taint.evidence ? { related: [taint.evidence] } : {}),
      };
    }
  },
};
