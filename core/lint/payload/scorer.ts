import type { Span } from '../../text.ts';
import { SIGNALS } from '../signals/index.ts';
import { CAPS, type Family, type Signals } from '../signals/signal.ts';
import { Lexicon } from './lexicon.ts';
import { compile, listPlainWords, matchAt, type Sequence, WordSets } from './sequence.ts';
import type { Words } from './words.ts';

/** An occurrence of a signal. Spans are offsets in the normalized text. */
export interface Hit {
  readonly signal: string;
  readonly family: Family;
  readonly weight: number;
  readonly strict: boolean;
  readonly span: Span;
}

/** The heaviest window of a text. */
export interface Score {
  readonly score: number;
  readonly hits: readonly Hit[];
}

/** Signals farther apart than this are not added up. In characters. */
const WINDOW = 2200;

interface Entry {
  readonly signal: string;
  readonly family: Family;
  readonly weight: number;
  readonly strict: boolean;
  readonly sequence: Sequence;
}

interface MarkEntry extends Omit<Entry, 'sequence'> {
  readonly mark: RegExp;
}

/** Finds and weighs signals. Immutable; creating one takes some milliseconds. */
export class Scorer {
  readonly lexicon: Lexicon = new Lexicon();
  /** The patterns that can begin with a word, by the word's id. */
  readonly #byFirst: (Entry[] | null)[];

  readonly #marks: readonly MarkEntry[];

  /** `signals`: those that count. */
  constructor(signals: Signals = SIGNALS) {
    const patterns = [...listPatterns(signals)];
    for (const { pattern } of patterns)
      for (const word of listPlainWords(pattern)) this.lexicon.addWord(word);
    const sets = new WordSets(this.lexicon);
    this.#byFirst = new Array<Entry[] | null>(this.lexicon.size).fill(null);
    for (const { pattern, ...signal } of patterns)
      this.#add({ ...signal, sequence: compile(pattern, sets) });
    this.lexicon.addImages();
    this.#marks = listMarks(signals);
  }

  /** Finds the signals in a text and its words, in order. */
  hits(text: string, words: Words): Hit[] {
    const hits: Hit[] = [];
    for (let i = 0; i < words.count; i++) {
      const entries = this.#byFirst[words.ids[i] ?? 0];
      if (!entries) continue;
      for (const { sequence, signal, family, weight, strict } of entries) {
        const last = matchAt(sequence, words, i);
        if (last < 0) continue;
        const span = { start: words.starts[i] ?? 0, end: words.ends[last] ?? 0 };
        hits.push({ signal, family, weight, strict, span });
      }
    }
    this.#addMarks(hits, text);
    return withoutOverlaps(hits);
  }

  #addMarks(hits: Hit[], text: string): void {
    for (const { mark, ...signal } of this.#marks)
      for (const match of text.matchAll(mark)) {
        const span = { start: match.index, end: match.index + match[0].length };
        hits.push({ ...signal, span });
      }
  }

  #add(entry: Entry): void {
    for (const id of entry.sequence.first) {
      const entries = this.#byFirst[id];
      if (entries) entries.push(entry);
      else this.#byFirst[id] = [entry];
    }
  }
}

/** Finds the heaviest window: each signal counts once, each family up to its cap. Linear in the hits. */
export function findHeaviest(hits: readonly Hit[]): Score {
  const tally = new Tally();
  let best = { score: 0, from: 0, to: 0 };
  let from = 0;
  for (const [i, hit] of hits.entries()) {
    tally.add(hit);
    for (
      let first = hits[from];
      first && first.span.start < hit.span.start - WINDOW;
      first = hits[from]
    ) {
      tally.remove(first);
      from++;
    }
    const score = tally.total;
    if (score > best.score + 1e-9) best = { score, from, to: i + 1 };
  }
  return { score: best.score, hits: hits.slice(best.from, best.to) };
}

/** Overlapping hits are one piece of evidence in each family: only the heaviest is kept. */
function withoutOverlaps(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = [];
  const last = new Map<Family, number>();
  for (const hit of [...hits].sort((a, b) => a.span.start - b.span.start)) {
    const index = last.get(hit.family);
    const before = index === undefined ? undefined : kept[index];
    if (index === undefined || !before || before.span.end <= hit.span.start) {
      last.set(hit.family, kept.push(hit) - 1);
    } else if (hit.weight > before.weight) kept[index] = hit;
  }
  return kept;
}

class Tally {
  readonly #counts = new Map<string, number>();
  readonly #families = new Map<Family, number>();

  get total(): number {
    let total = 0;
    for (const [family, sum] of this.#families) total += Math.min(sum, CAPS[family]);
    return total;
  }

  add({ signal, family, weight }: Hit): void {
    const count = this.#counts.get(signal) ?? 0;
    this.#counts.set(signal, count + 1);
    if (count === 0) this.#families.set(family, (this.#families.get(family) ?? 0) + weight);
  }

  remove({ signal, family, weight }: Hit): void {
    const count = (this.#counts.get(signal) ?? 1) - 1;
    this.#counts.set(signal, count);
    if (count === 0) this.#families.set(family, (this.#families.get(family) ?? 0) - weight);
  }
}

function* listPatterns(signals: Signals): Generator<Omit<Entry, 'sequence'> & { pattern: string }> {
  for (const [signal, { family, weight, strict = false, patterns = [] }] of Object.entries(signals))
    for (const pattern of patterns) yield { signal, family, weight, strict, pattern };
}

function listMarks(signals: Signals): MarkEntry[] {
  return Object.entries(signals).flatMap(
    ([signal, { family, weight, strict = false, marks = [] }]) =>
      marks.map((mark) => ({ signal, family, weight, strict, mark })),
  );
}
