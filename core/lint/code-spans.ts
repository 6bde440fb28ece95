/** The fences and code spans of a Markdown text. Positions must be asked for in ascending order. */
export class CodeSpans {
  readonly #spans: readonly { readonly start: number; readonly end: number }[];
  #next = 0;

  constructor(text: string) {
    const spans: { start: number; end: number }[] = [];
    let fence: number | null = null;
    for (const { 0: match, index } of text.matchAll(CODE)) {
      const isFence = match.trimStart().startsWith('```');
      if (fence === null && !isFence) spans.push({ start: index, end: index + match.length });
      else if (fence === null) fence = index;
      else if (isFence) {
        spans.push({ start: fence, end: index });
        fence = null;
      }
    }
    if (fence !== null) spans.push({ start: fence, end: text.length });
    this.#spans = spans;
  }

  contains(offset: number): boolean {
    while ((this.#spans[this.#next]?.end ?? Infinity) <= offset) this.#next++;
    return (this.#spans[this.#next]?.start ?? Infinity) <= offset;
  }
}

const CODE = /(?<=^|\n)[ \t]{0,12}```[^\n]*(?:\n|$)|`[^`\n]{1,300}`/g;
