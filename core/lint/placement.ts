import type { Message, PromptDocument } from '../prompt/document.ts';
import {
  findPlaceholders,
  type Placeholder,
  splitTemplate,
  type Template,
} from '../prompt/template.ts';
import type { Span } from '../text.ts';
import type { TextReadings } from './engine/text-readings.ts';

/** How a placeholder is delimited in its text, as a model sees it. */
export type PlaceholderPlace =
  | 'sole'
  | 'xml'
  | 'fence'
  | 'triple-quote'
  | 'quoted'
  | 'json-string'
  | 'ruled'
  | 'label'
  | 'label-block'
  | 'head'
  | 'tail'
  | 'bare-block'
  | 'inline';

export interface Placement {
  readonly place: PlaceholderPlace;
  /** What marks the end of the value, if anything: `</document>`, three backticks, a quotation mark. */
  readonly closer?: string | undefined;
  /** For `xml` the tag's name. */
  readonly tag?: string | undefined;
}

/** A placement with its placeholder and message. */
export interface PlacedVariable extends Placement {
  readonly placeholder: Placeholder;
  readonly message: Message;
  readonly template: Template;
}

/** Finds the placement of every placeholder in the messages, in order. */
export function placeVariables(
  { messages, oddKeys }: PromptDocument,
  readings: TextReadings,
): PlacedVariable[] {
  return messages.flatMap((message) => {
    const template = message.content;
    if (!template || template.placeholders.length === 0) return [];
    const placements = getPlacements(template.text, oddKeys, readings);
    return template.placeholders.flatMap((placeholder, i) => {
      const placement = placements[i];
      if (!placement) return [];
      // No spread: this runs for every placeholder on every keystroke, and spreading mixed shapes is slow.
      const { place, closer, tag } = placement;
      return [{ place, closer, tag, placeholder, message, template }];
    });
  });
}

/** The placements of a text, remembered unless they depend on the prompt's keys. */
export function getPlacements(
  text: string,
  oddKeys: ReadonlySet<string>,
  readings: TextReadings,
): readonly Placement[] {
  return oddKeys.size === 0 ? readings.get(findPlacements, text) : findPlacements(text, oddKeys);
}

/** Finds the placement of each placeholder in a text, in order. Linear in the text. */
export function findPlacements(text: string, oddKeys?: ReadonlySet<string>): readonly Placement[] {
  const isSole = splitTemplate(text, oddKeys).every((part, i) => i % 2 === 1 || part.trim() === '');
  const tags = new Sweep(findTagSpans(text));
  const fences = new Sweep(findFenceSpans(text));
  const quotes = new Sweep(findTripleQuoteSpans(text));
  return findPlaceholders(text, oddKeys).map((at) => {
    if (isSole) return { place: 'sole' };
    const tag = tags.innermost(at);
    const fence = fences.innermost(at);
    const quote = quotes.innermost(at);
    if (tag && !(fence && fence.span.start > tag.span.start))
      return { place: 'xml', closer: `</${tag.name}>`, tag: tag.name };
    if (fence) return { place: 'fence', closer: fence.name };
    if (quote) return { place: 'triple-quote', closer: quote.name };
    return placeOnLine(text, at);
  });
}

/** A closed element: its name or mark, and its span including both delimiters. */
export interface Enclosure {
  readonly name: string;
  readonly span: Span;
}

const TAG = /<(\/?)([A-Za-z][\w.-]{0,60})(?:\s[^<>\n]{0,200})?>/g;

/** Finds the closed elements of a text, ordered by where they end. */
export function findTagSpans(text: string): Enclosure[] {
  const open = new Map<string, number[]>();
  const spans: Enclosure[] = [];
  for (const match of text.matchAll(TAG)) {
    const [whole, slash, name = ''] = match;
    const starts = open.get(name) ?? [];
    if (slash === '') {
      starts.push(match.index);
      open.set(name, starts);
    } else {
      const start = starts.pop();
      if (start !== undefined)
        spans.push({ name, span: { start, end: match.index + whole.length } });
    }
  }
  return spans;
}

/** Finds the blocks fenced by three or more backticks or tildes; an unclosed one extends to the end. */
export function findFenceSpans(text: string): Enclosure[] {
  const spans: Enclosure[] = [];
  let open: { mark: string; start: number } | null = null;
  for (const match of text.matchAll(
    /^[ \t]{0,12}(?:[-*] {1,3}|\d{1,2}\. {1,3})?(`{3,20}|~{3,20})([^\n]{0,200})/gm,
  )) {
    const mark = match[1] ?? '';
    if (open === null) open = { mark, start: match.index };
    else if (mark.startsWith(open.mark) && (match[2] ?? '').trim() === '') {
      spans.push({
        name: open.mark,
        span: { start: open.start, end: match.index + match[0].length },
      });
      open = null;
    }
  }
  return spans;
}

function findTripleQuoteSpans(text: string): Enclosure[] {
  const spans: Enclosure[] = [];
  for (const mark of ['"""', "'''"]) {
    let open = -1;
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 3)) {
      if (open < 0) open = at;
      else {
        spans.push({ name: mark, span: { start: open, end: at + 3 } });
        open = -1;
      }
    }
  }
  return spans;
}

/** Finds what encloses positions asked for in ascending order. Each enclosure is visited at most twice. */
class Sweep {
  readonly #spans: readonly Enclosure[];
  readonly #open: Enclosure[] = [];
  #next = 0;

  constructor(spans: readonly Enclosure[]) {
    this.#spans = [...spans].sort((a, b) => a.span.start - b.span.start);
  }

  /** The innermost enclosure around a span. */
  innermost(at: Span): Enclosure | undefined {
    for (let one = this.#spans[this.#next]; one && one.span.start <= at.start; ) {
      this.#open.push(one);
      one = this.#spans[++this.#next];
    }
    while ((this.#open.at(-1)?.span.end ?? at.end) < at.end) this.#open.pop();
    return this.#open.at(-1);
  }
}

function placeOnLine(text: string, at: Span): { place: PlaceholderPlace; closer?: string } {
  const lineStart = text.lastIndexOf('\n', at.start - 1) + 1;
  const newline = text.indexOf('\n', at.end);
  const lineEnd = newline < 0 ? text.length : newline;
  const before = text.slice(Math.max(lineStart, at.start - 300), at.start);
  const after = text.slice(at.end, Math.min(lineEnd, at.end + 300));
  const quote = findQuoteAround(before, after);
  if (quote) return quote;
  const isAlone = before.trim() === '' && after.trim() === '';
  if (isAlone) return block(text, lineStart, lineEnd);
  if (after.trim() === '' && isLabel(before, text.slice(Math.max(0, lineStart - 2000), lineStart)))
    return { place: 'label' };
  const endsText = text.slice(at.end, at.end + 400).trim() === '';
  if (endsText && /(?:[:–—-]|[.!?]\s)\s{0,8}$/.test(before)) return { place: 'tail' };
  return { place: 'inline' };
}

/**
 * True for a line up to its only colon that says what follows. Alone in a message, only a few words do: a sentence
 * there is the instruction itself.
 */
function isLabel(before: string, above: string): boolean {
  if (!LABEL.test(before)) return false;
  return above.trim() !== '' || before.trim().split(/\s+/).length <= LONE_LABEL_WORDS;
}

const LONE_LABEL_WORDS = 5;

/** `Title:`, `- **Title**:`, `1. Text to sum up:`: all of the line up to its only colon, and no end of a sentence in it. */
const LABEL =
  /^\s*(?:[-*•>]\s{1,4}|\d{1,2}[.)]\s{1,4}|#{1,6}\s{1,4})?(?:\*\*|__|\[)?[\p{L}\p{N}][^:：\n.!?]{0,300}?(?:\*\*|__|\])?\s{0,3}[:=：](?:\*\*|__)?\s*$/u;
const HEADING =
  /^\s*(?:#{1,6}\s.{1,100}|\*\*[^*\n]{1,100}\*\*:?|[^\n]{1,160}[:：]|\[[^\]\n]{1,60}\]|[A-Z][A-Z _/-]{2,60})\s*$/;
const RULE_LINE =
  /^\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,}|~{3,}|<{3,}|>{3,}|[-=*#]{3,20}[^\n]{0,60}[-=*#]{3,20})\s*$/;

function block(
  text: string,
  lineStart: number,
  lineEnd: number,
): { place: PlaceholderPlace; closer?: string } {
  const above = text.slice(Math.max(0, lineStart - 2000), lineStart).trimEnd();
  const below = text.slice(lineEnd, lineEnd + 2000).trimStart();
  const lastAbove = above.slice(above.lastIndexOf('\n') + 1);
  const firstBelow = below.split('\n', 1)[0] ?? '';
  if (RULE_LINE.test(lastAbove) && RULE_LINE.test(firstBelow))
    return { place: 'ruled', closer: firstBelow.trim() };
  if (above === '') return { place: 'head' };
  if (HEADING.test(lastAbove)) return { place: 'label-block' };
  return { place: below === '' ? 'tail' : 'bare-block' };
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
  ['„', '“'],
  ["'", "'"],
  ['`', '`'],
];

function findQuoteAround(
  before: string,
  after: string,
): { place: PlaceholderPlace; closer: string } | null {
  for (const [opening, closing] of QUOTES) {
    const start = before.lastIndexOf(opening);
    if (start < 0 || !after.includes(closing)) continue;
    // An apostrophe is inside a word, an opening quotation mark before one.
    if (opening === "'" && /[\p{L}\p{N}]$/u.test(before.slice(0, start))) continue;
    const isOpen =
      opening === closing
        ? before.split(opening).length % 2 === 0
        : before.lastIndexOf(closing) < start;
    if (!isOpen) continue;
    const isJson = opening === '"' && /(?:"\s*:|[[,{(])\s*$/.test(before.slice(0, start));
    return { place: isJson ? 'json-string' : 'quoted', closer: closing };
  }
  return null;
}
