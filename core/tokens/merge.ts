import type { RankTable } from './rank-table.ts';

/** Up to this many bytes a scan for the lowest rank is quicker than a heap. */
const SCANNED = 48;
/** Work arrays of longer pieces are not kept. */
const KEPT = 1 << 16;
const NONE = 0x7fffffff;

/**
 * Byte pair encoding of one piece: from single bytes on, the pair of neighbours with the lowest rank
 * (the leftmost of several) is joined until no pair is a token.
 */
export class Merger {
  /** After `merge` the offsets where the tokens start, and then where the piece ends. */
  starts: Int32Array = new Int32Array(SCANNED + 1);
  readonly #ranks: RankTable;
  /** Rank of the pair that begins with the part at this index; `NONE` when it is no token. */
  readonly #pairs = new Int32Array(SCANNED + 1);
  #queue: MergeQueue = new MergeQueue(0);

  constructor(ranks: RankTable) {
    this.#ranks = ranks;
  }

  /** Encodes the bytes from `start` to `end` and returns the number of tokens; O(n log n). */
  merge(view: DataView, start: number, end: number): number {
    return end - start <= SCANNED
      ? this.#mergeScanning(view, start, end)
      : this.#mergeQueued(view, start, end);
  }

  /** Gives back the memory that an unusually long piece took. */
  trim(): void {
    if (this.#queue.capacity > KEPT) this.#queue = new MergeQueue(0);
    if (this.starts.length > KEPT) this.starts = new Int32Array(SCANNED + 1);
  }

  #bytePair(view: DataView, start: number): number {
    const rank = this.#ranks.pairRank(view, start);
    return rank < 0 ? NONE : rank;
  }

  #pair(view: DataView, start: number, end: number): number {
    const rank = this.#ranks.rank(view, start, end - start);
    return rank < 0 ? NONE : rank;
  }

  #mergeScanning(view: DataView, start: number, end: number): number {
    const starts = this.starts;
    const pairs = this.#pairs;
    let parts = end - start;
    let lowest = NONE;
    let at = 0;
    for (let i = 0; i < parts; i++) {
      starts[i] = start + i;
      const rank = i + 1 < parts ? this.#bytePair(view, start + i) : NONE;
      pairs[i] = rank;
      if (rank < lowest) {
        lowest = rank;
        at = i;
      }
    }
    starts[parts] = end;
    while (lowest !== NONE) {
      parts--;
      for (let i = at + 1; i <= parts; i++) {
        starts[i] = starts[i + 1] as number;
        pairs[i] = pairs[i + 1] as number;
      }
      pairs[at] =
        at + 1 < parts ? this.#pair(view, starts[at] as number, starts[at + 2] as number) : NONE;
      if (at > 0) {
        pairs[at - 1] = this.#pair(view, starts[at - 1] as number, starts[at + 1] as number);
      }
      lowest = NONE;
      for (let i = 0; i < parts; i++) {
        const rank = pairs[i] as number;
        if (rank < lowest) {
          lowest = rank;
          at = i;
        }
      }
    }
    return parts;
  }

  #mergeQueued(view: DataView, start: number, end: number): number {
    const length = end - start;
    if (this.#queue.capacity < length) this.#queue = new MergeQueue(2 * length);
    const queue = this.#queue;
    const { next, previous, pairs } = queue;
    queue.clear();
    for (let i = 0; i < length; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      const rank = i + 1 < length ? this.#bytePair(view, start + i) : NONE;
      pairs[i] = rank;
      if (rank !== NONE) queue.append(rank, i);
    }
    queue.order();
    let parts = length;
    while (queue.pop()) {
      const at = queue.position;
      // An entry is stale when the pair at its place has been joined or has grown since.
      if (pairs[at] !== queue.rank) continue;
      const joined = next[at] as number;
      const after = next[joined] as number;
      const before = previous[at] as number;
      next[at] = after;
      if (after < length) previous[after] = at;
      pairs[joined] = NONE;
      parts--;
      const right =
        after < length ? this.#pair(view, start + at, start + (next[after] as number)) : NONE;
      pairs[at] = right;
      if (right !== NONE) queue.push(right, at);
      if (before >= 0) {
        const left = this.#pair(view, start + before, start + after);
        pairs[before] = left;
        if (left !== NONE) queue.push(left, before);
      }
    }
    if (this.starts.length <= parts) this.starts = new Int32Array(parts + 1);
    let at = 0;
    for (let i = 0; i <= parts; i++) {
      this.starts[i] = start + at;
      at = next[at] as number;
    }
    return parts;
  }
}

/** The linked parts of one long piece, and a binary heap of its pairs by rank, then position. */
class MergeQueue {
  readonly capacity: number;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly pairs: Int32Array;
  /** What `pop` took. */
  rank = 0;
  position = 0;
  /** rank × 2³² + position. Each join takes one entry and adds at most two. */
  readonly #heap: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.next = new Int32Array(capacity);
    this.previous = new Int32Array(capacity);
    this.pairs = new Int32Array(capacity);
    this.#heap = new Float64Array(capacity * 2);
  }

  clear(): void {
    this.#size = 0;
  }

  /** Adds without ordering; `order` must follow. */
  append(rank: number, position: number): void {
    this.#heap[this.#size++] = rank * 2 ** 32 + position;
  }

  order(): void {
    for (let i = (this.#size >> 1) - 1; i >= 0; i--) this.#sink(i, this.#heap[i] as number);
  }

  push(rank: number, position: number): void {
    const heap = this.#heap;
    const entry = rank * 2 ** 32 + position;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as number;
      if (above <= entry) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** Takes the lowest entry into `rank` and `position`; false when there is none. */
  pop(): boolean {
    if (this.#size === 0) return false;
    const top = this.#heap[0] as number;
    this.rank = Math.floor(top / 2 ** 32);
    this.position = top - this.rank * 2 ** 32;
    this.#size--;
    if (this.#size > 0) this.#sink(0, this.#heap[this.#size] as number);
    return true;
  }

  #sink(from: number, entry: number): void {
    const heap = this.#heap;
    const size = this.#size;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (heap[child + 1] as number) < (heap[child] as number)) child++;
      if ((heap[child] as number) >= entry) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = entry;
  }
}
