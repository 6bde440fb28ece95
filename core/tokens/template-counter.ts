import { splitTemplate } from '../prompt/template.ts';
import type { Counter } from './counter.ts';
import { findFirstCut, findLastCut } from './cut.ts';

/**
 * Counts one template with many sets of values, exactly as the rendered text. What lies between two
 * cuts of its fixed text (see `isCut`) is the same in every call and counted once; the rest, values
 * with a little text on both sides, are seams that each call counts anew.
 */
export class TemplateCounter {
  /** The names of the placeholders in order, each as often as it stands there. */
  readonly names: readonly string[];
  /** UTF-16 units of fixed text that each call counts anew. */
  readonly seamLength: number;
  readonly #counter: Counter;
  readonly #seams: readonly Seam[];
  readonly #constant: number;

  constructor(text: string, counter: Counter, oddKeys?: ReadonlySet<string>) {
    const { fixed, seams } = cutApart(splitTemplate(text, oddKeys));
    this.names = seams.flatMap((seam) => seam.filter(isName));
    this.seamLength = seams.reduce((sum, seam) => sum + measureText(seam), 0);
    this.#counter = counter;
    this.#seams = seams;
    this.#constant = fixed.reduce((sum, part) => sum + counter.measure(part), 0);
  }

  /** Tokens of the rendered text; a name without a value stays verbatim. */
  count(resolve: (name: string) => string | undefined): number {
    let tokens = this.#constant;
    for (const seam of this.#seams) {
      let text = '';
      seam.forEach((part, i) => {
        text += i % 2 ? (resolve(part) ?? `{{${part}}}`) : part;
      });
      tokens += this.#counter.measure(text);
    }
    return Math.round(tokens);
  }

  /**
   * The text and the values counted apart from each other, given the tokens of a value: a token or two
   * off at each end of a value, in time that does not grow with the values.
   */
  countApart(tokensOf: (name: string) => number): number {
    let tokens = this.#constant;
    for (const seam of this.#seams) {
      seam.forEach((part, i) => {
        tokens += i % 2 ? tokensOf(part) : this.#counter.measure(part);
      });
    }
    return Math.round(tokens);
  }
}

/** Alternating text and names, beginning and ending with text. */
type Seam = readonly string[];

function isName(_: string, index: number): boolean {
  return index % 2 === 1;
}

function measureText(seam: Seam): number {
  return seam.reduce((sum, part, i) => sum + (i % 2 ? 0 : part.length), 0);
}

/** The stretches between cuts of the fixed text, and the seams around the placeholders. */
function cutApart(pieces: Seam): { fixed: string[]; seams: Seam[] } {
  const fixed: string[] = [];
  const seams: Seam[] = [];
  let seam: string[] = [];
  for (const [i, piece] of pieces.entries()) {
    const isLast = i === pieces.length - 1;
    const from = i === 0 ? 0 : findFirstCut(piece);
    const to = isLast ? piece.length : findLastCut(piece);
    if (i % 2 === 1 || from < 0 || to < 0) {
      seam.push(piece);
      continue;
    }
    if (i > 0) seams.push([...seam, piece.slice(0, from)]);
    if (to > from) fixed.push(piece.slice(from, to));
    seam = isLast ? [] : [piece.slice(to)];
  }
  if (seam.length > 0) seams.push(seam);
  return { fixed, seams };
}
