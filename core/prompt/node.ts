import type { Span } from '../text.ts';

/** A JSON value, as in test rows, `with:` skeletons and schemas. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

interface NodeBase {
  /** The node's span; for an alias, that of `*name`, while the content is the anchor's. */
  readonly span: Span;
  /** True if the node was reached through an alias (`*name`): its inner spans are at the anchor. */
  readonly alias: boolean;
}

export interface ScalarNode extends NodeBase {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** The text as written in YAML (`1.50`, `yes`); equals `value` for strings. */
  readonly source: string;
  readonly style: ScalarStyle;
  /** The span of the scalar's source token; at the anchor if this is an alias. */
  readonly token: Span;
  /** For block scalars, the parent's indentation, to which theirs is relative; otherwise 0. */
  readonly indent: number;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: Node;
  /** From the key's start to the value's end. */
  readonly span: Span;
}

export interface MapNode extends NodeBase {
  readonly type: 'map';
  readonly entries: readonly MapEntry[];
  /** True if written in braces. */
  readonly flow: boolean;
}

export interface ListNode extends NodeBase {
  readonly type: 'list';
  readonly items: readonly Node[];
  readonly flow: boolean;
}

/** The tree of one YAML document: bounded in size and depth, aliases resolved, spans everywhere. */
export type Node = ScalarNode | MapNode | ListNode;

/** Finds the entry with this key; the last of several. */
export function findEntry(node: Node | null | undefined, key: string): MapEntry | undefined {
  if (node?.type !== 'map') return undefined;
  // A loop, because this runs thousands of times on every keystroke.
  for (let i = node.entries.length - 1; i >= 0; i--) {
    const entry = node.entries[i];
    if (entry?.key.source === key) return entry;
  }
  return undefined;
}

/** Finds the value of this key. */
export function child(node: Node | null | undefined, key: string): Node | undefined {
  return findEntry(node, key)?.value;
}

/** Returns the string value of a node, or undefined for every other kind of node. */
export function readString(node: Node | null | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Returns the finite number value of a node, or undefined. */
export function readNumber(node: Node | null | undefined): number | undefined {
  return node?.type === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value)
    ? node.value
    : undefined;
}

/** Converts the node to JSON. Keys are their source text; a later duplicate wins. */
export function toJson(node: Node): Json {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map': {
      const result: Record<string, Json> = Object.create(null);
      for (const { key, value } of node.entries) result[key.source] = toJson(value);
      return result;
    }
    default:
      return node satisfies never;
  }
}
