import type { ScalarNode } from './node.ts';
import { block } from './scalar-block.ts';
import { closing, doubleQuoted, unfold } from './scalar-flow.ts';
import { type ScalarMap, ScalarMapBuilder } from './scalar-map.ts';

/** The offset map of a scalar in its file. */
export function scalarMap(node: ScalarNode, text: string): ScalarMap {
  const builder = new ScalarMapBuilder(text);
  switch (node.style) {
    case 'plain':
      unfold(builder, node.token.start, node.token.end, false);
      break;
    case 'single':
      unfold(builder, node.token.start + 1, closing(node, text, "'"), true);
      break;
    case 'double':
      doubleQuoted(builder, node.token.start + 1, closing(node, text, '"'));
      break;
    case 'literal':
    case 'folded':
      block(builder, node);
      break;
    default:
      node.style satisfies never;
  }
  return builder.finish();
}
