import { sha256Hex } from '../../hash.ts';
import type { WorkspaceFacts } from './facts.ts';
import type { Problem, Rule } from './rule.ts';
import type { TextReadings } from './text-readings.ts';

/** Only this much of the marked text is hashed, in UTF-16 units. */
const MAX_LENGTH = 500;

/**
 * Identifies findings independently of line numbers: 16 hex digits of a hash over rule and marked text, with a counter
 * if the same text is marked again. Computed on first use.
 */
export class Fingerprints {
  readonly #text: string;
  readonly #files: WorkspaceFacts['files'];
  readonly #readings: TextReadings;
  readonly #times = new Map<string, number>();

  constructor(text: string, files: WorkspaceFacts['files'], readings: TextReadings) {
    this.#text = text;
    this.#files = files;
    this.#readings = readings;
  }

  /** Must be called in the order of the problems. */
  compute(rule: Rule, { span, uri }: Problem): () => string {
    const other = uri === undefined ? undefined : this.#files?.get(uri);
    const text = uri === undefined ? this.#text : (other?.text ?? '');
    // A hash of a short secret alone would let an attacker guess it.
    const marked =
      rule.group === 'secrets'
        ? text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start)
        : text.slice(span.start, span.end);
    const words = marked.replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH);
    const name = `${rule.id}\n${other?.path ?? ''}\n${words}`;
    const time = this.#times.get(name) ?? 0;
    this.#times.set(name, time + 1);
    return () => this.#readings.get(shortHash, `${name}\n${time}`);
  }
}

function shortHash(text: string): string {
  return sha256Hex(text).slice(0, 16);
}
