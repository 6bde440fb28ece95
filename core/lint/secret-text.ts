import type { PromptDocument } from '../prompt/document.ts';
import type { Node, ScalarNode } from '../prompt/node.ts';
import { readTemplate, type Template } from '../prompt/template.ts';
import type { Span } from '../text.ts';

/** The decoded values of a file in one text, each behind its key, and the comments. */
export class SecretText {
  /** Empty where nothing in the file can be a secret. */
  readonly text: string;
  readonly #pieces: { readonly start: number; readonly at: ScalarNode | Span }[] = [];
  readonly #templates = new Map<ScalarNode, Template>();
  readonly #file: string;

  constructor(prompt: PromptDocument) {
    this.#file = prompt.text;
    const joined = MAY_HOLD_SECRET.test(prompt.text) ? this.#join(prompt) : '';
    this.text = MAY_HOLD_SECRET.test(joined) ? joined : '';
  }

  /** Where a stretch stands in the file, cut to the value in which it begins; null between values. */
  span({ start, end }: Span): Span | null {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle]?.start ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    if (!piece || piece.start > start) return null;
    const [from, to] = [start - piece.start, end - piece.start];
    if (!('type' in piece.at))
      return { start: piece.at.start + from, end: Math.min(piece.at.start + to, piece.at.end) };
    const template = this.#templates.get(piece.at) ?? readTemplate(piece.at, this.#file);
    this.#templates.set(piece.at, template);
    const stop = Math.min(to, template.text.length);
    return from < stop ? template.span(from, stop) : null;
  }

  #join({ root, text }: PromptDocument): string {
    const out: string[] = [];
    let length = 0;
    const add = (part: string): void => {
      out.push(part);
      length += part.length;
    };
    const scalars: Span[] = [];
    const visit = (node: Node, key: string): void => {
      if (node.alias) return;
      switch (node.type) {
        case 'scalar':
          scalars.push(node.token);
          if (node.value === null) return;
          if (key !== '') add(`${key}: `);
          this.#pieces.push({ start: length, at: node });
          add(`${typeof node.value === 'string' ? node.value : node.source}\n`);
          break;
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
    for (const comment of commentSpans(text, scalars)) {
      this.#pieces.push({ start: length, at: comment });
      add(`${text.slice(comment.start, comment.end)}\n`);
    }
    return out.join('');
  }
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
