/** Finds each `\n` in a text that was most likely meant as a line break. Linear in the text. */
export function findLineBreaks(text: string): number[] {
  const found: number[] = [];
  const strings = findStringEnds(text);
  const hasFormulas = COMMAND.test(text);
  let isQuoted = false;
  let isCode = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const end = strings.get(i);
    if (end !== undefined) i = end;
    else if (char === '\n') isQuoted = false;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === '`') isCode = !isCode;
    else if (char === '\\') {
      const isPlain = text[i + 1] === 'n' && !isQuoted && !isCode;
      const isCommand = hasFormulas && /[a-z]/.test(text[i + 2] ?? '');
      if (isPlain && !isCommand && isBreak(text, i)) found.push(i);
      i++;
    }
  }
  return found;
}

/** A command of LaTeX such as `\frac`, beside which `\nu` and `\neq` are commands too. */
const COMMAND = /\\[a-mo-z][A-Za-z]/;

/** Finds the strings in single or typographic quotes on one line: where each begins, and where it ends. */
function findStringEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const { 0: whole, index } of text.matchAll(STRING))
    ends.set(index, index + whole.length - 1);
  return ends;
}

const STRING =
  /(?<![\p{L}\p{N}])'[^'\n]{1,200}'(?![\p{L}\p{N}])|“[^”\n]{1,200}”|‘[^’\n]{1,200}’(?!\p{L})|«[^»\n]{1,200}»/gu;

/** False for part of a path (`C:\new`), and for a mention (`separate them by \n only`). */
function isBreak(text: string, at: number): boolean {
  const [before = '', after = ''] = [text[at - 1], text[at + 2]];
  if (after === '\\' && text[at + 3] === 'n') return true;
  if (text.slice(Math.max(at - 2, 0), at) === '\\n') return true;
  if (/(?:^|[^A-Za-z])[A-Za-z]:$/.test(text.slice(Math.max(at - 3, 0), at))) return false;
  if (/[[^/|]/.test(before)) return false;
  if (before === ' ' && !/\w/.test(after))
    return ENDS_PART.test(text.slice(Math.max(at - 20, 0), at));
  if (/[a-z]/.test(after)) return /[.:!?,;)\]}]/.test(before);
  const word = /[^\s]{0,200}$/.exec(text.slice(Math.max(at - 200, 0), at))?.[0] ?? '';
  return !/[\\/]/.test(word) || !/\w/.test(after);
}

/** The end of a sentence, a label or a placeholder, or the start of the text. */
const ENDS_PART = /(?:^|[.:!?,;)\]}>*]|\n) *$/;

/**
 * Finds each `\n` of an answer that was copied with its escapes, as from the source of a program. An answer that is
 * JSON has them rightly, and so have a few in code.
 */
export function findCopiedBreaks(text: string): number[] {
  const found = [...text.matchAll(/(?<!\\)\\n/g)].map(({ index }) => index);
  const lines = text.trimEnd().split('\n').length;
  return found.length < 3 || found.length < lines || isJson(text) ? [] : found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
