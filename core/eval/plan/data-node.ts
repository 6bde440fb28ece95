import type { JsonNode } from '../../json-text.ts';
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from '../../prompt/node.ts';
import type { Span } from '../../text.ts';

/** Creates a node for a value of a file that is not YAML. `source` is the text of a number in the file. */
export function scalarNode(
  value: ScalarNode['value'],
  span: Span,
  source: string = String(value ?? ''),
): ScalarNode {
  const style = typeof value === 'string' ? 'double' : 'plain';
  return { type: 'scalar', span, alias: false, value, source, style, token: span, indent: 0 };
}

export function listNode(items: readonly Node[], span: Span): ListNode {
  return { type: 'list', span, alias: false, flow: true, items };
}

export function mapNode(entries: readonly MapEntry[], span: Span): MapNode {
  return { type: 'map', span, alias: false, flow: true, entries };
}

export function mapEntry(key: string, value: Node, keySpan: Span): MapEntry {
  const span = { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) };
  return { key: scalarNode(key, keySpan), value, span };
}

/** Converts a JSON tree whose text starts at `offset` of the file. */
export function jsonToNode(json: JsonNode, text: string, offset: number): Node {
  const moved = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
  const convert = (node: JsonNode): Node => {
    const span = moved(node.span);
    switch (node.type) {
      case 'object': {
        const entries = node.members.map(({ key, keySpan, value }) =>
          mapEntry(key, convert(value), moved(keySpan)),
        );
        return mapNode(entries, span);
      }
      case 'array':
        return listNode(node.items.map(convert), span);
      case 'scalar': {
        const { value } = node;
        const source =
          typeof value === 'string' ? value : text.slice(node.span.start, node.span.end);
        return scalarNode(value, span, source);
      }
      default:
        return node satisfies never;
    }
  };
  return convert(json);
}
