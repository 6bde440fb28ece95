import { isWordToken, type TextToken } from './split-words.ts';

/** A range of tokens of the first text that a range of the second replaces. */
export interface TokenEdit {
  readonly x: number;
  readonly y: number;
  readonly endX: number;
  readonly endY: number;
}

/** The letters that a line break between two changes is worth: they stay apart unless both are long. */
const LINE_BREAK_LETTERS = 20;

/** How far an insertion is moved, in tokens. */
const MAX_SLIDE = 200;

/**
 * Moves insertions and removals, where the same text results, to the start of a line or a sentence: a new
 * list item begins with its own dash, not with the dash of the next.
 */
export function slideEdits(
  left: readonly TextToken[],
  right: readonly TextToken[],
  edits: readonly TokenEdit[],
): TokenEdit[] {
  return edits.map((edit, i) => {
    const { x, y, endX, endY } = edit;
    if (x !== endX && y !== endY) return edit;
    const isAdded = x === endX;
    const [tokens, start, end] = isAdded ? [right, y, endY] : [left, x, endX];
    const last = edits[i - 1];
    // A token stays between two edits.
    const room = Math.min(last ? x - last.endX - 1 : x, last ? y - last.endY - 1 : y, MAX_SLIDE);
    let [best, found] = [0, rankStart(tokens, start)];
    for (let by = 1; by <= room; by++) {
      if (tokens[start - by]?.text !== tokens[end - by]?.text) break;
      const rank = rankStart(tokens, start - by);
      if (rank > found) [best, found] = [by, rank];
    }
    return { x: x - best, y: y - best, endX: endX - best, endY: endY - best };
  });
}

/** Takes tokens that both sides of an edit start or end with out of it. */
export function trimEdit(
  left: readonly TextToken[],
  right: readonly TextToken[],
  { x, y, endX, endY }: TokenEdit,
): TokenEdit {
  while (x < endX && y < endY && left[x]?.text === right[y]?.text) [x, y] = [x + 1, y + 1];
  while (x < endX && y < endY && left[endX - 1]?.text === right[endY - 1]?.text)
    [endX, endY] = [endX - 1, endY - 1];
  return { x, y, endX, endY };
}

/** How well an insertion begins at a token: at the start of a line, of a sentence, or elsewhere. */
function rankStart(tokens: readonly TextToken[], at: number): number {
  if (at === 0 || tokens[at]?.space.includes('\n')) return 2;
  return /[.!?。！？]/.test(tokens[at - 1]?.text ?? '') ? 1 : 0;
}

/** Joins edits where what stays between them is shorter than both, such as a single `the`. */
export function joinEdits(
  left: readonly TextToken[],
  right: readonly TextToken[],
  edits: readonly TokenEdit[],
): TokenEdit[] {
  const joined: { readonly edit: TokenEdit; readonly letters: number }[] = [];
  for (const one of edits) {
    let edit = one;
    let letters = Math.max(
      countLetters(left, one.x, one.endX),
      countLetters(right, one.y, one.endY),
    );
    for (let last = joined.at(-1); last; last = joined.at(-1)) {
      const kept = measureKept(left, last.edit.endX, edit.x);
      if (kept > Math.min(last.letters, letters)) break;
      joined.pop();
      edit = { ...edit, x: last.edit.x, y: last.edit.y };
      letters += last.letters;
    }
    joined.push({ edit, letters });
  }
  return joined.map(({ edit }) => trimEdit(left, right, edit));
}

/** The letters of the words from one token up to another. */
function countLetters(tokens: readonly TextToken[], from: number, to: number): number {
  let letters = 0;
  for (let i = from; i < to; i++) {
    const token = tokens[i] as TextToken;
    if (isWordToken(token)) letters += token.text.length;
  }
  return letters;
}

/** The letters and line breaks between two edits. */
function measureKept(tokens: readonly TextToken[], from: number, to: number): number {
  let breaks = 0;
  for (let i = from; i <= to; i++) if (tokens[i]?.space.includes('\n')) breaks++;
  return countLetters(tokens, from, to) + breaks * LINE_BREAK_LETTERS;
}
