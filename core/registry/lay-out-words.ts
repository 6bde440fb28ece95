import type { TextSegment } from './diff-words.ts';
import { settleSpace } from './settle-space.ts';
import { shortenContext } from './shorten-context.ts';
import { showChange } from './show-change.ts';

/** A run of one line of a word diff. The text of `omitted` is ours. */
export interface WordRun {
  readonly kind: TextSegment['kind'] | 'omitted';
  readonly text: string;
}

/** A line of a text, or `…` alone for lines that are left out. */
export type WordLine = readonly WordRun[];

/** Changed stretches are cut to this many UTF-16 units. */
const MAX_CHANGED = 1500;

/** No change is added to a layout of more lines or UTF-16 units. */
const MAX_LINES = 60;
const MAX_LENGTH = 10_000;

/** Lays out a word diff for reading: changes with a few words around them, each line of the text on its own. */
export function layOutWords(exact: readonly TextSegment[]): WordLine[] {
  const segments = settleSpace(exact);
  const lines = new LineList();
  for (let i = 0; i < segments.length; i++) {
    const { kind, text } = segments[i] as TextSegment;
    if (kind === 'same') {
      const parts = shortenContext(text, { before: i > 0, after: i < segments.length - 1 });
      parts.forEach((part, j) => {
        if (j % 2 === 0) lines.add('same', part);
        else lines.add('omitted', '…');
      });
      continue;
    }
    if (lines.isFull) {
      const rest = segments.slice(i).filter((one, j, all) => isChangeStart(one, all[j - 1]));
      lines.add('same', '\n');
      lines.add('omitted', `… ${rest.length} more ${rest.length === 1 ? 'change' : 'changes'}`);
      break;
    }
    const other = findOther(segments, i);
    // Whole lines come below the lines that they replace.
    if (kind === 'added' && other !== '' && `${text}${other}`.includes('\n')) lines.breakLine();
    addChanged(lines, kind, showChange(text, other));
  }
  return lines.finish();
}

/** The other side of a replacement; '' for what was only added or removed. */
function findOther(segments: readonly TextSegment[], i: number): string {
  const kind = segments[i]?.kind === 'added' ? 'removed' : 'added';
  const near = [segments[i - 1], segments[i + 1]].find((one) => one?.kind === kind);
  return near?.text ?? '';
}

function isChangeStart(one: TextSegment, previous: TextSegment | undefined): boolean {
  return one.kind !== 'same' && (previous === undefined || previous.kind === 'same');
}

function addChanged(lines: LineList, kind: 'removed' | 'added', text: string): void {
  const cut = text.length - MAX_CHANGED;
  if (cut <= MAX_CHANGED / 10) {
    lines.add(kind, text);
    return;
  }
  const [start, end] = [text.slice(0, MAX_CHANGED / 2), text.slice(-MAX_CHANGED / 2)];
  const head = start.replace(LAST_PART, '');
  const tail = end.replace(FIRST_PART, '');
  const omitted = text.length - head.length - tail.length;
  lines.add(kind, head);
  lines.add('omitted', `… ${omitted.toLocaleString('en-US')} characters …`);
  lines.add(kind, tail);
}

/** The part of a word or of a surrogate pair at the end of a cut, and at its start. */
const LAST_PART = /(?<=\s)\S{1,40}$|[\ud800-\udbff]$/;
const FIRST_PART = /^\S{1,40}(?=\s)|^[\udc00-\udfff]/;

/** Lines that are filled run by run; a line break in a text begins the next one. */
class LineList {
  readonly #lines: WordRun[][] = [[]];
  #length = 0;

  /** True when there is no room for another change. */
  get isFull(): boolean {
    return this.#lines.length > MAX_LINES || this.#length > MAX_LENGTH;
  }

  add(kind: WordRun['kind'], text: string): void {
    this.#length += text.length;
    text.split(/\r?\n/).forEach((part, i) => {
      if (i > 0) this.#lines.push([]);
      if (part !== '') this.#lines.at(-1)?.push({ kind, text: part.replaceAll('\r', '␍') });
    });
  }

  /** Begins a line, unless the current one is empty. */
  breakLine(): void {
    if (this.#lines.at(-1)?.length !== 0) this.#lines.push([]);
  }

  /** The lines without blank ones at the start and the end. */
  finish(): WordLine[] {
    const isBlank = (line: WordLine) => line.every(({ text }) => text.trim() === '');
    const first = this.#lines.findIndex((line) => !isBlank(line));
    const last = this.#lines.findLastIndex((line) => !isBlank(line));
    return first < 0 ? [] : this.#lines.slice(first, last + 1);
  }
}
