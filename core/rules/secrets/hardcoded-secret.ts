import type { Rule } from '../../lint/engine/rule.ts';
import { maskSecret } from '../../lint/secrets.ts';
import { DISCLOSURE } from '../security-tags.ts';

export const hardcodedSecret: Rule = {
  id: 'hardcoded-secret',
  severity: 'error',
  mode: 'recommended',
  group: 'secrets',
  tags: [...DISCLOSURE, 'CWE-798'],
  summary: 'The file contains a key, a token or a password',
  needs: 'text',
  docs: {
    why: 'A secret in a prompt is sent to model providers, written to logs and kept in the repository’s history, and a model can be made to repeat it. Remove it and rotate it: it is compromised from the first commit on. The rule knows the kinds of secretlint’s recommended preset and others with a distinctive format; documented samples are not reported. No report shows the secret itself.',
    bad: `messages:
  - role: system
    content: Read orders from postgres://shop:uT7kq2Zr9w@db.acme.com/orders.`,
    good: `messages:
  - role: system
    content: Read orders with the tool \`list_orders\`; it knows how to sign in.`,
    unless: 'The secret is a made-up sample: include `EXAMPLE` or `xxxx` in it.',
  },
  isReady: ({ secrets, facts }) => Boolean(facts.secrets) || secrets.joined.text === '',
  *check({ prompt, secrets }) {
    for (const { kind, span } of secrets.found) {
      const masked = maskSecret(prompt.text.slice(span.start, span.end));
      yield {
        message: `This secret (${kind}, ${masked}) is visible to everyone who can read the file. Remove it and rotate it.`,
        span,
      };
    }
  },
};
