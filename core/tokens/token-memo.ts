import type { Encoder } from './encoder.ts';

/** Shorter texts are counted faster than they are looked up. */
const MIN_LENGTH = 512;
/** UTF-16 units that one generation holds. */
const MAX_TOTAL = 2_000_000;
/** Longer texts are not remembered. */
const MAX_LENGTH = MAX_TOTAL / 4;

/**
 * Remembers the counts of texts, so that an edit recounts only the message it changed. Two generations
 * bound the memory: what was not asked for while one filled up is forgotten. One memo serves any number
 * of encoders.
 */
export class TokenMemo {
  readonly #generations = new WeakMap<Encoder, Generations>();

  count(encoder: Encoder, text: string): number {
    if (text.length < MIN_LENGTH || text.length > MAX_LENGTH) return encoder.count(text);
    let generations = this.#generations.get(encoder);
    if (!generations) {
      generations = { young: new Map(), old: new Map(), size: 0 };
      this.#generations.set(encoder, generations);
    }
    const known = generations.young.get(text) ?? generations.old.get(text);
    const count = known ?? encoder.count(text);
    if (!generations.young.has(text)) remember(generations, text, count);
    return count;
  }
}

interface Generations {
  young: Map<string, number>;
  old: Map<string, number>;
  /** UTF-16 units in `young`. */
  size: number;
}

function remember(generations: Generations, text: string, count: number): void {
  if (generations.size + text.length > MAX_TOTAL) {
    generations.old = generations.young;
    generations.young = new Map();
    generations.size = 0;
  }
  // A copy: what was cut out of a file's text would keep that whole text in memory.
  generations.young.set(` ${text}`.slice(1), count);
  generations.size += text.length;
}
