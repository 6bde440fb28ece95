import type { Rule } from '../lint/rule.ts';
import { flowText } from '../prompt/edit.ts';
import { unquotedTemplates } from '../prompt/unquoted-template.ts';

export const unquotedTemplate: Rule = {
  id: 'unquoted-template',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml', 'variables'],
  summary: 'A `{{name}}` without quotes is a map to YAML, not text',
  docs: {
    why: 'YAML reads a bare `{` as the beginning of a map. `content: {{question}}` is therefore no template but a map within a map: other programs refuse the whole file, and nothing is filled in.',
    bad: `messages:
  - role: user
    content: {{question}}`,
    good: `messages:
  - role: user
    content: "{{question}}"`,
  },
  *check({ prompt: { root, text } }) {
    for (const { span } of unquotedTemplates(root, text)) {
      const source = text.slice(span.start, span.end);
      yield {
        message: `YAML reads \`${source}\` as a map, so nothing is filled in here: put it in quotes.`,
        span,
        fixes: [
          {
            title: 'Put it in quotes',
            safe: true,
            edits: [{ span, text: flowText(source, 'double') }],
          },
        ],
      };
    }
  },
};
