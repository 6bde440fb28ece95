/**
 * Strings of bytes as 32-bit words, little-endian. The last word is filled up with 0xff, a byte that
 * UTF-8 never contains: so strings of different lengths never look alike.
 */

/** Fills a first word of which this many bytes (0–8) belong to the string. */
export const FILL_LOW: Int32Array = Int32Array.of(-1, -0x100, -0x10000, -0x1000000, 0, 0, 0, 0, 0);
/** The same for the second word. */
export const FILL_HIGH: Int32Array = Int32Array.of(
  -1,
  -1,
  -1,
  -1,
  -1,
  -0x100,
  -0x10000,
  -0x1000000,
  0,
);

/** Hash of a string of at most eight bytes. */
export function hashPair(low: number, high: number): number {
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}

/** Hash of `length` bytes; four bytes behind them must be readable. */
export function hashBytes(view: DataView, start: number, length: number): number {
  let hash = length;
  const end = start + length;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (view.getInt32(at, true) | (FILL_LOW[end - at] as number)), 0x85ebca77);
  return hash ^ (hash >>> 13);
}

/** True when two strings of `length` bytes are the same; four bytes behind each must be readable. */
export function equalBytes(
  a: DataView,
  aStart: number,
  b: DataView,
  bStart: number,
  length: number,
): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    if (a.getInt32(aStart + at, true) !== b.getInt32(bStart + at, true)) return false;
  }
  const fill = FILL_LOW[length - at] as number;
  return (a.getInt32(aStart + at, true) | fill) === (b.getInt32(bStart + at, true) | fill);
}
