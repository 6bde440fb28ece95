import { type Payload, PayloadDetector } from './detect.ts';

/** The detector is made once: its patterns never change. */
const detector = new PayloadDetector();

/** Looks at each text of one lint run once, though several rules ask. */
export class PayloadReader {
  readonly #found = new Map<string, Payload | null>();
  readonly #encoded = new Map<string, Payload | null>();

  /** The payload in data. */
  inData(text: string): Payload | null {
    return memo(this.#found, text, () => detector.detect(text));
  }

  /** The payload in a text that the author wrote. */
  inAuthored(text: string): Payload | null {
    return detector.detectAuthored(text);
  }

  /** The payload that shows only when decoded. */
  encoded(text: string): Payload | null {
    return memo(this.#encoded, text, () => detector.detectEncoded(text));
  }
}

function memo<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.has(key) ? (known.get(key) as T) : make();
  known.set(key, value);
  return value;
}
