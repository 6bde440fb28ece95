/** The position of a cursor inside `{…}` or `[…]`. */
export interface FlowPlace {
  readonly path: readonly (string | number)[];
  /** The word before the cursor can be a key of the innermost map. */
  readonly isKey: boolean;
  readonly word: string;
  /** Keys before the cursor in the same map. */
  readonly siblings: readonly string[];
}

interface Frame {
  readonly isMap: boolean;
  readonly keys: string[];
  key: string | null;
  index: number;
}

/** Reads a flow collection from its opening bracket to the cursor; null if it ends before the cursor. */
export function findFlowPlace(text: string, from: number, cursor: number): FlowPlace | null {
  const frames: Frame[] = [];
  let word = '';
  for (let i = from; i < cursor; i++) {
    const char = text[i] ?? '';
    const top = frames.at(-1);
    if (char === '{' || char === '[') {
      frames.push({ isMap: char === '{', keys: [], key: null, index: 0 });
      word = '';
    } else if (char === '}' || char === ']') {
      frames.pop();
      if (frames.length === 0) return null;
      word = '';
    } else if (char === ',') {
      if (top) {
        top.key = null;
        top.index++;
      }
      word = '';
    } else if (char === ':' && top?.isMap && /[\s,}]|^$/.test(text[i + 1] ?? '')) {
      top.key = word.trim();
      top.keys.push(top.key);
      word = '';
    } else if (word.trim() === '' && (char === '"' || char === "'")) {
      const end = text.indexOf(char, i + 1);
      if (end < 0 || end >= cursor) {
        word = text.slice(i + 1, cursor);
        break;
      }
      word = text.slice(i + 1, end);
      i = end;
    } else word += char;
  }
  const top = frames.at(-1);
  if (!top) return null;
  const isKey = top.isMap && top.key === null;
  const path = frames.flatMap((frame): (string | number)[] =>
    frame.isMap ? (frame.key === null ? [] : [frame.key]) : [frame.index],
  );
  return { path, isKey, word: word.trimStart(), siblings: top.keys };
}
