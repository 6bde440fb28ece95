import type { RankTable } from './rank-table.ts';

/** Up to this many parts a scan for the lowest rank is quicker than a heap. */
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
  starts: Int32Array = new Int32Array(256);
  readonly #ranks: RankTable;
  /** Rank of the pair that begins with the part at this index; `NONE` when it is no token. */
  readonly #pairs = new Int32Array(SCANNED + 1);
  #queue: MergeQueue = new MergeQueue(0);

  constructor(ranks: RankTable) {
    this.#ranks = ranks;
  }

  /** Encodes the bytes from `start` to `end` and returns the number of tokens; O(n log n). */
  merge(view: DataView, start: number, end: number): number {
    const parts = this.#split(view, start, end);
    return parts <= SCANNED ? this.#mergeScanning(view, parts) : this.#mergeQueued(view, parts);
  }

  /** Gives back the memory that an unusually long piece took. */
  trim(): void {
    if (this.#queue.capacity > KEPT) this.#queue = new MergeQueue(0);
    if (this.starts.length > KEPT) this.starts = new Int32Array(256);
  }

  /**
   * Writes where the first parts start, and then the end: bytes, or whole characters where these are
   * tokens whose bytes cannot be joined with others before. scripts/token-tables.mjs has made sure
   * that starting from such characters gives the same tokens.
   */
  #split(view: DataView, start: number, end: number): number {
    if (this.starts.length <= end - start) this.starts = new Int32Array(2 * (end - start));
    const starts = this.starts;
    const ranks = this.#ranks;
    let parts = 0;
    for (let at = start; at < end; ) {
      starts[parts++] = at;
      const lead = view.getUint8(at);
      const next = at + (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
      const isApart =
        next > at + 1 &&
        (at === start || !ranks.isOpen(view, at - 1)) &&
        (next === end || !ranks.isOpen(view, next - 1)) &&
        ranks.rank(view, at, next - at) >= 0;
      at = isApart ? next : at + 1;
    }
    starts[parts] = end;
    return parts;
  }

  #pair(view: DataView, start: number, end: number): number {
    const rank =
      end - start === 2
        ? this.#ranks.pairRank(view, start)
        : this.#ranks.rank(view, start, end - start);
    return rank < 0 ? NONE : rank;
  }

  #mergeScanning(view: DataView, first: number): number {
    const starts = this.starts;
    const pairs = this.#pairs;
    let parts = first;
    let lowest = NONE;
    let at = 0;
    for (let i = 0; i < parts; i++) {
      const rank =
        i + 1 < parts ? this.#pair(view, starts[i] as number, starts[i + 2] as number) : NONE;
      pairs[i] = rank;
      if (rank < lowest) {
        lowest = rank;
        at = i;
      }
    }
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

  #mergeQueued(view: DataView, first: number): number {
    if (this.#queue.capacity < first) this.#queue = new MergeQueue(2 * first);
    const starts = this.starts;
    const queue = this.#queue;
    const { next, previous, pairs } = queue;
    queue.clear();
    for (let i = 0; i < first; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      const rank =
        i + 1 < first ? this.#pair(view, starts[i] as number, starts[i + 2] as number) : NONE;
      pairs[i] = rank;
      if (rank !== NONE) queue.append(rank, i);
    }
    queue.order();
    while (queue.pop()) {
      const at = queue.position;
      // An entry is stale when the pair at its place has been joined or has grown since.
      if (pairs[at] !== queue.rank) continue;
      const joined = next[at] as number;
      const after = next[joined] as number;
      const before = previous[at] as number;
      next[at] = after;
      pairs[joined] = NONE;
      pairs[at] = NONE;
      if (after < first) {
        previous[after] = at;
        const behind = starts[next[after] as number] as number;
        const rank = this.#pair(view, starts[at] as number, behind);
        pairs[at] = rank;
        if (rank !== NONE) queue.push(rank, at);
      }
      if (before >= 0) {
        const rank = this.#pair(view, starts[before] as number, starts[after] as number);
        pairs[before] = rank;
        if (rank !== NONE) queue.push(rank, before);
      }
    }
    let parts = 0;
    for (let i = 0; i < first; i = next[i] as number) starts[parts++] = starts[i] as number;
    starts[parts] = starts[first] as number;
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
