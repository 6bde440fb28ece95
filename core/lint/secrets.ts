import { hideValue } from '../hide-value.ts';
import type { PromptDocument } from '../prompt/document.ts';
import { findSecrets } from '../secrets.ts';
import { applyEdits, type Edit, type Span } from '../text.ts';
import { TextReadings } from './engine/text-readings.ts';
import { mayHoldSecret, SecretText } from './secret-text.ts';

/** A secret in a text. Offsets in that text. */
export interface SecretHit {
  readonly span: Span;
  /** What it is, for messages: `GitHub token`. */
  readonly kind: string;
}

/** Port for a scanner that finds more kinds of secrets. */
export interface SecretScanner {
  scan(text: string): Promise<readonly SecretHit[]>;
}

/**
 * A secret that a scanner found in this or an earlier version of the text. It is searched for again by
 * its characters, so it is still found while other lines change.
 */
export interface KnownSecret {
  readonly kind: string;
  /** The secret, with the text before it on its line. */
  readonly letters: string;
  /** The offset of the secret in `letters`. */
  readonly offset: number;
}

/** Runs a scanner once over the whole file. */
export async function scanForSecrets(
  { text }: SecretText,
  scanner: SecretScanner,
): Promise<KnownSecret[]> {
  if (text === '') return [];
  const known = new Map<string, KnownSecret>();
  for (const { kind, span } of await scanner.scan(text)) {
    const { start, end } = narrowToPassword(text, span);
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const from = Math.max(lineStart, start - LEAD);
    const letters = text.slice(from, end);
    if (end > start) known.set(letters, { kind, letters, offset: start - from });
  }
  return [...known.values()].slice(0, MAX_KNOWN);
}

/** The secrets of one file, found on first use. */
export class FileSecrets {
  readonly #prompt: PromptDocument;
  readonly #known: readonly KnownSecret[];
  readonly #readings: TextReadings;
  #joined: SecretText | undefined;
  #placed: readonly PlacedSecret[] | undefined;
  #found: readonly SecretHit[] | undefined;
  #values: readonly string[] | undefined;

  /** `known`: what a scanner found, once it has finished. */
  constructor(
    prompt: PromptDocument,
    known: readonly KnownSecret[] = [],
    readings = new TextReadings(),
  ) {
    this.#prompt = prompt;
    this.#known = known;
    this.#readings = readings;
  }

  /** The text that a scanner gets. */
  get joined(): SecretText {
    this.#joined ??= new SecretText(this.#prompt, this.#readings);
    return this.#joined;
  }

  /** All secrets by offsets in the file, in order, without overlaps. */
  get found(): readonly SecretHit[] {
    this.#found ??= this.#find();
    return this.#found;
  }

  /** Masks the file's secrets in a text about the file. */
  hide(text: string): string {
    return this.#letters.reduce(
      (shown, value) => hideValue(shown, value, maskSecret(value), takeLead(value).length),
      text,
    );
  }

  /** True if a text contains one of the file's secrets. */
  isIn(text: string): boolean {
    return this.#letters.some((value) => text.includes(value));
  }

  /** The file with its secrets masked character by character, so that offsets do not change. */
  get hiddenText(): string {
    const { text } = this.#prompt;
    const edits = this.found.map(({ span }): Edit => {
      const secret = text.slice(span.start, span.end);
      const shown = takeLead(secret);
      return { span, text: shown + secret.slice(shown.length).replaceAll(/[^\r\n]/g, MASK) };
    });
    return applyEdits(text, edits);
  }

  /** Each secret as written in the file, as decoded, and as quoted in a message. */
  get #letters(): readonly string[] {
    if (!this.#values) {
      const { text } = this.#prompt;
      const asWritten = this.found.map(({ span }) => text.slice(span.start, span.end));
      const asRead = this.#all.map(({ letters }) => letters);
      const quoted = asRead.map((letters) => JSON.stringify(letters).slice(1, -1));
      const all = new Set([...asWritten, ...asRead, ...quoted]);
      this.#values = [...all].sort((a, b) => b.length - a.length);
    }
    return this.#values;
  }

  #find(): SecretHit[] {
    const found: SecretHit[] = [];
    for (const { kind, span } of this.#all) {
      const last = found.at(-1);
      if (last && span.start < last.span.end) {
        const end = Math.max(last.span.end, span.end);
        found[found.length - 1] = { ...last, span: { start: last.span.start, end } };
      } else found.push({ kind, span });
    }
    return found;
  }

  /** Everything that was found, in order, overlaps included. */
  get #all(): readonly PlacedSecret[] {
    this.#placed ??= [...this.#findKnown(), ...this.#findByForm()].sort(
      (a, b) => a.span.start - b.span.start,
    );
    return this.#placed;
  }

  *#findKnown(): Generator<PlacedSecret> {
    if (this.#known.length === 0) return;
    const { joined } = this;
    for (const known of this.#known) {
      for (const { kind, span: at } of findOccurrences(joined.text, known)) {
        const span = joined.span(at);
        if (span) yield { kind, span, letters: joined.text.slice(at.start, at.end) };
      }
    }
  }

  *#findByForm(): Generator<PlacedSecret> {
    const { joined } = this;
    for (const piece of joined.suspects) {
      const text = piece.lead + piece.value;
      for (const { kind, span: at } of this.#readings.get(findSecretHits, text)) {
        const span = joined.spanIn(piece, at);
        if (span) yield { kind, span, letters: text.slice(at.start, at.end) };
      }
    }
  }
}

/** A secret by offsets in the file, with its decoded text. */
interface PlacedSecret extends SecretHit {
  readonly letters: string;
}

function findSecretHits(text: string): readonly SecretHit[] {
  if (!mayHoldSecret(text)) return [];
  return findSecrets(text).map(({ what, span }) => ({
    kind: what,
    span: text.startsWith('-----BEGIN', span.start) ? extendToKeyEnd(text, span) : span,
  }));
}

/** Masks the secrets in any text that are recognizable by their form. */
export function hideSecrets(text: string): string {
  const edits = findSecretHits(text).map(({ span }): Edit => {
    return { span, text: maskSecret(text.slice(span.start, span.end)) };
  });
  return edits.length === 0 ? text : applyEdits(text, edits);
}

/** Masks a secret; the first characters of a long one stay visible. */
export function maskSecret(secret: string): string {
  return takeLead(secret) + MASK.repeat(6);
}

/** How many characters before a known secret must match too. */
const LEAD = 24;
/** Nobody reads more, and each is searched for on every keystroke. */
const MAX_KNOWN = 200;
const MASK = '•';

function takeLead(secret: string): string {
  return secret.length >= 20 ? (/^\S{1,4}/.exec(secret)?.[0] ?? '') : '';
}

function findOccurrences(text: string, { kind, letters, offset }: KnownSecret): SecretHit[] {
  const found: SecretHit[] = [];
  for (let at = text.indexOf(letters); at >= 0; at = text.indexOf(letters, at + letters.length))
    found.push({ kind, span: { start: at + offset, end: at + letters.length } });
  return found;
}

/** In an address with a password, only the password is secret. */
function narrowToPassword(text: string, span: Span): Span {
  const match = /:\/\/[^\s:@/]{1,256}:([^\s@/]{1,256})@/.exec(text.slice(span.start, span.end));
  if (!match?.[1]) return span;
  const end = span.start + match.index + match[0].length - 1;
  return { start: end - match[1].length, end };
}

/** A private key extends to its last line. */
function extendToKeyEnd(text: string, { start, end }: Span): Span {
  const last = text.slice(end, end + 20_000).indexOf('-----END');
  const close = last < 0 ? -1 : text.indexOf('KEY', end + last);
  return { start, end: close < 0 ? end : close + 'KEY-----'.length };
}
