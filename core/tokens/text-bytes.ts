/** Bytes that may be read behind the text, so that two words can be loaded anywhere in it. */
const MARGIN = 16;
const KEPT = 1 << 20;

/** One text as UTF-8, in a buffer that is used again, with `END_BYTE` behind it. */
export class TextBytes {
  bytes: Uint8Array = new Uint8Array(1024);
  view: DataView = new DataView(this.bytes.buffer);
  readonly #encoder = new TextEncoder();

  /** Replaces the text and returns its length in bytes. Lone surrogates become U+FFFD. */
  load(text: string): number {
    const needed = text.length * 3 + MARGIN;
    if (needed > this.bytes.length) this.#resize(Math.max(needed, this.bytes.length * 2));
    const { written } = this.#encoder.encodeInto(text, this.bytes);
    // END_BYTE all over the margin; `fill` would take longer than many a text.
    for (let at = written; at < written + MARGIN; at += 4) this.view.setInt32(at, -1);
    return written;
  }

  /** Gives back the memory that an unusually long text took. */
  trim(): void {
    if (this.bytes.length > KEPT) this.#resize(1024);
  }

  #resize(size: number): void {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }
}
