import type { Lexicon, WordId } from './lexicon.ts';
import type { Words } from './words.ts';

/**
 * A pattern over words, as text: words and CONCEPTS in order, `a/b` for alternatives, `~3` for up to three
 * words between, `~~3` also across the end of a sentence. `!NOT` at the beginning: no such word among the
 * three words before. `$` at the end: the sentence ends there.
 */
export interface Sequence {
  /** The words it can begin with. */
  readonly first: readonly WordId[];
  readonly steps: readonly Step[];
  readonly unlessBefore: WordSet | null;
  readonly endsSentence: boolean;
}

interface Step {
  /** The words that match. */
  readonly fits: WordSet;
  /** How many words may precede it. */
  readonly gap: number;
  readonly crosses: boolean;
}

/** A set of word ids, one bit each. */
export type WordSet = Uint32Array;

export function isIn(set: WordSet, id: WordId): boolean {
  return (((set[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1;
}

/** The word sets of patterns: equal alternatives share one set. */
export class WordSets {
  readonly #lexicon: Lexicon;
  readonly #known = new Map<string, { ids: WordId[]; fits: WordSet }>();

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  /** Returns the set for `a/b/CONCEPT`. Throws for an unknown concept: patterns are part of this program. */
  of(element: string): { readonly ids: readonly WordId[]; readonly fits: WordSet } {
    const known = this.#known.get(element);
    if (known) return known;
    const names = element.split('/');
    const ids = names.flatMap((name) =>
      isConcept(name) ? this.#lexicon.members(name) : [this.#lexicon.id(name)],
    );
    const fits = new Uint32Array((this.#lexicon.size >>> 5) + 1);
    for (const id of ids) fits[id >>> 5] = (fits[id >>> 5] ?? 0) | (1 << (id & 31));
    const made = { ids: [...new Set(ids)], fits };
    this.#known.set(element, made);
    return made;
  }
}

/** How many words before a match `!` checks. */
const LOOK_BACK = 3;

/** The words of a pattern that are not concepts. */
export function listPlainWords(pattern: string): string[] {
  return splitPattern(pattern)
    .flatMap((element) => element.replace(/^!/, '').split('/'))
    .filter((name) => !isConcept(name));
}

/** Compiles a pattern; its words must be in the lexicon already. */
export function compile(pattern: string, sets: WordSets): Sequence {
  const steps: Step[] = [];
  let first: readonly WordId[] = [];
  let unlessBefore: WordSet | null = null;
  let gap = 0;
  let crosses = false;
  let endsSentence = false;
  for (const element of pattern.split(' ')) {
    if (element.startsWith('~')) {
      crosses = element.startsWith('~~');
      gap = Number(element.replaceAll('~', ''));
      continue;
    }
    if (element === '$') {
      endsSentence = true;
      continue;
    }
    const isGuard = element.startsWith('!');
    const { ids, fits } = sets.of(isGuard ? element.slice(1) : element);
    if (isGuard) unlessBefore = fits;
    else {
      if (steps.length === 0) first = ids;
      steps.push({ fits, gap, crosses });
    }
    gap = 0;
    crosses = false;
  }
  return { first, steps, unlessBefore, endsSentence };
}

/**
 * Returns the last word of the shortest match that begins at a word, or -1. Bounded by the pattern's gaps,
 * whatever the text.
 */
export function matchAt(
  { steps, unlessBefore, endsSentence }: Sequence,
  words: Words,
  first: number,
): number {
  const { ids, breaks, count } = words;
  if (unlessBefore && isBefore(unlessBefore, words, first)) return -1;
  let from = [first];
  for (let k = 1; k < steps.length; k++) {
    const { fits, gap, crosses } = steps[k] as Step;
    const next: number[] = [];
    let i = 0;
    // A member of `from` reaches the words after it, up to the gap and the end of its sentence.
    const last = Math.min(count - 1, (from.at(-1) ?? 0) + gap + 1);
    let reach = -1;
    for (let at = (from[0] ?? 0) + 1; at <= last; at++) {
      while (i < from.length && (from[i] ?? 0) < at) {
        reach = (from[i] ?? 0) + gap + 1;
        i++;
      }
      if (!crosses && breaks[at] === 1) reach = -1;
      if (at <= reach && isIn(fits, ids[at] ?? 0)) next.push(at);
    }
    if (next.length === 0) return -1;
    from = next;
  }
  const ends = endsSentence ? from.filter((at) => at + 1 >= count || breaks[at + 1] === 1) : from;
  return ends[0] ?? -1;
}

function isBefore(fits: WordSet, { ids, breaks }: Words, first: number): boolean {
  for (let at = first; at > 0 && at > first - LOOK_BACK && breaks[at] === 0; at--)
    if (isIn(fits, ids[at - 1] ?? 0)) return true;
  return false;
}

function splitPattern(pattern: string): string[] {
  return pattern.split(' ').filter((element) => !/^[~$]/.test(element));
}

function isConcept(name: string): boolean {
  return /^[A-Z]/.test(name);
}
