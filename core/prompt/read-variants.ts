import type { VariantSet } from './document.ts';
import type { Node } from './node.ts';

/** Further words of a list are ignored: each creates a case of every row. */
const MAX_WORDS = 50;

/** Reads `variants`: names with one list of words to swap, or with several lists. */
export function readVariants(node: Node | undefined): VariantSet[] {
  if (node?.type !== 'map') return [];
  return node.entries.flatMap(({ key, value }): VariantSet[] => {
    if (value.type !== 'list') return [];
    const isFlat = value.items.every(({ type }) => type === 'scalar');
    const lists = (isFlat ? [value] : value.items)
      .map(readWordList)
      .filter((words) => words.length > 1);
    return lists.length === 0 ? [] : [{ name: key.source, lists, span: value.span }];
  });
}

function readWordList(node: Node): string[] {
  if (node.type !== 'list') return [];
  return node.items
    .slice(0, MAX_WORDS)
    .flatMap((item) => (item.type === 'scalar' && item.source.trim() !== '' ? [item.source] : []));
}
