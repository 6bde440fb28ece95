import type { PromptDocument } from '#core/prompt/document.ts';
import type { Path } from '#core/prompt/locate.ts';
import { locate } from '#core/prompt/locate.ts';
import type { LineMap, Span } from '#core/text.ts';
import { type FlowPlace, findFlowPlace } from './flow-place.ts';
import { findCommentStart, readYamlLine, type YamlLine } from './yaml-line.ts';

/**
 * The position of a cursor in YAML that can be incomplete, read from the lines around it.
 *
 * `key`: in a key with a colon. `value`: after a colon, or in quotes. `open`: a word that can become a
 * key or a value. `item`: where the next dash of a list goes. `text`: inside a block scalar.
 */
export interface Place {
  readonly kind: 'key' | 'value' | 'open' | 'item' | 'text' | 'comment';
  /** The path of the map for `key` and of the value for all others; either one for `open`. */
  readonly path: Path;
  /** What a completion replaces: the word, or the inside of the quotes. */
  readonly replace: Span;
  /** The part of it before the cursor. */
  readonly prefix: string;
  /** The column of the keys of this map. */
  readonly indent: number;
  /** Keys that the map already contains. */
  readonly siblings: readonly string[];
  readonly quoted: boolean;
  readonly flow: boolean;
  /** The colon before the cursor must be followed by a blank. */
  readonly needsSpace: boolean;
}

export function findPlace(prompt: PromptDocument, lines: LineMap, offset: number): Place {
  const { line, character } = lines.position(offset);
  const text = lines.line(line);
  const start = lines.lineStart(line);
  const column = Math.min(character, text.length);
  const own = readYamlLine(text);
  const quoted = findQuotedPlace(prompt, offset);
  const base = { quoted: false, flow: false, needsSpace: false };

  const isBlank = own.isBlank || column < own.column;
  const at = isBlank ? column : own.column;
  const around = readSurroundings(lines, line, own, at);
  if (around.block) {
    const { span, prefix } = findWordAround(text, column, start);
    return {
      ...base,
      kind: 'text',
      path: around.block,
      replace: span,
      prefix,
      indent: at,
      siblings: [],
    };
  }
  if (quoted) return { ...quoted, indent: at, siblings: around.siblings };
  if (column > findCommentStart(text, 0)) {
    const { span, prefix } = findWordAround(text, column, start);
    return { ...base, kind: 'comment', path: [], replace: span, prefix, indent: at, siblings: [] };
  }
  const { path, siblings } = around;
  const inValue = own.key !== null && column > own.key.end;
  const valuePath = own.key ? [...path, own.key.name] : path;
  const flow = findFlowOnLine(text, own, column) ?? findFlowInTree(prompt, offset);
  if (flow) return placeInFlow(flow, flow.absolute ? [] : valuePath, text, column, start, at);
  if (isBlank) {
    const empty = { start: start + column, end: start + column };
    const kind = around.isListLevel ? 'item' : 'open';
    return { ...base, kind, path, replace: empty, prefix: '', indent: at, siblings };
  }
  const end = findTrimmedEnd(text, own.value);
  if (inValue) {
    const from = Math.min(own.value, column);
    const needsSpace = own.key !== null && column === own.key.end + 1 && own.value === column;
    const replace = { start: start + from, end: start + Math.max(end, column) };
    const prefix = text.slice(from, column);
    return {
      ...base,
      kind: 'value',
      path: valuePath,
      replace,
      prefix,
      indent: at,
      siblings,
      needsSpace,
    };
  }
  if (own.key) {
    const others = siblings.filter((name) => name !== own.key?.name);
    const replace = { start: start + own.column, end: start + own.key.end };
    const prefix = text.slice(own.column, column);
    return { ...base, kind: 'key', path, replace, prefix, indent: at, siblings: others };
  }
  const replace = { start: start + own.column, end: start + Math.max(end, column) };
  const prefix = text.slice(own.column, column);
  return { ...base, kind: 'open', path, replace, prefix, indent: at, siblings };
}

interface Around {
  readonly path: Path;
  readonly siblings: readonly string[];
  /** The path of the block scalar that contains the line. */
  readonly block: Path | null;
  /** The position is at the column of a list's dashes, but has no dash. */
  readonly isListLevel: boolean;
}

/** The path at a column, from the keys and dashes above it and to its left. */
function readSurroundings(lines: LineMap, line: number, own: YamlLine, column: number): Around {
  const path: (string | number)[] = [];
  const siblings: string[] = [];
  let block = -1;
  let limit = column;
  let isInList = false;
  let isListLevel = false;
  let isFirst = true;
  const ascend = (part: string | number, to: number, isHeader: boolean): void => {
    path.push(part);
    limit = to;
    isFirst = false;
    if (isHeader) block = path.length;
  };
  if (own.key && !own.isBlank) siblings.push(own.key.name);
  for (const dash of own.dashes.toReversed()) {
    if (dash < limit) {
      ascend(0, dash, false);
      isInList = true;
    }
  }
  for (let above = line - 1; above >= 0 && limit >= 0; above--) {
    const text = lines.line(above);
    const { key, dashes, column: at, isBlockHeader, isBlank } = readYamlLine(text);
    if (isBlank || text[at] === '#') continue;
    if (/^(---|\.\.\.)/.test(text)) break;
    if (key && at === limit && isFirst && !isInList) siblings.push(key.name);
    if (key && (at < limit || (isInList && at === limit && dashes.length === 0))) {
      ascend(key.name, at, isBlockHeader);
      isInList = false;
    }
    const isPlainHeader = isBlockHeader && key === null;
    for (const dash of dashes.toReversed()) {
      if (dash < limit) {
        ascend(0, dash, isPlainHeader && dash === dashes.at(-1));
        isInList = true;
      } else if (dash === limit) {
        const last = path.length - 1;
        if (isInList && typeof path[last] === 'number') path[last] = (path[last] as number) + 1;
        else if (isFirst) isListLevel = true;
      }
    }
    if (limit === 0 && !isInList && !isFirst) break;
  }
  siblings.push(...findKeysBelow(lines, line, column));
  const whole = path.toReversed();
  return {
    path: whole,
    siblings,
    block: block < 0 ? null : whole.slice(0, path.length - block + 1),
    isListLevel,
  };
}

/** Keys of the same map on the following lines. */
function findKeysBelow(lines: LineMap, line: number, column: number): string[] {
  const keys: string[] = [];
  for (let below = line + 1; below < lines.lineCount; below++) {
    const { key, dashes, column: at, isBlank } = readYamlLine(lines.line(below));
    if (isBlank) continue;
    if ((dashes[0] ?? at) < column) break;
    if (key && at === column && dashes.length === 0) keys.push(key.name);
  }
  return keys;
}

/** The place of a cursor inside a quoted scalar of the tree, which can span several lines. */
function findQuotedPlace(
  prompt: PromptDocument,
  offset: number,
): Omit<Place, 'indent' | 'siblings'> | null {
  const found = locate(prompt.root, offset);
  const node = found?.node;
  if (!found || found.inKey || node?.type !== 'scalar' || node.alias) return null;
  if (node.style !== 'single' && node.style !== 'double') return null;
  const { start, end } = node.token;
  const isClosed = end - start > 1 && prompt.text[end - 1] === prompt.text[start];
  const inner = { start: start + 1, end: isClosed ? end - 1 : end };
  if (offset < inner.start || offset > inner.end) return null;
  const prefix = prompt.text.slice(inner.start, offset);
  return {
    kind: 'value',
    path: found.path,
    replace: inner,
    prefix,
    quoted: true,
    flow: false,
    needsSpace: false,
  };
}

type Flow = FlowPlace & { readonly absolute: boolean };

function findFlowOnLine(text: string, own: YamlLine, column: number): Flow | null {
  if (!/[[{]/.test(text[own.value] ?? '') || column <= own.value) return null;
  const flow = findFlowPlace(text, own.value, column);
  return flow && { ...flow, absolute: false };
}

/** A flow collection that starts on an earlier line. */
function findFlowInTree(prompt: PromptDocument, offset: number): Flow | null {
  let node = prompt.root;
  let path: Path = [];
  for (const part of locate(node, offset)?.path ?? []) {
    if (node && node.type !== 'scalar' && node.flow) break;
    node =
      node?.type === 'map'
        ? (node.entries.findLast((entry) => entry.key.source === part)?.value ?? null)
        : node?.type === 'list'
          ? (node.items[Number(part)] ?? null)
          : null;
    path = [...path, part];
  }
  if (!node || node.type === 'scalar' || !node.flow || node.alias || offset <= node.span.start)
    return null;
  const flow = findFlowPlace(prompt.text, node.span.start, offset);
  return flow && { ...flow, path: [...path, ...flow.path], absolute: true };
}

function placeInFlow(
  flow: Flow,
  outer: Path,
  text: string,
  column: number,
  lineStart: number,
  indent: number,
): Place {
  const from = Math.max(0, column - flow.word.length);
  let to = column;
  while (to < text.length && !/[\s,:\]}#]/.test(text[to] ?? '')) to++;
  return {
    kind: flow.isKey ? (text[to] === ':' ? 'key' : 'open') : 'value',
    path: [...outer, ...flow.path],
    replace: { start: lineStart + from, end: lineStart + to },
    prefix: flow.word,
    indent,
    siblings: flow.siblings,
    quoted: false,
    flow: true,
    needsSpace: false,
  };
}

/** The end of the value that starts at a column, before trailing blanks and a comment. */
function findTrimmedEnd(text: string, from: number): number {
  let end = findCommentStart(text, from);
  while (end > from && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}

function findWordAround(
  text: string,
  column: number,
  start: number,
): { span: Span; prefix: string } {
  let from = column;
  while (from > 0 && WORD.test(text[from - 1] ?? '')) from--;
  let to = column;
  while (to < text.length && WORD.test(text[to] ?? '')) to++;
  return { span: { start: start + from, end: start + to }, prefix: text.slice(from, column) };
}

const WORD = /[\w.-]/;
