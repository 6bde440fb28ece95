import type { Fix, Rule } from '../../lint/engine/rule.ts';
import { scalarText } from '../../prompt/edit.ts';
import type { Template } from '../../prompt/template.ts';

export const foldedNewline: Rule = {
  id: 'folded-newline',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml'],
  fix: 'unsafe',
  summary: 'A `\\n` in plain, single-quoted or folded text is sent as two characters',
  docs: {
    why: 'YAML reads `\\n` as a line break only in double quotes. Everywhere else, the model gets a backslash and an n. Use a `|` block for text with several lines.',
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
    for (const { template, place } of templates) {
      const { style } = template.node;
      if (place !== 'message' && place !== 'judge') continue;
      if (style === 'double' || style === 'literal' || !template.text.includes('\\n')) continue;
      const breaks = findLineBreaks(template.text);
      const first = breaks[0];
      if (first === undefined) continue;
      const more = breaks.length > 1 ? `, here and ${breaks.length - 1} times more` : '';
      yield {
        message: `The model gets a backslash and an n here instead of a line break${more}. Use a \`|\` block or double quotes.`,
        span: template.span(first, first + 2),
        fixes: [writeAsBlock(template, breaks, prompt.text)],
      };
    }
  },
};

/** Finds each `\n` that was most likely meant as a line break. */
function findLineBreaks(text: string): number[] {
  const found: number[] = [];
  let isQuoted = false;
  let isCode = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\n') isQuoted = false;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === '`') isCode = !isCode;
    else if (char === '\\') {
      if (text[i + 1] === 'n' && !isQuoted && !isCode && isBreak(text, i)) found.push(i);
      i++;
    }
  }
  return found;
}

/** False for part of a path (`C:\new`), a command (`\nabla`) or a mention (`'\n'`). */
function isBreak(text: string, at: number): boolean {
  const [before = '', after = ''] = [text[at - 1], text[at + 2]];
  if (before === after && /['‘’“”]/.test(before)) return false;
  if (after === '\\' && text[at + 3] === 'n') return true;
  if (text.slice(Math.max(at - 2, 0), at) === '\\n') return true;
  if (
    /[A-Za-z]:$/.test(text.slice(Math.max(at - 2, 0), at)) &&
    /(^|[^A-Za-z])[A-Za-z]:$/.test(text.slice(Math.max(at - 3, 0), at))
  )
    return false;
  if (/[a-z]/.test(after)) return /[.:!?,;)\]}]/.test(before);
  const word = /[^\s]{0,200}$/.exec(text.slice(Math.max(at - 200, 0), at))?.[0] ?? '';
  return !/[\\/]/.test(word) || !/\w/.test(after);
}

/** Writes the text as a block with real line breaks. */
function writeAsBlock({ node, text }: Template, breaks: readonly number[], fileText: string): Fix {
  let value = '';
  let from = 0;
  for (const at of breaks) {
    value += `${text.slice(from, at)}\n`;
    from = at + 2;
  }
  value += text.slice(from);
  const { start, end } = node.span;
  const lineStart = fileText.lastIndexOf('\n', start - 1) + 1;
  const indent = /^ *(?:- +)*/.exec(fileText.slice(lineStart, start))?.[0].length ?? 0;
  const yaml = scalarText(value).replaceAll(/\n(?!\n|$)/g, `\n${' '.repeat(indent)}`);
  const edits = [{ span: { start, end }, text: yaml }];
  return { title: 'Write it as a block with real line breaks', safe: false, edits };
}
