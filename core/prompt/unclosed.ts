import type { Span } from '../text.ts';

/*
 * Finds where a string or a bracket without an end begins. Each looks back once over the text before the place where
 * the parser noticed it.
 */

/** Finds the quote that opens the string which runs up to an offset: the last one that is not escaped. */
export function findOpenQuote(text: string, until: number, quote: string): Span | null {
  for (let at = text.lastIndexOf(quote, until - 1); at >= 0; at = text.lastIndexOf(quote, at - 1)) {
    const isPair = quote === "'" && text[at - 1] === quote;
    if (isPair) at--;
    else if (quote === "'" || !isEscaped(text, at)) return { start: at, end: at + 1 };
    if (at === 0) return null;
  }
  return null;
}

/**
 * Finds the quote of an unclosed string that a later string's opening quote seems to close: the text after that quote
 * is the error. Null if the quote before the offset does not open the value of a key.
 */
export function findSwallowingQuote(text: string, at: number): Span | null {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const head = /^ *(?:- +)*[\w$-]{1,60}: +(["'])/.exec(text.slice(lineStart, at));
  if (!head) return null;
  const closing = lineStart + head[0].length - 1;
  const open = findOpenQuote(text, closing, head[1] ?? '');
  if (!open || open.start >= lineStart) return null;
  // The string before it has to begin a value on its own line, and to run on to this one.
  const before = text.slice(text.lastIndexOf('\n', open.start - 1) + 1, open.start);
  return /^ *(?:- +)*(?:[\w$-]{1,60}: +)?$/.test(before) ? open : null;
}

/** Finds the bracket that is still open at an offset. Brackets in double quotes do not count. */
export function findOpenBracket(text: string, until: number): Span | null {
  let depth = 0;
  for (let at = until - 1; at >= 0; at--) {
    const char = text[at];
    if (char === '"') {
      const open = text.lastIndexOf('"', at - 1);
      if (open > text.lastIndexOf('\n', at)) at = open;
    } else if (char === ']' || char === '}') depth++;
    else if ((char === '[' || char === '{') && depth-- === 0) return { start: at, end: at + 1 };
  }
  return null;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
