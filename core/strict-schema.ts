import type { JsonSchemaProblem } from './json-schema-problems.ts';
import { findMember, type JsonNode } from './json-text.ts';

/**
 * What OpenAI refuses in a schema with `strict: true`: the root must be an object, every object must
 * forbid other keys and require all of its own.
 * https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function* findStrictSchemaProblems(
  root: JsonNode,
  span: JsonSchemaProblem['span'],
): Generator<JsonSchemaProblem> {
  if (root.type !== 'object') return;
  if (findMember(root, 'anyOf') || !isObject(root))
    yield {
      message: 'With `strict`, OpenAI refuses a schema whose outermost `type` is not `object`.',
      span,
    };
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type !== 'object') continue;
    if (isObject(node)) yield* objectProblems(node);
    open.push(...listParts(node).reverse());
  }
}

function* objectProblems(node: JsonNode & { type: 'object' }): Generator<JsonSchemaProblem> {
  const properties = findMember(node, 'properties');
  const names = properties?.value.type === 'object' ? properties.value.members : [];
  const required = findMember(node, 'required');
  const list = required?.value.type === 'array' ? required.value.items : [];
  const given = new Set(list.map((item) => (item.type === 'scalar' ? item.value : undefined)));
  const missing = names.map(({ key }) => key).filter((key) => !given.has(key));
  const at = { start: node.span.start, end: node.span.start + 1 };
  if (missing.length > 0) {
    const some = missing
      .slice(0, 3)
      .map((name) => `\`${name}\``)
      .join(', ');
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
    yield {
      message: `With \`strict\`, OpenAI refuses an object whose \`required\` does not list every key: ${some}${more} ${missing.length === 1 ? 'is' : 'are'} missing. A key that may be absent gets \`"type": ["…", "null"]\`.`,
      span: required?.keySpan ?? properties?.keySpan ?? at,
    };
  }
  const additional = findMember(node, 'additionalProperties');
  const isClosed = additional?.value.type === 'scalar' && additional.value.value === false;
  if (isClosed) return;
  yield {
    message: 'With `strict`, OpenAI refuses an object without `"additionalProperties": false`.',
    span: additional?.value.span ?? at,
  };
}

function isObject(node: JsonNode): boolean {
  const type = findMember(node, 'type')?.value;
  const names = type?.type === 'array' ? type.items : type ? [type] : [];
  return names.some((name) => name.type === 'scalar' && name.value === 'object');
}

/** The schemas within a schema, of the keywords that strict schemas may have. */
function listParts(node: JsonNode): JsonNode[] {
  const maps = ['properties', '$defs', 'definitions'].flatMap((key) => {
    const value = findMember(node, key)?.value;
    return value?.type === 'object' ? value.members.map((member) => member.value) : [];
  });
  const items = findMember(node, 'items')?.value;
  const choices = findMember(node, 'anyOf')?.value;
  return [...maps, ...(items ? [items] : []), ...(choices?.type === 'array' ? choices.items : [])];
}
