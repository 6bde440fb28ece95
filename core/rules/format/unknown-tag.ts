import type { Rule } from '../../lint/engine/rule.ts';
import { findEntry } from '../../prompt/node.ts';
import { selectParseProblems } from './parser-problems.ts';

export const unknownTag: Rule = {
  id: 'unknown-tag',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml'],
  summary: 'A YAML tag such as `!include` has no effect',
  docs: {
    why: 'YAML has no `!include`, `!file`, `!env` or `!Ref`: a program has to add them, and those that read this format do not. They send the text after the tag, such as the path of a file, or reject the file. In `messages` this is an error.',
    bad: `messages:
  - role: system
    content: !include ./rules.md
  - role: user
    content: "{{question}}"`,
    good: `messages:
  - role: system
    content: |
      Answer in one sentence.
  - role: user
    content: "{{question}}"`,
    unless:
      'Another program fills in the tags before the file is read. Check the file that it writes.',
  },
  *check(context) {
    const { root } = context.prompt;
    const messages = findEntry(root, 'messages')?.span;
    for (const problem of selectParseProblems(context, 'foreign-tag')) {
      const { start } = problem.span;
      const isSent = messages && messages.start <= start && start < messages.end;
      if (!isSent) yield problem;
      else
        yield {
          ...problem,
          message: `${problem.message} The model gets that text. Write the text itself here.`,
          severity: 'error',
        };
    }
  },
};
