import { type CST, Lexer, Parser } from 'yaml';
import type { Span } from '../text.ts';
import type { YamlProblem } from './yaml-messages.ts';

/** Deeper nesting is rejected before the composer recurses into it: V8 aborts near its stack limit. */
export const MAX_DEPTH = 64;
/**
 * Maximum number of lexemes: one takes 3 to 6 µs, and prompt files have one per 5 to 8 characters.
 * Denser text (`[a,a,a,…`) is not a prompt and would make every keystroke slow.
 */
const maxLexemes = (length: number): number => 60_000 + length / 4;
/** Further errors are consequences of these; each costs a stack trace. */
const MAX_ERROR_TOKENS = 200;
/** Maximum anchors and tags before one node: the composer compares every pair. */
const MAX_PROPERTIES = 100;

export interface YamlTokens {
  readonly tokens: CST.Token[];
  readonly refused: YamlProblem | null;
  readonly second: Span | null;
}

/** Reads the first document's tokens, unless the composer could not process them in bounded time and stack. */
export function readTokens(text: string): YamlTokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  let properties = 0;
  let hasDocument = false;
  let errors = 0;
  const limit = maxLexemes(text.length);
  /** Keeps a token, or records the span of a second document. */
  const take = (token: CST.Token): Span | null => {
    const isDocument = token.type === 'document';
    if (isDocument && hasDocument) return { start: token.offset, end: lineEnd(text, token.offset) };
    hasDocument ||= isDocument;
    if (isDocument) {
      cut(token.end);
      if (token.value && 'end' in token.value) cut(token.value.end);
    }
    if ((token.type === 'error' || token.type === 'directive') && ++errors > MAX_ERROR_TOKENS)
      return null;
    tokens.push(token);
    return null;
  };
  const refuse = (message: string, code?: YamlProblem['code']): YamlTokens => {
    const start = Math.min(parser.offset, Math.max(0, text.length - 1));
    return {
      tokens: [],
      refused: {
        message,
        span: { start, end: Math.min(start + 1, text.length) },
        ...(code ? { code } : {}),
      },
      second: null,
    };
  };
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      const second = take(token);
      if (second) return { tokens, refused: null, second };
    }
    const first = lexeme.charCodeAt(0);
    if (first === AMPERSAND || first === EXCLAMATION) properties++;
    else if (first > SPACE) properties = 0;
    if (properties > MAX_PROPERTIES) return refuse('Too many anchors or tags before one value.');
    // Every open collection is on the parser's stack, above the document itself.
    if (parser.stack.length > MAX_DEPTH + 1)
      return refuse(`Nested more than ${MAX_DEPTH} levels deep: flatten this part of the file.`);
    if (++lexemes > limit)
      return refuse(
        'This file has too many YAML values to be read. Move test data to a file under `testFiles`.',
        'too-many-values',
      );
  }
  for (const token of parser.end()) {
    const second = take(token);
    if (second) return { tokens, refused: null, second };
  }
  return { tokens, refused: null, second: null };
}

function cut(tokens: unknown[] | undefined): void {
  if (tokens && tokens.length > MAX_ERROR_TOKENS) tokens.length = MAX_ERROR_TOKENS;
}

const AMPERSAND = 38;
const EXCLAMATION = 33;
const SPACE = 32;

/** Finds the offset of the next line break, or the text's end. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
