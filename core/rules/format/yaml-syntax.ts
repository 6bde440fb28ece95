import type { Fix, Rule } from '../../lint/engine/rule.ts';
import { flowText } from '../../prompt/edit.ts';
import { findUnquotedText } from '../../prompt/unquoted-template.ts';
import { selectParseProblems } from './parser-problems.ts';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  severity: 'error',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml'],
  fix: 'safe',
  summary: 'The file is not valid YAML',
  needs: 'text',
  appliesTo: 'both',
  // In a broken file, a new comment could end up inside a value.
  offersSuppression: false,
  docs: {
    why: 'No program can read a file with a syntax error. Most such errors in prompt files come from unquoted text that contains `: `, `#`, a quote or a brace. Duplicate keys and tabs as indentation are reported too, because programs treat them differently.',
    bad: `messages:
  - role: user
    content: {{question}} Answer in one sentence.`,
    good: `messages:
  - role: user
    content: "{{question}} Answer in one sentence."`,
  },
  *check(context) {
    const { text } = context.prompt;
    for (const problem of selectParseProblems(context, 'syntax')) {
      const fix = fixByQuotes(text, problem.span.start);
      yield fix ? { ...problem, fixes: [fix] } : problem;
    }
  },
};

/** Quotes a text that begins with `{{`. Safe: nothing could be sent before. */
function fixByQuotes(text: string, offset: number): Fix | null {
  const span = findUnquotedText(text, offset);
  if (!span) return null;
  const edits = [{ span, text: flowText(text.slice(span.start, span.end), 'double') }];
  return { title: 'Put the text in quotes', safe: true, edits };
}
