import type { PromptDocument } from '../prompt/document.ts';
import type { Node } from '../prompt/node.ts';
import { LineMap, type Span } from '../text.ts';

/** A comment that silences findings: `# promptsmith-disable-next-line <id>, <id> -- reason`. */
export interface Suppression {
  readonly kind: 'next-line' | 'line' | 'region' | 'file';
  /** Where the comment stands. */
  readonly span: Span;
  /** Each named rule and where its name stands; empty: every rule. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  readonly reason?: string;
  readonly covers: Span;
  /** Rule ids whose findings it held back; `*` when it names none. Filled while linting. */
  readonly used: Set<string>;
}

const COMMENT =
  /#[ \t]*promptsmith-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])([^\n\r]*)/g;

/** The suppressions of a file. A `#` inside a string or block is prompt text, never a suppression. */
export function readSuppressions(prompt: PromptDocument): Suppression[] {
  const { text, root } = prompt;
  if (!text.includes('promptsmith-')) return [];
  const scalars = root ? scalarTokens(root) : [];
  const lines = new LineMap(text);
  const open: Suppression[] = [];
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
      close(
        open,
        readIds(rest).map((rule) => rule.id),
        span.start,
      );
      continue;
    }
    const line = lines.position(span.start).line;
    const suppression = make(word, span, rest, coverage(word, line, lines, prompt));
    if (suppression.kind === 'region') open.push(suppression);
    all.push(suppression);
  }
  return all;
}

/** The suppression that covers a finding of this rule at this place. */
export function suppressionOf(
  suppressions: readonly Suppression[],
  id: string,
  span: Span,
): Suppression | undefined {
  return suppressions.find(
    ({ covers, rules }) =>
      covers.start <= span.start &&
      span.start <= covers.end &&
      (rules.length === 0 || rules.some((rule) => rule.id === id)),
  );
}

function make(
  word: string,
  span: Span,
  rest: { text: string; start: number },
  covers: Span,
): Suppression {
  const kind =
    word === 'disable' ? 'region' : (word.replace('disable-', '') as Suppression['kind']);
  const reason = /--\s*(.*\S)/.exec(rest.text)?.[1];
  return {
    kind,
    span,
    rules: readIds(rest),
    covers,
    used: new Set(),
    ...(reason === undefined ? {} : { reason }),
  };
}

function readIds({ text, start }: { text: string; start: number }): { id: string; span: Span }[] {
  const names = text.split('--')[0] ?? '';
  return [...names.matchAll(/[^\s,]+/g)].map((m) => ({
    id: m[0],
    span: { start: start + m.index, end: start + m.index + m[0].length },
  }));
}

/** `enable` ends the regions that name its rules, or all where it names none. */
function close(open: Suppression[], ids: readonly string[], at: number): void {
  for (let i = open.length - 1; i >= 0; i--) {
    const region = open[i];
    if (!region || (ids.length > 0 && !region.rules.some((rule) => ids.includes(rule.id))))
      continue;
    Object.assign(region, { covers: { start: region.covers.start, end: at } });
    open.splice(i, 1);
  }
}

function coverage(word: string, line: number, lines: LineMap, prompt: PromptDocument): Span {
  const { text, root } = prompt;
  switch (word) {
    case 'disable-file':
      return { start: 0, end: text.length };
    case 'disable':
      return { start: lines.lineStart(line), end: text.length };
    case 'disable-line':
      return lineAndValue(lines, line, root);
    default: {
      let next = line + 1;
      while (next < lines.lineCount && /^\s*(#.*)?$/.test(lines.line(next))) next++;
      return lineAndValue(lines, next, root);
    }
  }
}

/** A line, and the whole value of a key or list item that begins on it. */
function lineAndValue(lines: LineMap, line: number, root: Node | null): Span {
  const start = lines.lineStart(line);
  const end = start + lines.line(line).length;
  let reach = end;
  const visit = (node: Node): void => {
    if (node.alias || node.span.end < start || node.span.start > end) return;
    const parts = node.type === 'map' ? node.entries : node.type === 'list' ? node.items : [];
    for (const part of parts) {
      if (part.span.start >= start && part.span.start <= end)
        reach = Math.max(reach, part.span.end);
      visit('key' in part ? part.value : part);
    }
  };
  if (root) visit(root);
  return { start, end: reach };
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
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const span = spans[low - 1];
  if (span === undefined || offset >= span.end) return false;
  return true;
}
