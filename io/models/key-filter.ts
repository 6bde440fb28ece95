import { hideKeys } from './hide-keys.ts';

/** Shorter keys are words that servers without keys are given (`none`, `EMPTY`, `lm-studio`). */
const MIN_KEY_LENGTH = 12;

/**
 * Takes a key out of a text that comes in parts, where a server says it back: the text is stored,
 * recorded and shown. What may be the beginning of the key waits for the next part.
 */
export class KeyFilter {
  readonly #key: string;
  #held = '';

  constructor(key: string | null) {
    this.#key = key === null || key.length < MIN_KEY_LENGTH ? '' : key;
  }

  /** The part without the key, and without what may become one. */
  push(part: string): string {
    if (this.#key === '') return part;
    const text = (this.#held + part).replaceAll(this.#key, '[key]');
    const from = this.#beginning(text);
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
    return this.#key === '' ? text : hideKeys(text, [this.#key]);
  }

  /** Where at the end of a text a beginning of the key stands; its length where there is none. */
  #beginning(text: string): number {
    const key = this.#key;
    for (let from = Math.max(0, text.length - key.length + 1); from < text.length; from++)
      if (key.startsWith(text.slice(from))) return from;
    return text.length;
  }
}
