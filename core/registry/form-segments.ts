import type { TextToken } from './split-words.ts';
import type { TokenEdit } from './tidy-edits.ts';

/** A stretch of two texts: in both, or in one of them only. */
export interface TextSegment {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** The segments that edits of one token list into another give. The last tokens of both stay. */
export function formSegments(
  left: readonly TextToken[],
  right: readonly TextToken[],
  edits: readonly TokenEdit[],
): TextSegment[] {
  const segments = new SegmentList();
  let [x, y] = [0, 0];
  const end = { x: left.length, y: right.length, endX: left.length, endY: right.length };
  for (const edit of [...edits, end]) {
    for (; x < edit.x; [x, y] = [x + 1, y + 1]) {
      segments.addChange(left[x]?.space ?? '', right[y]?.space ?? '');
      segments.add('same', left[x]?.text ?? '');
    }
    if (edit === end) break;
    // The space before the next token that stays is compared with the edit.
    const removed = joinTokens(left, edit.x, edit.endX) + (left[edit.endX]?.space ?? '');
    const added = joinTokens(right, edit.y, edit.endY) + (right[edit.endY]?.space ?? '');
    segments.addChange(removed, added);
    segments.add('same', left[edit.endX]?.text ?? '');
    [x, y] = [edit.endX + 1, edit.endY + 1];
  }
  return segments.list;
}

function joinTokens(tokens: readonly TextToken[], from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += (tokens[i]?.space ?? '') + (tokens[i]?.text ?? '');
  return text;
}

/** Segments in order; neighbors of one kind are joined. */
class SegmentList {
  readonly list: { kind: TextSegment['kind']; text: string }[] = [];

  add(kind: TextSegment['kind'], text: string): void {
    const last = this.list.at(-1);
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else this.list.push({ kind, text });
  }

  /** Adds a replacement; white space that both texts start or end with stays. */
  addChange(removed: string, added: string): void {
    let [start, end] = [0, 0];
    const most = Math.min(removed.length, added.length);
    while (start < most && removed[start] === added[start] && isSpace(removed[start])) start++;
    while (
      end < most - start &&
      removed.at(-1 - end) === added.at(-1 - end) &&
      isSpace(removed.at(-1 - end))
    )
      end++;
    this.add('same', removed.slice(0, start));
    this.add('removed', removed.slice(start, removed.length - end));
    this.add('added', added.slice(start, added.length - end));
    this.add('same', removed.slice(removed.length - end));
  }
}

function isSpace(character: string | undefined): boolean {
  return /^\s$/.test(character ?? '');
}
