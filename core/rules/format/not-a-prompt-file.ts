import type { Rule } from '../../lint/engine/rule.ts';
import { selectParseProblems } from './parser-problems.ts';

export const notAPromptFile: Rule = {
  id: 'not-a-prompt-file',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  summary: 'The file name ends like a prompt file, but the content is something else',
  needs: 'text',
  docs: {
    why: 'Other tools use names that end in `.prompt.yaml` too. A file without `messages` that has keys unknown to the format belongs to them: it gets this one note, and nothing else in it is checked. So do plain text, Markdown and empty files. A file whose key is nearly `messages` is a prompt file with an error.',
    bad: `template: "Summarize {{text}}"
input_variables: [text]`,
    good: `messages:
  - role: user
    content: "Summarize {{text}}"`,
    unless:
      'Another program reads the file in its own format. List it under `ignore` in `.promptsmith.yaml`.',
  },
  *check(context) {
    yield* selectParseProblems(context, 'foreign-format');
    const { kind, root, broken } = context.prompt;
    const isEmpty = !root || (root.type === 'scalar' && root.value === null);
    if (kind !== 'prompt' || !isEmpty || broken) return;
    const message = 'This file is empty. A prompt file is a YAML map with `messages`.';
    yield { message, span: { start: 0, end: 0 } };
  },
};
