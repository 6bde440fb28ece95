import { sha256Hex } from '../../hash.ts';
import type { WorkspaceFacts } from './facts.ts';
import type { Problem, Rule } from './rule.ts';
import type { TextReadings } from './text-readings.ts';

/** Marked text counts up to here, in UTF-16 units. */
const MAX_LENGTH = 500;

/**
 * Names findings so that other lines may move: 16 hex of a hash over rule and marked text, with a count
 * where the same text is marked again. Made when first asked for.
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

  /** To be asked for in the order of the problems. */
  compute(rule: Rule, { span, uri }: Problem): () => string {
    const other = uri === undefined ? undefined : this.#files?.get(uri);
    const text = uri === undefined ? this.#text : (other?.text ?? '');
    // No hash may be of a secret alone: of a short one it would be a way to guess it.
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
