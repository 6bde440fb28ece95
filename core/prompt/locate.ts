import type { Span } from '../text.ts';
import type { MapEntry, Node, ScalarNode } from './node.ts';

export type Path = readonly (string | number)[];

/** Finds the node at a path of keys and indexes; undefined if there is none. */
export function nodeAt(root: Node | null, path: Path): Node | undefined {
  let node: Node | undefined = root ?? undefined;
  for (const part of path) {
    if (node?.type === 'map')
      node = node.entries.findLast((entry) => entry.key.source === String(part))?.value;
    else if (node?.type === 'list') node = node.items[Number(part)];
    else return undefined;
  }
  return node;
}

/** Chooses the span to mark for a path: the value's, or its key's if the value is a collection or empty. */
export function spanAt(root: Node | null, path: Path): Span {
  const holder = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (holder?.type === 'map') {
    const entry = holder.entries.findLast((e) => e.key.source === String(last));
    if (entry) return pointAt(entry);
  }
  return nodeAt(root, path)?.span ?? holder?.span ?? root?.span ?? { start: 0, end: 0 };
}

/** Chooses the span to mark for an entry: a scalar value itself, otherwise the key. */
export function pointAt({ key, value }: MapEntry): Span {
  const isVisible =
    value.type === 'scalar' &&
    !value.alias &&
    value.span.end > value.span.start &&
    value.style !== 'literal' &&
    value.style !== 'folded';
  return isVisible ? value.span : key.span;
}

/** Chooses the span to mark for a node: the first key or item of a block collection, the header of a block scalar. */
export function headSpan(node: Node): Span {
  if (node.alias) return node.span;
  switch (node.type) {
    case 'map':
      return node.flow ? node.span : (node.entries[0]?.key.span ?? node.span);
    case 'list': {
      const first = node.items[0];
      return node.flow || !first ? node.span : headSpan(first);
    }
    case 'scalar': {
      const isBlock = node.style === 'literal' || node.style === 'folded';
      return isBlock ? { start: node.span.start, end: node.span.start + 1 } : node.span;
    }
    default:
      return node satisfies never;
  }
}

/** What is at an offset: the path to the innermost node, and whether the offset is in a key. */
export interface Location {
  readonly path: Path;
  readonly node: Node;
  /** The entry whose key or value contains the offset, if the parent is a map. */
  readonly entry: MapEntry | null;
  readonly inKey: boolean;
}

/** Finds the innermost node at an offset (its end included, so that a cursor after a word counts). */
export function locate(root: Node | null, offset: number): Location | null {
  if (!root) return null;
  let found: Location = { path: [], node: root, entry: null, inKey: false };
  for (;;) {
    const next = step(found, offset);
    if (!next) return found;
    found = next;
    if (next.inKey) return found;
  }
}

function step({ node, path }: Location, offset: number): Location | null {
  if (node.alias) return null;
  if (node.type === 'list') {
    const index = node.items.findIndex((item) => containsOffset(item.span, offset));
    const item = node.items[index];
    return item ? { path: [...path, index], node: item, entry: null, inKey: false } : null;
  }
  if (node.type !== 'map') return null;
  for (const entry of node.entries) {
    const at = [...path, entry.key.source];
    if (containsOffset(entry.key.span, offset))
      return { path: at, node: entry.key, entry, inKey: true };
    if (containsOffset(fullSpan(entry.value), offset))
      return { path: at, node: entry.value, entry, inKey: false };
  }
  return null;
}

/** A block scalar extends to its last line break, although its visible span ends with its text. */
function fullSpan(node: Node): Span {
  return node.type === 'scalar' && !node.alias ? (node as ScalarNode).token : node.span;
}

function containsOffset(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
