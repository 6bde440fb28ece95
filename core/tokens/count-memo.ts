import type { TemplateCounter } from './template-counter.ts';

/** Messages that one generation holds. */
const CAPACITY = 2_000;
/** UTF-16 units of values that are remembered. */
const MAX_VALUES = 4_000_000;

/** What was counted of a message's text. */
export interface MessageMemo {
  readonly template: TemplateCounter;
  readonly fixed: number;
  /** Its tokens in each row, and the values that they were counted for. */
  rows: { readonly values: string | null; readonly counts: readonly number[] } | null;
}

/**
 * Remembers what was counted of each message, so that an edit recounts only the message or the rows it
 * changed. Belongs to one counter. Two generations bound the memory.
 */
export class CountMemo {
  #young = new Map<string, MessageMemo>();
  #old = new Map<string, MessageMemo>();
  #values = new Map<string, number>();
  #valuesLength = 0;
  #next = 0;

  /** What is known of a text, made when it is not. */
  message(text: string, make: () => MessageMemo): MessageMemo {
    let known = this.#young.get(text);
    if (known) return known;
    known = this.#old.get(text) ?? make();
    if (this.#young.size >= CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, known);
    return known;
  }

  /** A short name for a list of values: equal names, equal lists. */
  nameOf(values: string): number {
    const known = this.#values.get(values);
    if (known !== undefined) return known;
    this.#valuesLength += values.length;
    if (this.#valuesLength > MAX_VALUES) {
      this.#values = new Map();
      this.#valuesLength = values.length;
    }
    const name = this.#next++;
    this.#values.set(values, name);
    return name;
  }
}
