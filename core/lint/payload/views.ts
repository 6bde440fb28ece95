import type { Span } from '../../text.ts';

/** Fewer single letters in a row are initials or a list. */
const MIN_SPACED = 5;

/** Applies ROT13. */
export function rot13(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const base = code >= 97 && code <= 122 ? 97 : code >= 65 && code <= 90 ? 65 : 0;
    out += base === 0 ? text[i] : String.fromCharCode(((code - base + 13) % 26) + base);
  }
  return out;
}

/** Reverses the characters of a text. */
export function reverse(text: string): string {
  return [...text].reverse().join('');
}

/** Reverses each word and keeps their order. */
export function reverseWords(text: string): string {
  return text.replace(/[\p{L}\p{N}']+/gu, reverse);
}

/**
 * Joins `i g n o r e` and `i-g-n-o-r-e` to words; null if the text has none. Gaps wider
 * than those between the letters separate words.
 */
export function joinSpacedLetters(text: string): { text: string; span: Span } | null {
  // Short words count only after a long one shows that the text is spaced.
  return joinSpaced(text, MIN_SPACED) && joinSpaced(text, 2);
}

function joinSpaced(text: string, shortest: number): { text: string; span: Span } | null {
  let out = '';
  let from = 0;
  let first = -1;
  for (let at = 0; at < text.length; ) {
    const run = isLetter(text.charCodeAt(at)) ? readSpacedRun(text, at, shortest) : null;
    if (!run) {
      // The rest of a word cannot begin a run.
      if (isLetter(text.charCodeAt(at)))
        while (at < text.length && isLetter(text.charCodeAt(at))) at++;
      else at++;
      continue;
    }
    out += `${text.slice(from, at)}${run.text} `;
    if (first < 0) first = at;
    at = run.end;
    from = run.end;
  }
  return first < 0 ? null : { text: out + text.slice(from), span: { start: first, end: from } };
}

function readSpacedRun(
  text: string,
  start: number,
  shortest: number,
): { text: string; end: number } | null {
  const gap = text.charAt(start + 1);
  if (gap === '' || !GAPS.includes(gap) || isLetter(text.charCodeAt(start - 1))) return null;
  let letters = 1;
  let word = text.charAt(start);
  let end = start + 1;
  while (text.charAt(end) === gap) {
    let to = end;
    while (to < text.length && to - end < MAX_GAP && !isLetter(text.charCodeAt(to))) to++;
    const isAlone = isLetter(text.charCodeAt(to)) && !isLetter(text.charCodeAt(to + 1));
    if (!isAlone) break;
    word += to - end === 1 ? text.charAt(to) : ` ${text.charAt(to)}`;
    letters++;
    end = to + 1;
  }
  return letters >= shortest ? { text: word, end } : null;
}

/** Separators between spaced letters. */
const GAPS = ' .-_*/|·,~+';
/** Maximum gap between two words of such a text. */
const MAX_GAP = 8;

function isLetter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code >= 0xc0
  );
}
