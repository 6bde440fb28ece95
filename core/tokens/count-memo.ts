import type { Figure } from './figure.ts';
import type { TemplateCounter } from './template-counter.ts';

/** UTF-16 units of messages that one generation holds. */
const MAX_TOTAL = 2_000_000;
/** What a message takes beside its text, in units. */
const PER_MESSAGE = 500;
/** UTF-16 units of values that are remembered. */
const MAX_VALUES = 4_000_000;

/** What was counted of a message's text. */
export interface MessageMemo {
  readonly template: TemplateCounter;
  readonly fixed: number;
  /** Its tokens in each row, and the values that they were counted for. */
  rows: {
    readonly values: string | null;
    readonly counts: readonly number[];
    readonly figure: Figure;
  } | null;
}

/**
 * Remembers what was counted of each message, so that an edit recounts only the message or the rows it
 * changed. Belongs to one counter. Two generations bound the memory.
 */
export class CountMemo {
  #young = new Map<string, MessageMemo>();
  #old = new Map<string, MessageMemo>();
  #size = 0;
  #values = new Map<string, number>();
  #valuesLength = 0;
  #next = 0;

  /** What is known of a text, made when it is not. */
  message(text: string, make: (text: string) => MessageMemo): MessageMemo {
    const recent = this.#young.get(text);
    if (recent) return recent;
    // A copy: what was cut out of a file's text would keep that whole text in memory.
    const own = ` ${text}`.slice(1);
    const known = this.#old.get(text) ?? make(own);
    if (this.#size + own.length + PER_MESSAGE > MAX_TOTAL) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#size += own.length + PER_MESSAGE;
    this.#young.set(own, known);
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
