import { findClosest } from '../../find-closest.ts';
import type { Rule } from '../../lint/engine/rule.ts';

export const unknownSuppression: Rule = {
  id: 'unknown-suppression',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['suppressions'],
  fix: 'safe',
  summary: 'A comment disables a rule that does not exist',
  needs: 'prompt',
  docs: {
    why: 'A comment with a misspelled rule id disables nothing, and the finding is still reported.',
    bad: `# promptsmith-disable-next-line unknwon-model -- served by our own gateway
model: acme/chat-9
messages:
  - role: user
    content: Say hello.`,
    good: `# promptsmith-disable-next-line unknown-model -- served by our own gateway
model: acme/chat-9
messages:
  - role: user
    content: Say hello.`,
  },
  *check({ suppressions, ruleIds }) {
    for (const { rules } of suppressions) {
      for (const { id, span } of rules) {
        if (ruleIds.has(id)) continue;
        const near = findClosest(id, ruleIds);
        const message = `\`${id.slice(0, 60)}\` is not a rule, so this disables nothing.${near ? ` Did you mean \`${near}\`?` : ''}`;
        const edits = [{ span, text: near ?? '' }];
        const fixes = near ? [{ title: `Change it to \`${near}\``, safe: true, edits }] : [];
        yield { message, span, ...(near ? { fixes } : {}) };
      }
    }
  },
};
