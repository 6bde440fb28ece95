import { hideKeys } from './hide-keys.ts';

/** Shorter keys are words that servers without keys are given (`none`, `EMPTY`, `lm-studio`). */
const MIN_KEY_LENGTH = 12;

/**
 * Takes keys out of a text that comes in parts, where a server says them back: the text is stored,
 * recorded and shown. What may be the beginning of a key waits for the next part.
 */
export class KeyFilter {
  /** The longest first: one key may begin with another. */
  readonly #keys: readonly string[];
  #held = '';

  constructor(keys: readonly string[]) {
    this.#keys = [...new Set(keys)]
      .filter((key) => key.length >= MIN_KEY_LENGTH)
      .sort((a, b) => b.length - a.length);
  }

  /** The part without the keys, and without what may become one. */
  push(part: string): string {
    if (this.#keys.length === 0) return part;
    let text = this.#held + part;
    for (const key of this.#keys) text = text.replaceAll(key, '[key]');
    const from = Math.min(...this.#keys.map((key) => findBeginning(text, key)));
    this.#held = text.slice(from);
    return text.slice(0, from);
  }

  /** What was held back when nothing more comes; the greater part of a key is taken for it. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest.length < MIN_KEY_LENGTH ? rest : '[key]';
  }

  /** A short text as a whole, such as a model's name. */
  clean(text: string): string {
    return this.#keys.length === 0 ? text : hideKeys(text, this.#keys);
  }
}

/** Where at the end of a text a beginning of the key stands; its length where there is none. */
function findBeginning(text: string, key: string): number {
  for (let from = Math.max(0, text.length - key.length + 1); from < text.length; from++)
    if (key.startsWith(text.slice(from))) return from;
  return text.length;
}
