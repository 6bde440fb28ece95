import { showInvisible } from '#core/printing/show-invisible.ts';
import { element } from './element.ts';
import { splitAtOpenPair } from './split-at-open-pair.ts';

/** Length of a block in UTF-16 units. The browser lays out only visible blocks. */
const BLOCK = 16_384;

/** A text that grows, however long: always text, never markup. */
export class AnswerText {
  readonly element = element('div', { class: 'text', tabindex: '0', role: 'group' });
  #last: { readonly node: Text; length: number } | null = null;
  #carry = '';

  constructor(label: string) {
    this.element.setAttribute('aria-label', label);
  }

  append(text: string): void {
    const { text: now, open } = splitAtOpenPair(this.#carry + text);
    this.#carry = open;
    this.#write(now);
  }

  /** Ends the text: what was held back is written unchanged. */
  end(): void {
    const open = this.#carry;
    this.#carry = '';
    this.#write(open);
  }

  #write(text: string): void {
    let rest = text;
    while (rest !== '') {
      const block = this.#block();
      const room = BLOCK - block.length;
      const end = rest.length <= room ? rest.length : findBlockEnd(rest, room);
      block.node.appendData(showInvisible(rest.slice(0, end)));
      block.length += end;
      rest = rest.slice(end);
      if (rest !== '') this.#last = null;
    }
  }

  clear(): void {
    this.element.replaceChildren();
    this.#last = null;
    this.#carry = '';
  }

  #block(): { readonly node: Text; length: number } {
    if (this.#last && this.#last.length < BLOCK) return this.#last;
    const node = document.createTextNode('');
    this.element.append(element('div', { class: 'block' }, node));
    this.#last = { node, length: 0 };
    return this.#last;
  }
}

/** The end of a block: after a line if possible, so that blocks start on new lines. */
function findBlockEnd(text: string, room: number): number {
  const line = text.indexOf('\n', room);
  const end = line >= 0 && line < room + BLOCK ? line + 1 : Math.min(text.length, room + BLOCK);
  return /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end - 1 : end;
}
