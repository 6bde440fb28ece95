import type { YAMLError } from 'yaml';
import type { Span } from '../text.ts';

/** A YAML problem with a message that says what to do. */
export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
  /** Only for problems that callers tell apart. */
  readonly code?: 'too-many-values';
}

/** Rewords an error of the `yaml` package; unknown errors keep the package's message. */
export function explainYamlError(error: YAMLError, text: string): YamlProblem {
  const start = Math.min(error.pos[0], text.length);
  const line = lineAt(text, start);
  const span = { start, end: Math.max(start, Math.min(error.pos[1], line.end, text.length)) };
  const source = text.slice(line.start, line.end);
  return { message: unquotedTemplate(source) ?? wordsFor(error, source), span };
}

function unquotedTemplate(line: string): string | null {
  if (!/^\s*(?:- +)?(?:[\w$-]+: +)?\{\{/.test(line)) return null;
  return 'Text that starts with `{{` needs quotes or a `|` block: YAML reads an unquoted brace as a map.';
}

function wordsFor(error: YAMLError, line: string): string {
  const { code, message } = error;
  const closer = /end with a ([\]}])/.exec(message)?.[1];
  if (closer)
    return `A \`${closer === ']' ? '[' : '{'}\` is not closed: add \`${closer}\`, or indent what belongs inside it.`;
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'Tabs cannot indent YAML: use spaces.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A second `: ` on one line: put the value in quotes or in a `|` block.';
    case 'BAD_DQ_ESCAPE':
      return `${message}: write \`\\\\\` for a backslash, or use single quotes.`;
    case 'BAD_SCALAR_START':
      return `${message}: put the value in quotes.`;
    case 'MULTILINE_IMPLICIT_KEY':
      return 'This line is neither `key: value` nor part of the value above: is a `:` missing, or is it indented too little?';
    case 'BAD_INDENT':
      return `Wrong indentation: ${lowerFirst(message)}.`;
    case 'MISSING_CHAR':
      if (/closing ["']/.test(message))
        return `This string is never closed: add a closing ${message.includes('"') ? '"' : "'"}.`;
      if (/Implicit map keys/.test(message)) {
        return `\`${line.trim().slice(0, 40)}\` is neither \`key: value\` nor part of the value above: is a \`:\` missing, or is it indented too little?`;
      }
      return `${message}.`;
    case 'UNEXPECTED_TOKEN':
      if (/Not a YAML token/.test(message))
        return `YAML cannot read this text here: ${message.replace(/^.*?: /, '')}. Is a quote or a \`|\` missing before it?`;
      if (/at node end/.test(message))
        return 'There is text after the end of the value. Put all of it in one pair of quotes, or in a `|` block.';
      return `${message}.`;
    case 'BAD_ALIAS':
    case 'TAG_RESOLVE_FAILED':
      return `${message}: text that begins with \`*\`, \`&\` or \`!\` needs quotes.`;
    default:
      return message.endsWith('.') ? message : `${message}.`;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}
