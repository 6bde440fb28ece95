import { type Payload, PayloadDetector } from './detect.ts';

/** The detector is made once: its patterns never change. */
const detector = new PayloadDetector();

/** UTF-16 units of text that one generation remembers. */
const CAPACITY = 1_000_000;

/**
 * Looks at each text once, though several rules ask and every keystroke asks again. Two generations
 * bound what it remembers. One reader may serve any number of lint runs.
 */
export class PayloadReader {
  readonly #found = new Memo();
  readonly #authored = new Memo();
  readonly #encoded = new Memo();

  /** The payload in data. */
  inData(text: string): Payload | null {
    return this.#found.get(text, () => detector.detect(text));
  }

  /** The payload in a text that the author wrote. */
  inAuthored(text: string): Payload | null {
    return this.#authored.get(text, () => detector.detectAuthored(text));
  }

  /** The payload that shows only when decoded. */
  encoded(text: string): Payload | null {
    return this.#encoded.get(text, () => detector.detectEncoded(text));
  }
}

class Memo {
  #young = new Map<string, Payload | null>();
  #old = new Map<string, Payload | null>();
  #size = 0;

  get(text: string, make: () => Payload | null): Payload | null {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    const payload = old === undefined ? make() : old;
    if (this.#size + text.length > CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#young.set(text, payload);
    this.#size += text.length;
    return payload;
  }
}
