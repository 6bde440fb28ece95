import { nodeEnd } from '#core/prompt/edit.ts';
import type { MapEntry, Node } from '#core/prompt/node.ts';

/** Visits every entry and item of the tree, outer ones first. The contents of aliases are skipped. */
export function walk(node: Node | null, visit: (node: Node, entry: MapEntry | null) => void): void {
  if (!node) return;
  const go = (inner: Node, entry: MapEntry | null): void => {
    visit(inner, entry);
    if (inner.alias) return;
    if (inner.type === 'list') for (const item of inner.items) go(item, null);
    if (inner.type === 'map') for (const one of inner.entries) go(one.value, one);
  };
  go(node, null);
}

/** The end of a node's last visible character. */
export function findVisibleEnd(node: Node, atLeast: number, text: string): number {
  let end = Math.max(atLeast, nodeEnd(node, text));
  while (end > atLeast && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}
