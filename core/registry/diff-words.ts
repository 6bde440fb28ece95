import { diffLists } from './diff-lists.ts';
import { findAnchors } from './find-anchors.ts';
import { formSegments, type TextSegment } from './form-segments.ts';
import { splitTokens, type TextToken } from './split-words.ts';
import { joinEdits, slideEdits, type TokenEdit, trimEdit } from './tidy-edits.ts';

export type { TextSegment } from './form-segments.ts';

/** Stretches that differ by more edits are divided at words that both have once. */
const MAX_EDITS = 200;

/** How often a stretch is divided, so that the cost is bounded. */
const MAX_DEPTH = 6;

/**
 * Compares two texts word by word. The segments `same` and `removed` together are the first text, `same` and
 * `added` the second. A word that stays between two changes counts as changed when it is shorter than both,
 * so that a rewritten sentence is shown in one piece. Costs O(n log n + n · 200) for n words.
 */
export function diffWords(before: string, after: string): TextSegment[] {
  const [left, right] = [splitTokens(before), splitTokens(after)];
  const edits: TokenEdit[] = [];
  diffRange({ left, right, edits }, { x: 0, y: 0, endX: left.length, endY: right.length }, 0);
  return formSegments(left, right, slideEdits(left, right, joinEdits(left, right, edits)));
}

interface Texts {
  readonly left: readonly TextToken[];
  readonly right: readonly TextToken[];
  readonly edits: TokenEdit[];
}

function diffRange(texts: Texts, range: TokenEdit, depth: number): void {
  const { left, right, edits } = texts;
  const { x, y, endX, endY } = trimEdit(left, right, range);
  if (x === endX && y === endY) return;
  if (x === endX || y === endY) {
    edits.push({ x, y, endX, endY });
    return;
  }
  const [removed, added] = [left.slice(x, endX), right.slice(y, endY)];
  const found = diffLists(removed, added, MAX_EDITS, (a, b) => a.text === b.text);
  if (found) {
    for (const one of found) {
      const start = { x: x + one.removedAt, y: y + one.addedAt };
      const end = { endX: start.x + one.removed.length, endY: start.y + one.added.length };
      edits.push({ ...start, ...end });
    }
    return;
  }
  const anchors = depth < MAX_DEPTH ? findAnchors(removed, added) : [];
  if (anchors.length === 0) {
    edits.push({ x, y, endX, endY });
    return;
  }
  let [fromX, fromY] = [x, y];
  for (const [dx, dy] of [...anchors, [endX - x, endY - y] as const]) {
    diffRange(texts, { x: fromX, y: fromY, endX: x + dx, endY: y + dy }, depth + 1);
    [fromX, fromY] = [x + dx + 1, y + dy + 1];
  }
}
