import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Span } from '../text.ts';
import type { ListNode, MapEntry, MapNode, Node, ScalarNode, ScalarStyle } from './node.ts';
import type { YamlProblem } from './yaml-messages.ts';

/** How many nodes aliases may add: an alias bomb grows as 2ⁿ or 10ⁿ. */
export const MAX_ALIAS_NODES = 20_000;

interface Sized {
  readonly node: Node;
  /** How many nodes a walk from this one visits, aliases followed. */
  readonly size: number;
}

/** Converts the composed document to our own tree; aliases share the anchor's nodes. */
export class TreeBuilder {
  readonly problems: YamlProblem[] = [];
  readonly #text: string;
  readonly #anchors = new Map<string, Sized | 'open'>();
  #aliasNodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  build(contents: unknown): Node | null {
    if (isScalar(contents) && contents.value === null && !contents.source) return null;
    return this.#node(contents, 0).node;
  }

  #node(node: unknown, at: number): Sized {
    if (isAlias(node)) return this.#alias(node.source, toSpan(node.range, at));
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor) this.#anchors.set(anchor, 'open');
    const sized = this.#own(node, at);
    if (anchor) this.#anchors.set(anchor, sized);
    return sized;
  }

  #own(node: unknown, at: number): Sized {
    if (isMap(node)) return this.#map(node, at);
    if (isSeq(node)) {
      const span = toSpan(node.range, at);
      const items = node.items.map((item) => this.#node(item, span.start));
      const list: ListNode = {
        type: 'list',
        span,
        alias: false,
        flow: node.flow === true,
        items: items.map((i) => i.node),
      };
      return { node: list, size: items.reduce((sum, i) => sum + i.size, 1) };
    }
    return { node: this.#scalar(node, at), size: 1 };
  }

  #map(
    node: {
      items: unknown[];
      range?: readonly number[] | null | undefined;
      flow?: boolean | undefined;
    },
    at: number,
  ): Sized {
    const span = toSpan(node.range, at);
    const entries: MapEntry[] = [];
    const seen = new Set<string>();
    const merged: Node[] = [];
    let size = 1;
    for (const item of node.items as { key: unknown; value: unknown }[]) {
      const key = this.#key(item.key, span.start);
      const value =
        item.value === null ? createEmpty(key.span.end) : this.#node(item.value, key.span.end);
      size += value === null ? 1 : sizeOf(value) + 1;
      const valueNode = nodeOf(value);
      if (key.source === '<<' && key.style === 'plain' && isMergeSource(valueNode)) {
        merged.push(valueNode);
        continue;
      }
      if (seen.has(key.source)) {
        this.problems.push({
          message: `The key \`${key.source}\` appears twice in this map. Remove one.`,
          span: key.span,
        });
      }
      seen.add(key.source);
      entries.push({
        key,
        value: valueNode,
        span: { start: key.span.start, end: Math.max(key.span.end, valueNode.span.end) },
      });
    }
    addMerged(entries, seen, merged);
    const map: MapNode = { type: 'map', span, alias: false, flow: node.flow === true, entries };
    return { node: map, size };
  }

  #key(key: unknown, at: number): ScalarNode {
    const node = this.#node(key, at).node;
    if (node.type === 'scalar') return node;
    const source = this.#text.slice(node.span.start, node.span.end);
    return {
      type: 'scalar',
      span: node.span,
      alias: false,
      value: source,
      source,
      style: 'plain',
      token: node.span,
      indent: 0,
    };
  }

  #scalar(node: unknown, at: number): ScalarNode {
    if (!isScalar(node)) return createEmpty(at);
    const span = toSpan(node.range, at);
    const token = node.srcToken;
    const isString = typeof node.value === 'string';
    const value =
      isString || typeof node.value === 'number' || typeof node.value === 'boolean'
        ? (node.value as string)
        : null;
    return {
      type: 'scalar',
      span: token?.type === 'block-scalar' ? trimBlock(span, this.#text) : span,
      alias: false,
      value: value === null && node.value !== null ? String(node.value) : value,
      source: isString ? (node.value as string) : (node.source ?? ''),
      style: STYLES[node.type ?? 'PLAIN'] ?? 'plain',
      token: span,
      indent: token?.type === 'block-scalar' ? token.indent : 0,
    };
  }

  #alias(name: string, span: Span): Sized {
    const target = this.#anchors.get(name);
    if (target === undefined || target === 'open') {
      const message = target
        ? `The alias \`*${name}\` refers to itself.`
        : `No anchor \`&${name}\` is defined before this alias.`;
      this.problems.push({ message, span });
      return { node: createEmpty(span.start), size: 1 };
    }
    this.#aliasNodes += target.size;
    if (this.#aliasNodes > MAX_ALIAS_NODES) {
      this.problems.push({
        message: `Aliases expand to more than ${MAX_ALIAS_NODES} values: write the value out or use fewer.`,
        span,
      });
      return { node: createEmpty(span.start), size: 1 };
    }
    return { node: { ...target.node, span, alias: true }, size: target.size };
  }
}

const STYLES: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function sizeOf(value: Sized | ScalarNode): number {
  return 'size' in value ? value.size : 1;
}

function nodeOf(value: Sized | ScalarNode): Node {
  return 'size' in value ? value.node : value;
}

/** True for `<<: *defaults`, the YAML 1.1 merge key that older readers support: a map or a list of maps. */
function isMergeSource(value: Node): boolean {
  return (
    value.type === 'map' ||
    (value.type === 'list' && value.items.every((item) => item.type === 'map'))
  );
}

/** Merges maps: own keys take precedence over merged ones, earlier sources over later ones. */
function addMerged(entries: MapEntry[], seen: Set<string>, sources: readonly Node[]): void {
  for (const source of sources) {
    for (const map of source.type === 'list' ? source.items : [source]) {
      for (const entry of map.type === 'map' ? map.entries : []) {
        if (!seen.has(entry.key.source)) entries.push(entry);
        seen.add(entry.key.source);
      }
    }
  }
}

function createEmpty(at: number): ScalarNode {
  const span = { start: at, end: at };
  return {
    type: 'scalar',
    span,
    alias: false,
    value: null,
    source: '',
    style: 'plain',
    token: span,
    indent: 0,
  };
}

function toSpan(range: readonly number[] | null | undefined, at: number): Span {
  return { start: range?.[0] ?? at, end: range?.[1] ?? at };
}

/** A block scalar's token extends to the next key's line; the visible span ends with the last text. */
function trimBlock(span: Span, text: string): Span {
  let end = span.end;
  while (
    end > span.start &&
    (text[end - 1] === '\n' || text[end - 1] === '\r' || text[end - 1] === ' ')
  )
    end--;
  return { start: span.start, end };
}
