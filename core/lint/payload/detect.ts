import type { Span } from '../../text.ts';
import type { Signals } from '../signals/signal.ts';
import { findEncodedRuns } from './encoded.ts';
import { isMention } from './mentions.ts';
import { type Disguise, type Normalized, normalize } from './normalize.ts';
import { findHeaviest, type Hit, type Score, Scorer } from './scorer.ts';
import { joinSpacedLetters, reverse, reverseWords, rot13 } from './views.ts';
import { readWords, type Words } from './words.ts';

/** How a text must be read to reveal its payload. */
export type View =
  | 'plain'
  | 'entities'
  | 'leet'
  | 'spaced'
  | 'rot13'
  | 'reversed'
  | 'base64'
  | 'hex';

/** A prompt injection: text that tries to steer the model that reads it. */
export interface Payload {
  readonly view: View;
  readonly score: number;
  /** Its span in the original text. */
  readonly span: Span;
  /** What the view reads there, for messages; cut to one line. */
  readonly excerpt: string;
  readonly signals: readonly string[];
  readonly disguises: ReadonlySet<Disguise>;
}

/** A text prepared for scoring. */
interface Read {
  readonly normalized: Normalized;
  readonly words: Words;
  readonly hits: readonly Hit[];
}

/** Texts with at least this score are reported. */
export const THRESHOLD = 1;
/** Tolerance for floating-point sums of weights. */
const EPSILON = 1e-9;

/** Finds prompt injection payloads in texts. Deterministic. Time is linear in the text's length. */
export class PayloadDetector {
  readonly #signals: Signals | undefined;
  #made: Scorer | undefined;

  /** `signals`: those that count; all by default. */
  constructor(signals?: Signals) {
    this.#signals = signals;
  }

  /** Created on first use: it takes some milliseconds. */
  get #scorer(): Scorer {
    this.#made ??= new Scorer(this.#signals);
    return this.#made;
  }

  /** Finds the payload in data: test rows, few-shot values, anything that a third party may have written. */
  detect(text: string): Payload | null {
    const { normalized, words, hits } = this.#read(text);
    const score = findHeaviest(hits);
    if (fires(score)) return plainPayload(normalized, score);
    return this.#hidden(normalized, words) ?? this.#encoded(text);
  }

  /**
   * Finds the payloads in a text by the prompt's author, in one pass. `authored`: only signals that do not belong
   * there, without mentions. `encoded`: what only decoding reveals (base64, hex, ROT13, reversed, spaced).
   */
  detectBoth(text: string): Record<'authored' | 'encoded', Payload | null> {
    const read = this.#read(text);
    return { authored: this.#findAuthored(read), encoded: this.#findEncoded(text, read) };
  }

  /** Scores a text with its disguises undone. For measurements. */
  score(text: string): Score {
    return findHeaviest(this.#read(text).hits);
  }

  #findAuthored({ normalized, hits }: Read): Payload | null {
    const strict = hits.filter((hit) => hit.strict && !isMention(normalized.text, hit.span));
    const score = findHeaviest(strict);
    return fires(score) ? plainPayload(normalized, score) : null;
  }

  #findEncoded(text: string, { normalized, words, hits }: Read): Payload | null {
    const score = findHeaviest(hits);
    if (isWritten(normalized) && fires(score)) return plainPayload(normalized, score);
    return this.#hidden(normalized, words) ?? this.#encoded(text);
  }

  #read(text: string): Read {
    const normalized = normalize(text);
    const words = readWords(normalized.text, this.#scorer.lexicon);
    return { normalized, words, hits: this.#scorer.hits(normalized.text, words) };
  }

  #hidden(normalized: Normalized, words: Words): Payload | null {
    const { text, map } = normalized;
    const whole = map.span(0, text.length);
    const { disguises } = normalized;
    if (words.leet >= 2) {
      const found = this.#view('leet', text, whole, disguises, true);
      if (found) return found;
    }
    const apart = joinSpacedLetters(text);
    if (apart) {
      const span = map.span(apart.span.start, apart.span.end);
      const found = this.#view('spaced', apart.text, span, disguises);
      if (found) return found;
    }
    if (words.rot13 >= 2) {
      const found = this.#view('rot13', rot13(text), whole, disguises);
      if (found) return found;
    }
    if (words.reversed < 2) return null;
    return (
      this.#view('reversed', reverse(text), whole, disguises) ??
      this.#view('reversed', reverseWords(text), whole, disguises)
    );
  }

  #encoded(text: string): Payload | null {
    for (const run of findEncodedRuns(text)) {
      const inner = normalize(run.text);
      const found = this.#view(run.encoding, inner.text, run.span, inner.disguises);
      if (found) return found;
    }
    return null;
  }

  #view(
    view: View,
    text: string,
    span: Span,
    disguises: ReadonlySet<Disguise>,
    readsDigits = false,
  ): Payload | null {
    const words = readWords(text, this.#scorer.lexicon, readsDigits);
    const score = findHeaviest(this.#scorer.hits(text, words));
    return fires(score) ? { view, span, ...describePayload(text, score), disguises } : null;
  }
}

function fires({ score }: Score): boolean {
  return score >= THRESHOLD - EPSILON;
}

/** True if the text was written with entities or escapes. */
function isWritten({ disguises }: Normalized): boolean {
  return disguises.has('entities') || disguises.has('escapes');
}

function plainPayload(normalized: Normalized, score: Score): Payload {
  const { start, end } = heaviestHit(score.hits).span;
  const { disguises, map, text } = normalized;
  const view = isWritten(normalized) ? 'entities' : 'plain';
  return { view, span: map.span(start, end), ...describePayload(text, score), disguises };
}

function describePayload(
  text: string,
  { score, hits }: Score,
): Pick<Payload, 'score' | 'excerpt' | 'signals'> {
  const { start, end } = heaviestHit(hits).span;
  const excerpt = text.slice(start, Math.min(end, start + 80)).replace(/\s+/g, ' ');
  return { score, excerpt, signals: [...new Set(hits.map(({ signal }) => signal))] };
}

/** The heaviest hit of a score. */
function heaviestHit(hits: readonly Hit[]): Hit {
  return hits.reduce((a, b) => (b.weight > a.weight ? b : a));
}
