/**
 * The Levenshtein distance of two texts in code points when it is at most `limit`, else null.
 * Only the band of width 2·d+1 around the diagonal is computed, with d doubled until it suffices
 * (Ukkonen 1985): O(n·d).
 */
export function levenshteinDistance(a: string, b: string, limit: number): number | null {
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

/**
 * The Damerau–Levenshtein distance of two short words in UTF-16 units, neighbors that change places counting
 * once (optimal string alignment). Takes the product of the lengths in time.
 */
export function damerauDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
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
