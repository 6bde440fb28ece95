import type { Span } from '../text.ts';
import type { PromptDocument } from './document.ts';
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from './node.ts';
import { MAX_LENGTH, parsePrompt, readPrompt } from './parse.ts';
import { parseYaml } from './yaml.ts';
import { MAX_DEPTH } from './yaml-tokens.ts';

/**
 * Returns what `parsePrompt(text)` returns, faster after a small change: if the edit lies inside one item of a list
 * or one top-level key, only its lines are parsed again.
 */
export function reparsePrompt(previous: PromptDocument, text: string): PromptDocument {
  const root = previous.kind === 'prompt' && previous.problems.length === 0 ? previous.root : null;
  if (root?.type !== 'map' || root.flow || text.length > MAX_LENGTH || isSpecial(text))
    return parsePrompt(text);
  const patched = patchTree(root, previous.text, text);
  return patched
    ? readPrompt(text, { root: patched, problems: [], second: null, tags: [] })
    : parsePrompt(text);
}

/** A directive applies to the whole file; a merge key copies entries from elsewhere into a map. */
function isSpecial(text: string): boolean {
  return (
    text.startsWith('%') || text.includes('\n%') || (text.includes('<<') && /<<[ \t]*:/.test(text))
  );
}

/** The difference between two texts: `[start, end)` of the old one, and how much longer the new one is. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly delta: number;
}

function patchTree(root: MapNode, before: string, after: string): MapNode | null {
  const change = changeBetween(before, after);
  const index = root.entries.findLastIndex((entry) => entry.key.span.start <= change.start);
  const entry = root.entries[index];
  if (!entry) return null;
  const start = lineStart(before, entry.key.span.start);
  const next = root.entries[index + 1];
  const end = next ? lineStart(before, next.key.span.start) : before.length;
  if (start !== entry.key.span.start || change.end >= end + (next ? 0 : 1)) return null;
  const patched =
    patchList(entry, change, before, after, end) ??
    patchEntry(entry, change, after, { start, end });
  if (!patched) return null;
  const shifted = root.entries.slice(index + 1).map((one) => shiftEntry(one, change.delta));
  if (shifted.includes(null) || hasAlias(root, index)) return null;
  const entries = [...root.entries.slice(0, index), patched.entry, ...(shifted as MapEntry[])];
  const last = next ? root.span.end + change.delta : patched.end;
  return { ...root, span: { start: root.span.start, end: last }, entries };
}

/** A top-level key, and where the map ends if it is the last one. */
interface Patched {
  readonly entry: MapEntry;
  readonly end: number;
}

/** Parses the value of a top-level key again, with its key. */
function patchEntry(entry: MapEntry, change: Change, after: string, lines: Span): Patched | null {
  const parsed = parseLines(after, lines.start, lines.end + change.delta);
  if (parsed?.type !== 'map' || parsed.flow || parsed.entries.length !== 1) return null;
  const [own] = parsed.entries;
  const isSame = own?.key.source === entry.key.source && own.key.span.start === 0;
  const shifted = own && isSame ? shiftEntry(own, lines.start) : null;
  return shifted && { entry: shifted, end: parsed.span.end + lines.start };
}

/** Parses the item of a top-level list that contains the change again. */
function patchList(
  entry: MapEntry,
  change: Change,
  before: string,
  after: string,
  limit: number,
): Patched | null {
  const list = entry.value;
  if (list.type !== 'list' || list.flow || list.alias || list.items.length < 2) return null;
  const dashes = list.items.map((item) => findDash(before, item));
  const index = dashes.findLastIndex(
    (dash) => dash >= 0 && lineStart(before, dash) <= change.start,
  );
  const item = list.items[index];
  const dash = dashes[index] ?? -1;
  if (!item || dashes.includes(-1)) return null;
  const nextDash = dashes[index + 1];
  const start = lineStart(before, dash);
  const linesEnd = nextDash === undefined ? limit : lineStart(before, nextDash);
  const isLast = linesEnd === before.length;
  if (change.end >= linesEnd + (isLast ? 1 : 0)) return null;
  const parsed = parseLines(after, start, linesEnd + change.delta);
  if (parsed?.type !== 'list' || parsed.flow || parsed.items.length !== 1) return null;
  if (parsed.span.start !== dash - start) return null;
  const own = parsed.items[0] && shift(parsed.items[0], start);
  const following = list.items.slice(index + 1).map((one) => shift(one, change.delta));
  if (!own || following.includes(null)) return null;
  const items = [...list.items.slice(0, index), own, ...(following as Node[])];
  const end = nextDash === undefined ? parsed.span.end + start : list.span.end + change.delta;
  const value: ListNode = { ...list, span: { start: list.span.start, end }, items };
  const span = { start: entry.span.start, end: Math.max(entry.key.span.end, end) };
  return { entry: { key: entry.key, value, span }, end };
}

/** Parses whole lines as a document; null if they have problems or may affect other lines. */
function parseLines(text: string, start: number, end: number): Node | null {
  const lines = text.slice(start, end);
  if (/^(?:---|\.\.\.|%)/m.test(lines)) return null;
  const { root, problems, second, tags } = parseYaml(lines);
  return problems.length > 0 || tags.length > 0 || second || measureDepth(root) > MAX_DEPTH - 4
    ? null
    : root;
}

/** Finds the first and the last difference. */
function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  // Comparing slices is much faster than comparing characters.
  while (isSame(before, start, after, start, most)) start += STRETCH;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const rest = most - start;
  const fromEnd = (text: string): number => text.length - same - STRETCH;
  while (same + STRETCH <= rest && isSame(before, fromEnd(before), after, fromEnd(after), Infinity))
    same += STRETCH;
  while (
    same < rest &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, end: before.length - same, delta: after.length - before.length };
}

const STRETCH = 512;

function isSame(a: string, atA: number, b: string, atB: number, most: number): boolean {
  return atA + STRETCH <= most && a.slice(atA, atA + STRETCH) === b.slice(atB, atB + STRETCH);
}

/** Finds the dash of a block list item that begins its line; -1 otherwise. */
function findDash(text: string, item: Node): number {
  const dash = text.lastIndexOf(
    '-',
    item.span.start === item.span.end ? item.span.start : item.span.start - 1,
  );
  if (dash < 0 || !/^[ \t]*$/.test(text.slice(dash + 1, item.span.start))) return -1;
  return /^ *$/.test(text.slice(lineStart(text, dash), dash)) ? dash : -1;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function shiftSpan({ start, end }: Span, delta: number): Span {
  return { start: start + delta, end: end + delta };
}

/**
 * Copies a subtree to another offset; null if it contains an alias, whose inner spans are elsewhere. Written
 * without spreads, with the properties in the order of `TreeBuilder`: a spread for every node is slower.
 */
function shift(node: Node, delta: number): Node | null {
  if (node.alias) return null;
  switch (node.type) {
    case 'scalar':
      return shiftScalar(node, delta);
    case 'list': {
      const items = node.items.map((item) => shift(item, delta));
      return items.includes(null)
        ? null
        : {
            type: 'list',
            span: shiftSpan(node.span, delta),
            alias: false,
            flow: node.flow,
            items: items as Node[],
          };
    }
    case 'map': {
      const entries = node.entries.map((entry) => shiftEntry(entry, delta));
      return entries.includes(null)
        ? null
        : {
            type: 'map',
            span: shiftSpan(node.span, delta),
            alias: false,
            flow: node.flow,
            entries: entries as MapEntry[],
          };
    }
    default:
      return node satisfies never;
  }
}

function shiftEntry({ key, value, span }: MapEntry, delta: number): MapEntry | null {
  const shifted = shift(value, delta);
  return shifted && { key: shiftScalar(key, delta), value: shifted, span: shiftSpan(span, delta) };
}

function shiftScalar(node: ScalarNode, delta: number): ScalarNode {
  return {
    type: 'scalar',
    span: shiftSpan(node.span, delta),
    alias: node.alias,
    value: node.value,
    source: node.source,
    style: node.style,
    token: shiftSpan(node.token, delta),
    indent: node.indent,
  };
}

/** True if an entry up to `index` contains an alias. */
function hasAlias(root: MapNode, index: number): boolean {
  const containsAlias = (node: Node): boolean => {
    if (node.alias) return true;
    if (node.type === 'list') return node.items.some(containsAlias);
    return node.type === 'map' && node.entries.some((entry) => containsAlias(entry.value));
  };
  return root.entries.slice(0, index + 1).some((entry) => containsAlias(entry.value));
}

function measureDepth(node: Node | null): number {
  if (!node || node.type === 'scalar') return 0;
  const inner = node.type === 'list' ? node.items : node.entries.map((entry) => entry.value);
  return 1 + inner.reduce((most, one) => Math.max(most, measureDepth(one)), 0);
}
