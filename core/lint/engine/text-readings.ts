/** UTF-16 units of text that one generation of one reading caches. */
const CAPACITY = 1_000_000;

/**
 * Caches readings of texts, which several rules need again on every keystroke: an edit leaves most
 * texts of a file unchanged. Two generations bound the cache. One instance may serve any number of
 * lint runs.
 */
export class TextReadings {
  readonly #memos = new Map<object, Memo<unknown>>();

  /** The result of a reading of a text. The function must be the same for all calls and depend only on the text. */
  get<T>(reading: (text: string) => T, text: string): T {
    let memo = this.#memos.get(reading) as Memo<T> | undefined;
    if (!memo) {
      memo = new Memo<T>();
      this.#memos.set(reading, memo);
    }
    return memo.get(text, reading);
  }
}

class Memo<T> {
  #young = new Map<string, { readonly value: T }>();
  #old = new Map<string, { readonly value: T }>();
  #size = 0;

  get(text: string, read: (text: string) => T): T {
    const young = this.#young.get(text);
    if (young) return young.value;
    const entry = this.#old.get(text) ?? { value: read(text) };
    if (this.#size + text.length > CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#young.set(text, entry);
    this.#size += text.length;
    return entry.value;
  }
}
