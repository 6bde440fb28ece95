import type { Fix, Rule } from '../../lint/engine/rule.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import type { Template } from '../../prompt/template.ts';
import { findCopiedBreaks, findLineBreaks } from './escaped-breaks.ts';

export const foldedNewline: Rule = {
  id: 'folded-newline',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml'],
  fix: 'unsafe',
  summary: 'A `\\n` in plain, single-quoted or folded text is sent as two characters',
  docs: {
    why: 'YAML reads `\\n` as a line break only in double quotes. Everywhere else, the model gets a backslash and an n. Use a `|` block for text with several lines. An answer in an `assistant` message that was copied with its escapes is reported in a `|` block too.',
    bad: `messages:
  - role: user
    content: Summarize this.\\n\\n{{text}}`,
    good: `messages:
  - role: user
    content: |-
      Summarize this.

      {{text}}`,
    unless: 'The model should see a backslash and an n: put them in backticks or quotes.',
  },
  *check({ prompt, templates }) {
    const answers = new Set<Template>();
    for (const { role, content } of prompt.messages)
      if (role === 'assistant' && content) answers.add(content);
    for (const { template, place } of templates) {
      if (place !== 'message' && place !== 'judge') continue;
      if (template.node.style === 'double' || !template.text.includes('\\n')) continue;
      const copied = answers.has(template) ? findCopiedBreaks(template.text) : [];
      const isLiteral = template.node.style === 'literal';
      const breaks = copied.length > 0 || isLiteral ? copied : findLineBreaks(template.text);
      const first = breaks[0];
      if (first === undefined) continue;
      const more = breaks.length > 1 ? `, here and ${breaks.length - 1} times more` : '';
      const fix = writeBreaks(template, breaks, prompt.text);
      yield {
        message: `The model gets a backslash and an n here instead of a line break${more}. Use a \`|\` block or double quotes.`,
        span: template.span(first, first + 2),
        ...(fix ? { fixes: [fix] } : {}),
      };
    }
  },
};

/** Writes the text with real line breaks. */
function writeBreaks(template: Template, breaks: readonly number[], fileText: string): Fix | null {
  const changes = breaks.map((at) => ({ span: { start: at, end: at + 2 }, text: '\n' }));
  const edit = editTemplate(template, changes, fileText);
  return edit && { title: 'Write it as a block with real line breaks', safe: false, edits: [edit] };
}
