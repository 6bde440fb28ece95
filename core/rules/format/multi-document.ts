import type { Rule } from '../../lint/engine/rule.ts';
import { selectParseProblems } from './parser-problems.ts';

export const multiDocument: Rule = {
  id: 'multi-document',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml'],
  summary: 'Only the first YAML document of a file is read',
  needs: 'prompt',
  docs: {
    why: 'A line `---` starts a second YAML document. Programs silently read only the first one, so anything below the line never reaches a model.',
    bad: `messages:
  - role: user
    content: Say hello.
---
messages:
  - role: user
    content: Say goodbye.`,
    good: `messages:
  - role: user
    content: Say hello.`,
  },
  check: (context) => selectParseProblems(context, 'second-document'),
};
