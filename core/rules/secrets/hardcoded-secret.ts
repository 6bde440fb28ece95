import type { Rule } from '../../lint/engine/rule.ts';
import { maskSecret } from '../../lint/secrets.ts';
import { DISCLOSURE } from '../security-tags.ts';

export const hardcodedSecret: Rule = {
  id: 'hardcoded-secret',
  severity: 'error',
  mode: 'recommended',
  group: 'secrets',
  tags: [...DISCLOSURE, 'CWE-798'],
  summary: 'A key, a token or a password stands in the file',
  needs: 'text',
  docs: {
    why: 'A secret in a prompt goes to every model provider, into logs and into the repository’s history, and a model can be talked into repeating it. Take it out, and change it: it counts as known from the first commit on. The kinds are those of secretlint’s recommended preset and more that have a form of their own; specimens of documentation are left alone. No report shows the secret itself.',
    bad: `messages:
  - role: system
    content: Read orders from postgres://shop:uT7kq2Zr9w@db.acme.com/orders.`,
    good: `messages:
  - role: system
    content: Read orders with the tool \`list_orders\`; it knows how to sign in.`,
    unless: 'The secret is a made-up specimen: write it with `EXAMPLE` or `xxxx` in it.',
  },
  isReady: ({ secrets, facts }) => Boolean(facts.secrets) || secrets.joined.text === '',
  *check({ prompt, secrets }) {
    for (const { kind, span } of secrets.found) {
      const masked = maskSecret(prompt.text.slice(span.start, span.end));
      yield {
        message: `A secret stands here (${kind}, ${masked}): take it out, and change it, since it counts as known.`,
        span,
      };
    }
  },
};
