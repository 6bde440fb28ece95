import type { Edit } from '../text.ts';
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from './node.ts';

/*
 * Changes a file by text edits. Comments, key order, block styles and line endings of other parts are never
 * rewritten. Spans refer to the text that was parsed.
 */

/** Renames the key of an entry; quotes it if YAML requires quotes. */
export function renameKey(entry: MapEntry, key: string): Edit {
  return { span: entry.key.span, text: keyText(key) };
}

/** Replaces a scalar's value, in the same style if that style can represent it. */
export function replaceScalar(node: ScalarNode, text: string, value: string): Edit {
  const isBlock = node.style === 'literal' || node.style === 'folded';
  if (!isBlock) return { span: node.token, text: flowText(value, node.style) };
  const eol = detectLineBreak(text);
  if (!fitsBlock(value)) return { span: node.token, text: doubleQuoted(value) + eol };
  const block = blockText(value, blockIndent(node, text), eol);
  const endsFile = node.token.end >= text.length && !text.endsWith('\n');
  return {
    span: node.token,
    text: endsFile && !value.endsWith('\n') ? block.slice(0, -eol.length) : block,
  };
}

/** Sets a scalar to a value of any type: a string in the scalar's own style, everything else unquoted. */
export function setScalar(
  node: ScalarNode,
  text: string,
  value: string | number | boolean | null,
): Edit {
  if (typeof value === 'string') return replaceScalar(node, text, value);
  const isBlock = node.style === 'literal' || node.style === 'folded';
  const endsLine = isBlock && text[node.token.end - 1] === '\n';
  return { span: node.token, text: `${value}${endsLine ? detectLineBreak(text) : ''}` };
}

/** Removes an entry of a block map with its lines, or of a flow map with its comma. */
export function removeEntry(map: MapNode, entry: MapEntry, text: string): Edit {
  const index = map.entries.indexOf(entry);
  if (map.flow) {
    const next = map.entries[index + 1];
    const previous = map.entries[index - 1];
    if (next) return { span: { start: entry.span.start, end: next.span.start }, text: '' };
    return {
      span: { start: previous?.span.end ?? entry.span.start, end: entry.span.end },
      text: '',
    };
  }
  const end = entryEnd(entry, text);
  const next = map.entries[index + 1];
  // The first entry of a list item is on the line of the dash, so the next entry moves there.
  if (next && !startsLine(entry.span.start, text))
    return { span: { start: entry.span.start, end: next.span.start }, text: '' };
  return { span: { start: lineStart(entry.span.start, text), end }, text: '' };
}

/** Removes an item of a block list with its lines. Null for other lists, and if it shares its line. */
export function removeItem(list: ListNode, item: Node, text: string): Edit | null {
  const dash = text.lastIndexOf('-', item.span.start);
  if (list.flow || list.alias || item.alias || dash < 0 || !startsLine(dash, text)) return null;
  return { span: { start: lineStart(dash, text), end: nodeEnd(item, text) }, text: '' };
}

/**
 * Adds an entry at the end of a map, or after `after`. `yaml` is the value as written after the
 * colon, with its lines indented from 0 (`"|-\n  text"`, `"\n- a\n- b"`).
 */
export function insertEntry(
  map: MapNode,
  key: string,
  yaml: string,
  text: string,
  after?: MapEntry,
): Edit {
  const eol = detectLineBreak(text);
  const last = after ?? map.entries.at(-1);
  if (map.flow) {
    const at = last ? last.span.end : map.span.start + 1;
    return { span: { start: at, end: at }, text: `${last ? ', ' : ''}${keyText(key)}: ${yaml}` };
  }
  const indent = findColumn((map.entries[0] ?? last)?.span.start ?? map.span.start, text);
  const at = last ? entryEnd(last, text) : map.span.end;
  const gap = yaml.startsWith('\n') ? '' : ' ';
  const line = `${' '.repeat(indent)}${keyText(key)}:${gap}${indented(yaml, indent, eol)}`;
  return insertLine(at, line, text, eol);
}

/** Adds an item at the end of a list. `yaml` as for `insertEntry`, written after the dash. */
export function appendItem(list: ListNode, yaml: string, text: string): Edit {
  const eol = detectLineBreak(text);
  const last = list.items.at(-1);
  if (list.flow || !last) {
    const at = last ? last.span.end : list.span.start + 1;
    return { span: { start: at, end: at }, text: `${last ? ', ' : ''}${yaml}` };
  }
  const dash = text.lastIndexOf('-', last.span.start);
  const indent = findColumn(dash, text);
  const at = nodeEnd(last, text);
  return insertLine(at, `${' '.repeat(indent)}- ${indented(yaml, indent + 2, eol)}`, text, eol);
}

/** Writes a string as YAML: on one line, or as a `|` block if it has several. Indented from 0. */
export function scalarText(value: string): string {
  if (value.includes('\n') && fitsBlock(value)) return blockText(value, 2, '\n').slice(0, -1);
  return flowText(value, 'plain');
}

/** Writes a value in the given flow style, or in double quotes if that style cannot represent it. */
export function flowText(value: string, style: ScalarNode['style']): string {
  const isPrintable = !/[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u.test(value);
  if (style === 'plain' && isPrintable && isPlainSafe(value)) return value;
  if (style !== 'double' && isPrintable)
    return style === 'single' || !value.includes("'")
      ? `'${value.replaceAll("'", "''")}'`
      : doubleQuoted(value);
  return doubleQuoted(value);
}

/** Finds where a node's lines end: after the next line break, trailing comment included. */
export function nodeEnd(node: Node, text: string): number {
  const end =
    node.type === 'scalar' && !node.alias && (node.style === 'literal' || node.style === 'folded')
      ? node.span.end
      : lastOffset(node);
  const newline = text.indexOf('\n', Math.max(end - (text[end - 1] === '\n' ? 1 : 0), 0));
  return newline < 0 ? text.length : newline + 1;
}

function lastOffset(node: Node): number {
  if (node.alias || node.type === 'scalar') return node.span.end;
  if (node.type === 'map' && !node.flow)
    return node.entries.reduce(
      (end, e) => Math.max(end, e.key.span.end, lastOffset(e.value)),
      node.span.start,
    );
  if (node.type === 'list' && !node.flow)
    return node.items.reduce((end, item) => Math.max(end, lastOffset(item)), node.span.start);
  return node.span.end;
}

function entryEnd(entry: MapEntry, text: string): number {
  const isEmpty = entry.value.span.end <= entry.key.span.end;
  return isEmpty ? nodeEnd(entry.key, text) : nodeEnd(entry.value, text);
}

function insertLine(at: number, line: string, text: string, eol: string): Edit {
  const needsBreak = at > 0 && text[at - 1] !== '\n';
  return { span: { start: at, end: at }, text: needsBreak ? `${eol}${line}` : `${line}${eol}` };
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$.-]*$/.test(key) ? key : doubleQuoted(key);
}

/** Stricter than YAML 1.2.2 §7.3.3: false for anything that a reader could take for another type or for syntax. */
function isPlainSafe(value: string): boolean {
  if (value === '' || value.trim() !== value) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`~]/.test(value) || /: |:$| #/.test(value)) return false;
  if (/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)) return false;
  return !/^[-+.]?\d|^\.(inf|nan)$|^<<$|^=$/i.test(value);
}

function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** True for printable text that begins with neither white space nor a line break and ends with at most one break. */
function fitsBlock(value: string): boolean {
  const isShown = !/^[ \n\t]|\n\n$|[^\P{Cc}\n\t]|[\p{Cs}\u2028\u2029\ufeff]/u.test(value);
  return isShown && value.trim() !== '';
}

/** Writes a literal block: header and lines. */
function blockText(value: string, indent: number, eol: string): string {
  const chomp = value.endsWith('\n') ? '' : '-';
  const body = chomp === '' ? value.slice(0, -1) : value;
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${chomp}${eol}${lines.join(eol)}${eol}`;
}

function blockIndent(node: ScalarNode, text: string): number {
  const header = text.slice(node.token.start, text.indexOf('\n', node.token.start));
  const explicit = Number(/[1-9]/.exec(header)?.[0] ?? 0);
  if (explicit > 0) return node.indent + explicit;
  const first = /\n( +)[^\s]/.exec(text.slice(node.token.start, node.token.end));
  return first?.[1]?.length ?? node.indent + 2;
}

function indented(yaml: string, indent: number, eol: string): string {
  return yaml
    .split('\n')
    .map((line, i) => (i === 0 || line === '' ? line : ' '.repeat(indent) + line))
    .join(eol);
}

/** Detects the line break of a text: CRLF if its first line ends with it. */
export function detectLineBreak(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

function lineStart(offset: number, text: string): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function startsLine(offset: number, text: string): boolean {
  return /^\s*$/.test(text.slice(lineStart(offset, text), offset));
}

function findColumn(offset: number, text: string): number {
  return offset - lineStart(offset, text);
}
