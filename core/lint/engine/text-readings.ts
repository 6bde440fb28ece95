/** UTF-16 units of text that one generation of one reading remembers. */
const CAPACITY = 1_000_000;

/**
 * Reads each text once, though several rules ask and every keystroke asks again: an edit leaves most
 * texts of a file as they were. Two generations bound what is remembered. One may serve any number of
 * lint runs.
 */
export class TextReadings {
  readonly #memos = new Map<object, Memo<unknown>>();

  /** What a reading makes of a text. It must be one function for all calls, and depend on nothing else. */
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
