import type { Fix, Rule } from '../../lint/engine/rule.ts';
import { flowText } from '../../prompt/edit.ts';
import { findUnquotedText } from '../../prompt/unquoted-template.ts';
import { parseYaml } from '../../prompt/yaml.ts';
import { applyEdits } from '../../text.ts';
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
    const { text, kind } = context.prompt;
    // Plain text has no syntax to break. Settings are no prompt either, but they are YAML.
    if (kind === 'not-a-prompt' && !context.facts.settingsFile) return;
    for (const problem of selectParseProblems(context, 'syntax')) {
      const fix = fixTabs(text, problem.span.start) ?? fixByQuotes(text, problem.span.start);
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

/** Replaces each tab at the start of a line by two spaces, if the file is valid YAML then. */
function fixTabs(text: string, offset: number): Fix | null {
  if (text[offset] !== '\t') return null;
  const edits = [...text.matchAll(/^[ \t]{0,200}/gm)].flatMap(({ 0: indent, index }) =>
    indent.includes('\t')
      ? [
          {
            span: { start: index, end: index + indent.length },
            text: indent.replaceAll('\t', '  '),
          },
        ]
      : [],
  );
  const fixed = applyEdits(text, edits);
  return parseYaml(fixed).problems.length > 0
    ? null
    : { title: 'Indent with spaces', safe: true, edits };
}
