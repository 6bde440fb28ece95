import type { VariableType } from './document.ts';
import type { Node } from './node.ts';
import { valueText } from './read-rows.ts';

/**
 * True if a value matches a declared type. The text that a placeholder gets decides: `"12"` is
 * a number, and a number is a text. CSV files contain lists and maps as JSON text.
 */
export function fitsType(type: VariableType, node: Node): boolean {
  const text = node.type === 'scalar' ? valueText(node).trim() : null;
  switch (type) {
    case 'string':
      return text !== null;
    case 'number':
      return text !== null && text !== '' && Number.isFinite(Number(text));
    case 'integer':
      return text !== null && text !== '' && Number.isInteger(Number(text));
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'array':
      return node.type === 'list' || isJson(text, '[');
    case 'object':
      return node.type === 'map' || isJson(text, '{');
    default:
      return type satisfies never;
  }
}

function isJson(text: string | null, first: string): boolean {
  if (text === null || !text.startsWith(first)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
