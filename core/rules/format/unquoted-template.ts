import type { Rule } from '../../lint/engine/rule.ts';
import { flowText } from '../../prompt/edit.ts';
import { findUnquotedTemplates } from '../../prompt/unquoted-template.ts';
import type { Span } from '../../text.ts';

export const unquotedTemplate: Rule = {
  id: 'unquoted-template',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml', 'variables'],
  fix: 'safe',
  summary: 'A `{{name}}` without quotes is a map in YAML, not text',
  docs: {
    why: 'YAML reads an unquoted `{` as the start of a map. `content: {{question}}` is therefore not a template but a map within a map: other programs reject the whole file, and no placeholder is filled.',
    bad: `messages:
  - role: user
    content: {{question}}`,
    good: `messages:
  - role: user
    content: "{{question}}"`,
  },
  *check({ prompt: { root, text } }) {
    for (const { span } of findUnquotedTemplates(root, text)) {
      const source = text.slice(span.start, span.end);
      const message = `YAML reads \`${source}\` as a map, so no placeholder is filled. Put it in quotes.`;
      const edits = [{ span, text: flowText(source, 'double') }];
      const fixes = [{ title: 'Put it in quotes', safe: true, edits }];
      yield { message, span, ...(isWholeValue(span, text) ? { fixes } : {}) };
    }
  },
};

/** True if only a comment or the next part of a flow collection follows. */
function isWholeValue({ end }: Span, text: string): boolean {
  const newline = text.indexOf('\n', end);
  const rest = text.slice(end, newline < 0 ? text.length : Math.min(newline, end + 100));
  return /^\s*(?:$|[,\]}]|#)/.test(rest);
}
