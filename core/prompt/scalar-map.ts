import type { Span } from '../text.ts';

/**
 * Maps offsets in a scalar's decoded value to offsets in the file, and back. Built by decoding the source again
 * (YAML 1.2.2 §7.3, §8.1) while recording which runs were copied and which were replaced.
 */
export class ScalarMap {
  /** The decoded value; equals the node's value for every string scalar. */
  readonly value: string;
  /** Ascending triples: value offset, file offset, 1 = copied unchanged, 0 = replaced. */
  readonly #runs: readonly number[];
  readonly #end: number;

  constructor(value: string, runs: readonly number[], end: number) {
    this.value = value;
    this.#runs = runs;
    this.#end = end;
  }

  /** The file offset of the character at a value offset; the token's content end past the last. */
  toSource(offset: number): number {
    if (offset >= this.value.length) return this.#end;
    const i = this.#last(0, offset);
    const { value, source, copied } = this.#run(i);
    return copied ? source + (offset - value) : source;
  }

  /** The file span of a span of the value. Includes whole escapes and folds. */
  span(start: number, end: number): Span {
    const from = this.toSource(start);
    if (end <= start) return { start: from, end: from };
    const i = this.#last(0, end - 1);
    const { value, source, copied } = this.#run(i);
    const next = this.#runs[i + 4] ?? this.#end;
    return { start: from, end: copied ? source + (end - value) : next };
  }

  /** The value offset at a file offset; inside an escape or an indentation, the start of what it decodes to. */
  toValue(offset: number): number {
    const first = this.#runs[1];
    if (first === undefined || offset <= first) return 0;
    if (offset >= this.#end) return this.value.length;
    const i = this.#last(1, offset);
    const { value, source, copied } = this.#run(i);
    const limit = this.#runs[i + 3] ?? this.value.length;
    return copied ? Math.min(value + (offset - source), limit) : value;
  }

  #run(i: number): { readonly value: number; readonly source: number; readonly copied: boolean } {
    const runs = this.#runs;
    return { value: runs[i] ?? 0, source: runs[i + 1] ?? this.#end, copied: runs[i + 2] === 1 };
  }

  /** Index of the last run whose member (0 = value, 1 = source) is at or before the offset. */
  #last(member: 0 | 1, offset: number): number {
    let low = 0;
    let high = this.#runs.length / 3 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle * 3 + member] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return low * 3;
  }
}

/** Records, while a scalar is decoded, which runs were copied and which were replaced. */
export class ScalarMapBuilder {
  readonly text: string;
  #value = '';
  #runs: number[] = [];
  #end = 0;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.#value.length;
  }

  /** Records a run of the file that is copied to the value unchanged. */
  copy(start: number, end: number): void {
    this.#end = end;
    if (end <= start) return;
    const at = this.#runs.length - 3;
    const last = this.#runs[at + 1] ?? -1;
    const isNext =
      this.#runs[at + 2] === 1 && last + (this.#value.length - (this.#runs[at] ?? 0)) === start;
    if (!isNext) this.#runs.push(this.#value.length, start, 1);
    this.#value += this.text.slice(start, end);
  }

  /** Records a run of the file that decodes to another text. */
  put(value: string, start: number, end: number): void {
    this.#end = end;
    if (value === '') return;
    this.#runs.push(this.#value.length, start, 0);
    this.#value += value;
  }

  finish(): ScalarMap {
    return new ScalarMap(this.#value, this.#runs, this.#end);
  }
}
