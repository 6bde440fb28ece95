import type { Trust, Variable, VariableType } from './document.ts';
import { child, type MapEntry, type Node, readNumber, readString, toJson } from './node.ts';

const TYPES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
] satisfies VariableType[]);
const TRUST: ReadonlyMap<string, Trust> = new Map([
  ['trusted', 'trusted'],
  ['user', 'user'],
  ['untrusted', 'user'],
  ['external', 'external'],
]);

/** Reads declarations: a list of maps with `name`, or a map keyed by name, where a bare value is the default. */
export function readVariables(node: Node | undefined): Variable[] {
  if (node?.type === 'list') {
    return node.items.flatMap((item) => {
      const name = child(item, 'name');
      const text = readString(name);
      return name && text !== undefined ? [readDeclaration(text, name.span, item.span, item)] : [];
    });
  }
  if (node?.type === 'map') return node.entries.map(readKeyed);
  return [];
}

function readKeyed({ key, value, span }: MapEntry): Variable {
  if (value.type === 'map') return readDeclaration(key.source, key.span, span, value);
  const isDefault = value.type !== 'scalar' || value.value !== null;
  return {
    name: key.source,
    nameSpan: key.span,
    span,
    ...(isDefault ? { defaultNode: value } : {}),
  };
}

function readDeclaration(
  name: string,
  nameSpan: Variable['nameSpan'],
  span: Variable['span'],
  node: Node,
): Variable {
  const description = readString(child(node, 'description'));
  const type = readString(child(node, 'type'));
  const required = child(node, 'required');
  const defaultNode = child(node, 'default');
  const choices = child(node, 'enum');
  const example = child(node, 'example');
  const trust = TRUST.get(readString(child(node, 'trust')) ?? '');
  const maxTokens = readNumber(child(node, 'maxTokens'));
  return {
    name,
    nameSpan,
    span,
    ...(description === undefined ? {} : { description }),
    ...(type !== undefined && TYPES.has(type) ? { type: type as VariableType } : {}),
    ...(required?.type === 'scalar' && typeof required.value === 'boolean'
      ? { required: required.value }
      : {}),
    ...(defaultNode ? { defaultNode } : {}),
    ...(choices?.type === 'list' ? { enum: choices.items.map(toJson) } : {}),
    ...(example ? { example: toJson(example) } : {}),
    ...(trust ? { trust } : {}),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
}
