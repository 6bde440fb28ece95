import type { PromptDocument } from '../../prompt/document.ts';
import type { Node } from '../../prompt/node.ts';
import { LineMap, type Span } from '../../text.ts';

/** A comment that suppresses findings: `# promptsmith-disable-next-line <id>, <id> -- reason`. */
export interface Suppression {
  readonly kind: 'next-line' | 'line' | 'region' | 'file';
  /** The span of the comment. */
  readonly span: Span;
  /** Each named rule and the span of its name; empty: every rule. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  readonly reason?: string;
  readonly covers: Span;
  /** The ids of the rules whose findings it suppressed; `*` if it names none. Filled while linting. */
  readonly used: Set<string>;
}

const COMMENT =
  /#[ \t]*promptsmith-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])([^\n\r]*)/g;

/** Reads the suppressions of a file. A `#` inside a string or block is prompt text, never a suppression. */
export function readSuppressions({
  text,
  root,
}: Pick<PromptDocument, 'text' | 'root'>): Suppression[] {
  if (!text.includes('promptsmith-')) return [];
  const scalars = root ? scalarTokens(root) : [];
  const lines = new LineMap(text);
  const values = new LineValues(lines, root);
  const regions = new OpenRegions();
  const all: Suppression[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const span = { start: match.index, end: match.index + match[0].trimEnd().length };
    if (isInside(scalars, span.start) || !/^$|\s/.test(text[span.start - 1] ?? '')) continue;
    const word = match[1] ?? '';
    const rest = {
      text: match[2] ?? '',
      start: match.index + match[0].length - (match[2] ?? '').length,
    };
    if (word === 'enable') {
      regions.close(readIds(rest), span.start);
      continue;
    }
    const line = lines.position(span.start).line;
    const suppression = createSuppression(
      word,
      span,
      rest,
      findCoverage(word, line, lines, values, text),
    );
    if (suppression.kind === 'region') regions.open(suppression);
    all.push(suppression);
  }
  return all;
}

/** Finds the suppression that covers a finding; of several, the one with the widest range. */
export class SuppressionIndex {
  readonly #byRule = new Map<string, { readonly start: number; readonly widest: Suppression }[]>();

  constructor(suppressions: readonly Suppression[]) {
    const ordered = [...suppressions].sort((a, b) => a.covers.start - b.covers.start);
    for (const suppression of ordered) {
      const ids = suppression.rules.length === 0 ? [ANY] : suppression.rules.map(({ id }) => id);
      for (const id of new Set(ids)) this.#add(id, suppression);
    }
  }

  /** `onlyNamed`: ignores comments that name no rule. */
  find(id: string, span: Span, onlyNamed = false): Suppression | undefined {
    return this.#widest(id, span.start) ?? (onlyNamed ? undefined : this.#widest(ANY, span.start));
  }

  #add(id: string, suppression: Suppression): void {
    const list = this.#byRule.get(id) ?? [];
    this.#byRule.set(id, list);
    const before = list.at(-1)?.widest;
    const isWider = !before || suppression.covers.end > before.covers.end;
    list.push({ start: suppression.covers.start, widest: isWider ? suppression : before });
  }

  #widest(id: string, offset: number): Suppression | undefined {
    const list = this.#byRule.get(id) ?? [];
    const found =
      list[partitionPoint(list.length, (i) => (list[i]?.start ?? 0) <= offset) - 1]?.widest;
    return found && offset <= found.covers.end ? found : undefined;
  }
}

/** The key of comments that name no rule; no rule has this id. */
const ANY = '*';

function createSuppression(
  word: string,
  span: Span,
  rest: { text: string; start: number },
  covers: Span,
): Suppression {
  const kind =
    word === 'disable' ? 'region' : (word.replace('disable-', '') as Suppression['kind']);
  const dashes = rest.text.indexOf('--');
  const reason = dashes < 0 ? '' : rest.text.slice(dashes + 2).trim();
  return {
    kind,
    span,
    rules: readIds(rest),
    covers,
    used: new Set(),
    ...(reason === '' ? {} : { reason }),
  };
}

function readIds({ text, start }: { text: string; start: number }): { id: string; span: Span }[] {
  const names = text.split('--')[0] ?? '';
  return [...names.matchAll(/[^\s,]+/g)].map((m) => ({
    id: m[0],
    span: { start: start + m.index, end: start + m.index + m[0].length },
  }));
}

/** Regions that are still open. `enable` ends those that name its rules, or all if it names none. */
class OpenRegions {
  readonly #byRule = new Map<string, Suppression[]>();

  open(region: Suppression): void {
    const ids = region.rules.length === 0 ? [ANY] : region.rules.map(({ id }) => id);
    for (const id of ids) {
      const open = this.#byRule.get(id);
      if (open) open.push(region);
      else this.#byRule.set(id, [region]);
    }
  }

  close(rules: Suppression['rules'], at: number): void {
    const ids = rules.length === 0 ? [...this.#byRule.keys()] : rules.map(({ id }) => id);
    for (const id of ids) {
      for (const region of this.#byRule.get(id) ?? []) {
        const end = Math.min(region.covers.end, at);
        Object.assign(region, { covers: { start: region.covers.start, end } });
      }
      this.#byRule.delete(id);
    }
  }
}

function findCoverage(
  word: string,
  line: number,
  lines: LineMap,
  values: LineValues,
  text: string,
): Span {
  switch (word) {
    case 'disable-file':
      return { start: 0, end: text.length };
    case 'disable':
      return { start: lines.lineStart(line), end: text.length };
    case 'disable-line':
      return values.coverage(line);
    default:
      return values.coverage(values.nextWithText(line + 1));
  }
}

/** The ranges that line comments cover. */
class LineValues {
  readonly #lines: LineMap;
  readonly #root: Node | null;
  readonly #covered = new Map<number, Span>();
  #parts: Span[] | undefined;
  #next: Int32Array | undefined;

  constructor(lines: LineMap, root: Node | null) {
    this.#lines = lines;
    this.#root = root;
  }

  /** A line, and the whole value of a key or list item that begins on it. */
  coverage(line: number): Span {
    const known = this.#covered.get(line);
    if (known) return known;
    const span = this.#lineAndValues(line);
    this.#covered.set(line, span);
    return span;
  }

  /** The first line from this one on that contains more than a comment. */
  nextWithText(line: number): number {
    this.#next ??= this.#findNext();
    return this.#next[line] ?? line;
  }

  #lineAndValues(line: number): Span {
    this.#parts ??= collectParts(this.#root);
    const parts = this.#parts;
    const start = this.#lines.lineStart(line);
    let end = start + this.#lines.line(line).length;
    const lineEnd = end;
    let i = partitionPoint(parts.length, (at) => (parts[at]?.start ?? 0) < start);
    for (let part = parts[i]; part && part.start <= lineEnd; part = parts[++i])
      end = Math.max(end, part.end);
    return { start, end };
  }

  #findNext(): Int32Array {
    const count = this.#lines.lineCount;
    const next = new Int32Array(count + 1).fill(count);
    for (let line = count - 1; line >= 0; line--) {
      const isEmpty = /^\s*(#.*)?$/.test(this.#lines.line(line));
      next[line] = isEmpty ? (next[line + 1] ?? count) : line;
    }
    return next;
  }
}

/** Entries and list items by start offset; of those with the same start, only the longest. */
function collectParts(root: Node | null): Span[] {
  const longest = new Map<number, Span>();
  const visit = (node: Node): void => {
    if (node.alias) return;
    const parts = node.type === 'map' ? node.entries : node.type === 'list' ? node.items : [];
    for (const part of parts) {
      const known = longest.get(part.span.start);
      if (!known || part.span.end > known.end) longest.set(part.span.start, part.span);
      visit('key' in part ? part.value : part);
    }
  };
  if (root) visit(root);
  return [...longest.values()].sort((a, b) => a.start - b.start);
}

/** Tokens of all scalars in file order, for `isInside`. */
function scalarTokens(root: Node): Span[] {
  const spans: Span[] = [];
  const visit = (node: Node): void => {
    if (node.alias) return;
    if (node.type === 'scalar') spans.push(node.token);
    else if (node.type === 'list') node.items.forEach(visit);
    else for (const { key, value } of node.entries) [key, value].forEach(visit);
  };
  visit(root);
  return spans.sort((a, b) => a.start - b.start);
}

function isInside(spans: readonly Span[], offset: number): boolean {
  const span = spans[partitionPoint(spans.length, (i) => (spans[i]?.start ?? 0) <= offset) - 1];
  return span !== undefined && offset < span.end;
}

/** Counts the true members of `count`, ordered so that the true ones come first. */
function partitionPoint(count: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
