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
  #text: string | undefined;
  #starts: readonly number[] = [];

  constructor(prompt: PromptDocument) {
    this.#prompt = prompt;
    this.pieces = piecesOf(prompt);
  }

  /** The pieces, a line or more each; empty where nothing in them can be a secret. */
  get text(): string {
    if (this.#text === undefined) {
      const starts: number[] = [];
      let length = 0;
      for (const { lead, value } of this.pieces) {
        starts.push(length);
        length += lead.length + value.length + 1;
      }
      this.#starts = starts;
      const joined = this.pieces.map(({ lead, value }) => `${lead}${value}\n`).join('');
      this.#text = mayHoldSecret(joined) ? joined : '';
    }
    return this.#text;
  }

  /** Where a stretch of `text` stands in the file, cut to the piece in which it begins. */
  span({ start, end }: Span): Span | null {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    const piece = this.pieces[low];
    const from = this.#starts[low] ?? 0;
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
  return MAY_HOLD_SECRET.test(text);
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

/** What a text must hold for any secret to be in it: a run of code, a key block, an address with a password. */
const MAY_HOLD_SECRET = /[A-Za-z0-9_+/=.-]{16}|-----BEGIN|:\/\/[^\s:@/]{1,80}:[^\s@/]{1,80}@/;

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
