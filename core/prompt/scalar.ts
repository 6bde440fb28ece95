import type { ScalarNode } from './node.ts';
import { mapBlock } from './scalar-block.ts';
import { findClosingQuote, mapDoubleQuoted, mapFolded } from './scalar-flow.ts';
import { type ScalarMap, ScalarMapBuilder } from './scalar-map.ts';

/** Builds the offset map of a scalar in its file. */
export function mapScalar(node: ScalarNode, text: string): ScalarMap {
  const builder = new ScalarMapBuilder(text);
  switch (node.style) {
    case 'plain':
      mapFolded(builder, node.token.start, node.token.end, false);
      break;
    case 'single':
      mapFolded(builder, node.token.start + 1, findClosingQuote(node, text, "'"), true);
      break;
    case 'double':
      mapDoubleQuoted(builder, node.token.start + 1, findClosingQuote(node, text, '"'));
      break;
    case 'literal':
    case 'folded':
      mapBlock(builder, node);
      break;
    default:
      node.style satisfies never;
  }
  return builder.finish();
}
