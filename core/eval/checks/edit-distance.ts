/**
 * The Levenshtein distance of two texts in code points when it is at most `limit`, else null.
 * Only the band of width 2·d+1 around the diagonal is computed, with d doubled until it suffices
 * (Ukkonen 1985): O(n·d).
 */
export function editDistance(a: string, b: string, limit: number): number | null {
  const left = codePoints(a);
  const right = codePoints(b);
  let start = 0;
  let endA = left.length;
  let endB = right.length;
  while (start < endA && start < endB && left[start] === right[start]) start++;
  while (endA > start && endB > start && left[endA - 1] === right[endB - 1]) {
    endA--;
    endB--;
  }
  const x = left.subarray(start, endA);
  const y = right.subarray(start, endB);
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  const most = Math.min(limit, long.length);
  for (let d = Math.min(8, most); ; d = Math.min(2 * d, most)) {
    const distance = banded(short, long, d);
    if (distance !== null || d >= most) return distance;
  }
}

/** The number of code points. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00)
      length--;
  }
  return length;
}

function banded(short: Int32Array, long: Int32Array, d: number): number | null {
  const n = short.length;
  const m = long.length;
  if (m - n > d) return null;
  const far = d + 1;
  let before = new Int32Array(n + 1).fill(far);
  let row = new Int32Array(n + 1).fill(far);
  for (let j = 0; j <= Math.min(n, d); j++) before[j] = j;
  for (let i = 1; i <= m; i++) {
    const from = Math.max(1, i - d);
    const to = Math.min(n, i + d);
    row[from - 1] = from === 1 && i <= d ? i : far;
    let best = row[from - 1] ?? far;
    for (let j = from; j <= to; j++) {
      const substitute = (before[j - 1] ?? far) + (long[i - 1] === short[j - 1] ? 0 : 1);
      // The cell above the band's upper edge was not computed in the row before.
      const remove = j === i + d ? far : (before[j] ?? far) + 1;
      const insert = (row[j - 1] ?? far) + 1;
      const value = Math.min(substitute, remove, insert, far);
      row[j] = value;
      if (value < best) best = value;
    }
    if (best > d) return null;
    [before, row] = [row, before];
  }
  const distance = before[n] ?? far;
  return distance <= d ? distance : null;
}

function codePoints(text: string): Int32Array {
  const points = new Int32Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; length++) {
    const point = text.codePointAt(i) ?? 0;
    points[length] = point;
    i += point > 0xffff ? 2 : 1;
  }
  return points.subarray(0, length);
}
