import type { PromptDocument } from '../prompt/document.ts';
import type { Node, ScalarNode } from '../prompt/node.ts';
import { readTemplate, type Template } from '../prompt/template.ts';
import type { Span } from '../text.ts';

/** A value behind its key, or a comment. */
export interface SecretPiece {
  /** What leads up to the value: `password: `, or nothing. */
  readonly lead: string;
  readonly value: string;
  readonly at: ScalarNode | Span;
}

/** The decoded values of a file, each behind its key, and the comments. */
export class SecretText {
  readonly pieces: readonly SecretPiece[];
  readonly #prompt: PromptDocument;
  readonly #templates = new Map<ScalarNode, Template>();
  readonly #joined: string;
  readonly #starts: readonly number[];
  #suspects: readonly SecretPiece[] | undefined;

  constructor(prompt: PromptDocument) {
    this.#prompt = prompt;
    this.pieces = piecesOf(prompt);
    const starts: number[] = [];
    let joined = '';
    for (const { lead, value } of this.pieces) {
      starts.push(joined.length);
      joined += `${lead}${value}\n`;
    }
    this.#joined = joined;
    this.#starts = starts;
  }

  /** The pieces, a line or more each; empty where nothing in them can be a secret. */
  get text(): string {
    return this.suspects.length > 0 ? this.#joined : '';
  }

  /** The pieces in which a secret can be: one look at the whole finds them. */
  get suspects(): readonly SecretPiece[] {
    this.#suspects ??= this.#find();
    return this.#suspects;
  }

  #find(): SecretPiece[] {
    const indexes = new Set<number>();
    for (const at of suspectPlaces(this.#joined)) indexes.add(this.#pieceAt(at));
    return [...indexes].sort((a, b) => a - b).flatMap((index) => this.pieces[index] ?? []);
  }

  /** The index of the piece that holds an offset in `text`. */
  #pieceAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a stretch of `text` stands in the file, cut to the piece in which it begins. */
  span({ start, end }: Span): Span | null {
    const at = this.#pieceAt(start);
    const piece = this.pieces[at];
    const from = this.#starts[at] ?? 0;
    return piece ? this.spanIn(piece, { start: start - from, end: end - from }) : null;
  }

  /** Where a stretch of a piece, its lead included, stands in the file; null when it begins in the lead. */
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

/** False for a text in which no secret can be. */
export function mayHoldSecret(text: string): boolean {
  return !suspectPlaces(text).next().done;
}

function piecesOf({ root, text }: PromptDocument): SecretPiece[] {
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
  for (const at of commentSpans(text, scalars))
    pieces.push({ lead: '', value: text.slice(at.start, at.end), at });
  return pieces;
}

/**
 * Where there is what any secret has: a run of code, a key block, an address with a password. Looked for
 * on every key in the whole file, so runs are counted by hand: a pattern takes ten times as long.
 */
function* suspectPlaces(text: string): Generator<number> {
  for (let from = 0; from + SHORTEST_RUN <= text.length; ) {
    // Backwards: in prose the first characters looked at end the search, and the rest is jumped over.
    let at = from + SHORTEST_RUN - 1;
    while (at >= from && isCode(text.charCodeAt(at))) at--;
    if (at < from) {
      yield from;
      at = from + SHORTEST_RUN;
      while (at < text.length && isCode(text.charCodeAt(at))) at++;
    }
    from = at + 1;
  }
  for (let at = text.indexOf(KEY_BLOCK); at >= 0; at = text.indexOf(KEY_BLOCK, at + 1)) yield at;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 1)) {
    PASSWORD.lastIndex = at;
    if (PASSWORD.test(text)) yield at;
  }
}

function isCode(unit: number): boolean {
  return unit < 128 && IS_CODE[unit] === 1;
}

const SHORTEST_RUN = 16;
const KEY_BLOCK = '-----BEGIN';
const PASSWORD = /:\/\/[^\s:@/]{1,80}:[^\s@/]{1,80}@/y;
/** Letters, digits and `_+/=.-`. */
const IS_CODE = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9_+/=.-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Comments: from a `#` at a line's start or behind a blank, outside of values, to the line's end. */
function* commentSpans(text: string, scalars: readonly Span[]): Generator<Span> {
  if (!text.includes('#')) return;
  const ordered = [...scalars].sort((a, b) => a.start - b.start);
  let next = 0;
  for (const match of text.matchAll(/(?<=^|\s)#[^\n]*/g)) {
    while ((ordered[next]?.end ?? Infinity) <= match.index) next++;
    if ((ordered[next]?.start ?? Infinity) <= match.index) continue;
    yield { start: match.index, end: match.index + match[0].length };
  }
}
