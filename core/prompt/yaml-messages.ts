import type { YAMLError } from 'yaml';
import type { Span } from '../text.ts';
import { findOpenBracket, findOpenQuote, findSwallowingQuote } from './unclosed.ts';

/** A YAML problem with a message that says what to do. */
export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
  /** Only for problems that callers tell apart. */
  readonly code?: 'too-many-values';
  /** True if the lines after it are not read as they were meant. */
  readonly breaksStructure?: boolean;
}

/** Rewords an error of the `yaml` package, and points at its cause if that is on another line. */
export function explainYamlError(error: YAMLError, text: string): YamlProblem {
  const start = Math.min(error.pos[0], text.length);
  const line = lineAt(text, start);
  const span = { start, end: Math.max(start, Math.min(error.pos[1], line.end, text.length)) };
  const source = text.slice(line.start, line.end);
  if (/^\s*\{%/.test(source))
    return {
      message:
        '`{% … %}` is a statement of a template language, which YAML cannot read. Run the template first and check what it writes, or remove the statements.',
      span: trimmed(line, source),
      breaksStructure: true,
    };
  const template = explainUnquotedTemplate(source);
  if (template !== null) return { message: template, span };
  const marksLine = error.code === 'BAD_INDENT' || /without - indicator/.test(error.message);
  return (
    explainUnclosed(error, text, start) ?? {
      span: marksLine ? trimmed(line, source) : span,
      ...explain(error, source, text),
    }
  );
}

/** A string or a bracket without its end: the error is wherever the parser noticed it. */
function explainUnclosed(
  { code, message }: YAMLError,
  text: string,
  at: number,
): YamlProblem | null {
  const closer = /end with a ([\]}])/.exec(message)?.[1];
  if (closer !== undefined) {
    const open = findOpenBracket(text, at);
    const bracket = closer === ']' ? '[' : '{';
    return {
      message: `This \`${bracket}\` is not closed: add \`${closer}\`, or indent what belongs inside it.`,
      span: open ?? { start: at, end: at },
      breaksStructure: true,
    };
  }
  const isAtEnd = code === 'MISSING_CHAR' && /closing ["']/.test(message);
  const quote = message.includes('"') ? '"' : "'";
  const span = isAtEnd ? findOpenQuote(text, at, quote) : findSwallowingQuote(text, at);
  if (!span) return null;
  const sign = text[span.start];
  return {
    message: `This string is never closed: add a closing ${sign}.`,
    span,
    breaksStructure: true,
  };
}

function explainUnquotedTemplate(line: string): string | null {
  if (!/^\s*(?:- +)?(?:[\w$-]+: +)?\{\{/.test(line)) return null;
  return 'Text that starts with `{{` needs quotes or a `|` block: YAML reads an unquoted brace as a map.';
}

const NEITHER =
  'This line is neither `key: value` nor part of the value above: is a `:` missing, or is it indented too little?';

type Explanation = Pick<YamlProblem, 'message' | 'breaksStructure'>;

function explain({ code, message }: YAMLError, line: string, text: string): Explanation {
  switch (code) {
    case 'TAB_AS_INDENT': {
      const count = text.match(/^ *\t/gm)?.length ?? 1;
      const where = count > 1 ? ` ${count} lines of this file begin with one.` : '';
      return {
        message: `Tabs cannot indent YAML: use spaces.${where}`,
        breaksStructure: true,
      };
    }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'A second `: ` on one line: put the value in quotes or in a `|` block.' };
    case 'BAD_DQ_ESCAPE': {
      const sequence = /sequence (\\.?)/.exec(message)?.[1] ?? '\\';
      return {
        message: `\`${sequence}\` means nothing in double quotes: write \`\\\\\` for a backslash, or use single quotes.`,
      };
    }
    case 'BAD_SCALAR_START': {
      const sign = /(\S)$/.exec(message)?.[1] ?? '';
      return { message: `A text cannot begin with \`${sign}\`: put it in quotes.` };
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: NEITHER, breaksStructure: true };
    case 'BAD_INDENT':
      return { message: explainIndent(message, line), breaksStructure: true };
    case 'MISSING_CHAR':
      return explainMissing(message, line);
    case 'UNEXPECTED_TOKEN':
      return { message: explainUnexpected(message, line), breaksStructure: true };
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
    case 'TAG_RESOLVE_FAILED':
      return { message: 'Text that begins with `*`, `&` or `!` needs quotes.' };
    case 'BAD_DIRECTIVE':
      return {
        message: 'A line that begins with `%` is not text in YAML: remove it, or indent it.',
      };
    default:
      return { message: 'YAML cannot read this: put the text in quotes or in a `|` block.' };
  }
}

function explainIndent(message: string, line: string): string {
  if (!/:(?:\s|$)|^\s*- /.test(line)) return NEITHER;
  if (/mapping items/.test(message))
    return 'Wrong indentation: the keys of a map start in the same column, and this line does not.';
  if (/sequence items/.test(message))
    return 'Wrong indentation: the items of a list start in the same column, and this line does not.';
  if (/leading empty lines/.test(message))
    return 'Wrong indentation: the empty lines before the text of this block have more spaces than the text. Remove them.';
  return 'Wrong indentation: this line belongs to what is above it, and is indented too little.';
}

function explainMissing(message: string, line: string): Explanation {
  if (/Implicit map keys/.test(message)) {
    const shown = line.trim().slice(0, 40);
    return {
      message: `\`${shown}\` is neither \`key: value\` nor part of the value above: is a \`:\` missing, or is it indented too little?`,
      breaksStructure: true,
    };
  }
  if (/Comments must/.test(message))
    return {
      message: 'A `#` begins a comment only after a space. Put text that contains it in quotes.',
    };
  if (/without - indicator/.test(message))
    return { message: 'This line is in a list and needs a `- ` before it.', breaksStructure: true };
  const sign = /^Missing (?:space after )?(\S)/.exec(message)?.[1] ?? '';
  if (/^[,:]$/.test(sign))
    return {
      message: `A \`,\` or \`:\` is missing between the parts of this list or map in brackets.`,
    };
  return { message: 'Something is missing here: put the text in quotes or in a `|` block.' };
}

function explainUnexpected(message: string, line: string): string {
  if (/at node end/.test(message))
    return 'There is text after the end of the value. Put all of it in one pair of quotes, or in a `|` block.';
  if (/Block scalar header/.test(message) || /^\s*\S.*[|>][-+\d]*\s+\S/.test(line))
    return 'Nothing can follow `|` or `>` on its line: begin the text on the next one, indented.';
  if (/, in/.test(message)) return 'There is a `,` too many in this list or map in brackets.';
  return 'YAML cannot read this text here. Is a quote or a `|` missing before it, or a line above it unfinished?';
}

function trimmed({ start, end }: Span, source: string): Span {
  return { start: start + source.length - source.trimStart().length, end };
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}
