import type { PromptDocument } from '../prompt/document.ts';
import type { Node, ScalarNode } from '../prompt/node.ts';
import { readTemplate, type Template } from '../prompt/template.ts';
import type { Span } from '../text.ts';
import { TextReadings } from './engine/text-readings.ts';

/** A value with its key, or a comment. */
export interface SecretPiece {
  /** The key before the value, such as `password: `, or an empty string. */
  readonly lead: string;
  readonly value: string;
  readonly at: ScalarNode | Span;
}

/** The decoded values of a file, each with its key, and the comments. */
export class SecretText {
  readonly pieces: readonly SecretPiece[];
  readonly #prompt: PromptDocument;
  /** The pieces that may contain a secret. Each lead ends with a space, so no secret spans lead and value. */
  readonly suspects: readonly SecretPiece[];
  readonly #templates = new Map<ScalarNode, Template>();
  #joined: { readonly text: string; readonly starts: readonly number[] } | undefined;

  constructor(prompt: PromptDocument, readings: TextReadings = new TextReadings()) {
    const isSuspect = (text: string): boolean => readings.get(mayHoldSecret, text);
    this.#prompt = prompt;
    this.pieces = collectPieces(prompt);
    this.suspects = this.pieces.filter(
      ({ lead, value }) => isSuspect(value) || (lead !== '' && isSuspect(lead)),
    );
  }

  /** All pieces, each on lines of its own; empty if none of them can contain a secret. */
  get text(): string {
    return this.suspects.length > 0 ? this.#whole.text : '';
  }

  get #whole(): { readonly text: string; readonly starts: readonly number[] } {
    if (!this.#joined) {
      const starts: number[] = [];
      let text = '';
      for (const { lead, value } of this.pieces) {
        starts.push(text.length);
        text += `${lead}${value}\n`;
      }
      this.#joined = { text, starts };
    }
    return this.#joined;
  }

  /** Maps a span of `text` to the file, cut to the piece in which it begins. */
  span({ start, end }: Span): Span | null {
    const { starts } = this.#whole;
    let at = 0;
    let high = starts.length - 1;
    while (at < high) {
      const middle = (at + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= start) at = middle;
      else high = middle - 1;
    }
    const piece = this.pieces[at];
    const from = starts[at] ?? 0;
    return piece ? this.spanIn(piece, { start: start - from, end: end - from }) : null;
  }

  /** Maps a span of a piece, lead included, to the file. Null if the span begins in the lead. */
  spanIn({ lead, value, at }: SecretPiece, { start, end }: Span): Span | null {
    const from = start - lead.length;
    const to = Math.min(end - lead.length, value.length);
    if (from < 0 || from >= to) return null;
    if (!('type' in at)) return { start: at.start + from, end: at.start + to };
    const template = this.#templates.get(at) ?? readTemplate(at, this.#prompt.text);
    this.#templates.set(at, template);
    return template.span(from, to);
  }
}

function collectPieces({ root, text }: PromptDocument): SecretPiece[] {
  const scalars: Span[] = [];
  const pieces: SecretPiece[] = [];
  const visit = (node: Node, key: string): void => {
    if (node.alias) return;
    switch (node.type) {
      case 'scalar': {
        scalars.push(node.token);
        const value = typeof node.value === 'string' ? node.value : node.source;
        const lead = key === '' ? '' : `${key}: `;
        if (node.value !== null) pieces.push({ lead, value, at: node });
        break;
      }
      case 'list':
        for (const item of node.items) visit(item, '');
        break;
      case 'map':
        for (const entry of node.entries) {
          visit(entry.key, '');
          visit(entry.value, entry.key.source.slice(0, 80));
        }
        break;
      default:
        node satisfies never;
    }
  };
  if (root) visit(root, '');
  for (const at of findCommentSpans(text, scalars))
    pieces.push({ lead: '', value: text.slice(at.start, at.end), at });
  return pieces;
}

/**
 * False if a text has nothing that every secret has: a code-like run, a key block, an address with a password.
 * This runs for every value, so runs are scanned by hand: a regular expression takes ten times as long.
 */
export function mayHoldSecret(text: string): boolean {
  for (let from = 0; from + MIN_RUN <= text.length; ) {
    // Backward: in prose, the first characters checked end the search, and the rest is skipped.
    let at = from + MIN_RUN - 1;
    while (at >= from && isCode(text.charCodeAt(at))) at--;
    if (at < from) return true;
    from = at + 1;
  }
  return text.includes(KEY_BLOCK) || PASSWORD.test(text);
}

function isCode(unit: number): boolean {
  return unit < 128 && IS_CODE[unit] === 1;
}

const MIN_RUN = 16;
const KEY_BLOCK = '-----BEGIN';
const PASSWORD = /:\/\/[^\s:@/]{1,80}:[^\s@/]{1,80}@/;
/** Letters, digits and `_+/=.-`. */
const IS_CODE = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9_+/=.-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Finds comments: a `#` at the start of a line or after a space, outside values, to the end of the line. */
function* findCommentSpans(text: string, scalars: readonly Span[]): Generator<Span> {
  if (!text.includes('#')) return;
  const ordered = [...scalars].sort((a, b) => a.start - b.start);
  let next = 0;
  for (const match of text.matchAll(/(?<=^|\s)#[^\n]*/g)) {
    while ((ordered[next]?.end ?? Infinity) <= match.index) next++;
    if ((ordered[next]?.start ?? Infinity) <= match.index) continue;
    yield { start: match.index, end: match.index + match[0].length };
  }
}
