import type { Json, Node } from '../../prompt/node.ts';
import { toJson } from '../../prompt/node.ts';
import { valueText } from '../../prompt/read-rows.ts';
import { type CaseValues, describeMissingValues } from '../plan/request.ts';
import { Arguments, type ArgumentValue } from './arguments.ts';
import type { CheckParameter } from './check.ts';

/**
 * Reads `with:`. A plain text, list or number is the first parameter. Texts are rendered with the row's
 * values. Unknown names and wrong types are errors, so that a typo never causes a pass. `preset` contains
 * values that the evaluator sets outside `with:`.
 */
export function readArguments(
  parameters: readonly CheckParameter[],
  node: Node | null,
  values: CaseValues,
  allowMissing: boolean,
  preset: Readonly<Record<string, number>> = {},
): { args: Arguments } | { error: string } {
  const read = new Map<string, ArgumentValue>();
  const given = readGivenNodes(parameters, node);
  if ('error' in given) return given;
  for (const parameter of parameters) {
    const own = given.nodes.get(parameter.name);
    const fallback = parameter.fallsBackToExpected ? values.row('expected')?.node : undefined;
    const resolved = own
      ? resolve(own, parameter, values, allowMissing)
      : fallback && !isNull(fallback)
        ? resolveNode(fallback)
        : undefined;
    if (resolved === undefined) {
      const value = preset[parameter.name] ?? parameter.default;
      if (value !== undefined)
        read.set(parameter.name, parameter.type === 'texts' ? [String(value)] : value);
      else if (parameter.required) return { error: describeMissing(parameter) };
      continue;
    }
    const value = 'error' in resolved ? resolved : coerce(resolved, parameter);
    if ('error' in value) return { error: `\`${parameter.name}\` ${value.error}` };
    read.set(parameter.name, value.value);
  }
  return { args: new Arguments(read) };
}

/** A value with its templates rendered: a scalar as text, or a list or map. */
type Resolved = { readonly scalar: string } | { readonly json: Json };

function readGivenNodes(
  parameters: readonly CheckParameter[],
  node: Node | null,
): { nodes: Map<string, Node> } | { error: string } {
  const nodes = new Map<string, Node>();
  if (!node || isNull(node)) return { nodes };
  if (node.type !== 'map') {
    const first = parameters[0];
    if (!first) return { error: 'does not accept `with`' };
    return { nodes: nodes.set(first.name, node) };
  }
  for (const { key, value } of node.entries) {
    const parameter = parameters.find((p) => p.name === key.source || p.alias === key.source);
    if (!parameter) {
      const known = parameters.map((p) => p.name).join(', ') || 'none';
      return { error: `unknown parameter \`${key.source}\`; known: ${known}` };
    }
    if (!isNull(value)) nodes.set(parameter.name, value);
  }
  return { nodes };
}

function resolve(
  node: Node,
  parameter: CheckParameter,
  values: CaseValues,
  allowMissing: boolean,
): Resolved | { error: string } {
  if (parameter.type === 'schema') return resolveNode(node);
  const lacking = new Set<string>();
  const resolved = fill(node, values, lacking);
  if (lacking.size > 0 && !allowMissing)
    return { error: `: ${describeMissingValues([...lacking])}` };
  return resolved;
}

function resolveNode(node: Node): Resolved {
  return node.type === 'scalar' ? { scalar: valueText(node) } : { json: toJson(node) };
}

function fill(node: Node, values: CaseValues, lacking: Set<string>): Resolved {
  if (node.type !== 'scalar') return { json: fillJson(node, values, lacking) };
  if (typeof node.value !== 'string') return { scalar: valueText(node) };
  // If the row's `expected` is a list or map, `value: "{{expected}}"` is that list or map.
  const whole = /^\{\{([^{}\r\n]+)\}\}$/.exec(node.value)?.[1];
  const row = whole === undefined ? undefined : values.row(whole)?.node;
  if (row && row.type !== 'scalar') return { json: toJson(row) };
  return { scalar: fillText(node.value, values, lacking) };
}

function fillJson(node: Node, values: CaseValues, lacking: Set<string>): Json {
  switch (node.type) {
    case 'scalar': {
      if (typeof node.value !== 'string') return node.value;
      const filled = fill(node, values, lacking);
      return 'scalar' in filled ? filled.scalar : filled.json;
    }
    case 'list':
      return node.items.map((item) => fillJson(item, values, lacking));
    case 'map':
      return Object.fromEntries(
        node.entries.map(({ key, value }) => [key.source, fillJson(value, values, lacking)]),
      );
    default:
      return node satisfies never;
  }
}

function fillText(text: string, values: CaseValues, lacking: Set<string>): string {
  const rendered = values.fill(text);
  for (const name of rendered.missing) lacking.add(name);
  return rendered.text;
}

function coerce(
  resolved: Resolved,
  parameter: CheckParameter,
): { value: ArgumentValue } | { error: string } {
  switch (parameter.type) {
    case 'text': {
      if (!('scalar' in resolved)) return { error: 'must be a text, not a list or a map' };
      const { scalar } = resolved;
      if (parameter.notEmpty && scalar === '')
        return { error: 'is empty and would match every answer' };
      if (parameter.oneOf && !parameter.oneOf.includes(scalar)) {
        return { error: `is "${scalar}"; use one of: ${parameter.oneOf.join(', ')}` };
      }
      return { value: scalar };
    }
    case 'texts': {
      const texts = 'scalar' in resolved ? [resolved.scalar] : readTexts(resolved.json);
      if (!texts) return { error: 'must be a text or a list of texts' };
      if (texts.length === 0) return { error: 'is an empty list' };
      if (parameter.notEmpty && texts.includes('')) {
        return { error: 'contains an empty text, which matches every answer' };
      }
      return { value: texts };
    }
    case 'number':
    case 'integer': {
      const text = 'scalar' in resolved ? resolved.scalar.trim() : '';
      const number = text === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(number)) return { error: 'must be a number' };
      if (parameter.type === 'integer' && !Number.isInteger(number))
        return { error: 'must be a whole number' };
      return { value: number };
    }
    case 'json':
      return { value: 'scalar' in resolved ? resolved.scalar : resolved.json };
    case 'schema':
      return readSchema(resolved);
    default:
      return parameter.type satisfies never;
  }
}

function readTexts(value: Json): string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.map((item) =>
    item !== null && typeof item === 'object' ? null : String(item ?? ''),
  );
  return texts.includes(null) ? null : (texts as string[]);
}

function readSchema(resolved: Resolved): { value: ArgumentValue } | { error: string } {
  if ('json' in resolved) return { value: resolved.json };
  try {
    return { value: JSON.parse(resolved.scalar) as Json };
  } catch {
    return { error: 'must be a JSON Schema: a map, or JSON text' };
  }
}

function describeMissing({ name, fallsBackToExpected }: CheckParameter): string {
  const row = fallsBackToExpected ? ', or the row needs `expected`' : '';
  return `\`with\` needs \`${name}\`${row}`;
}

function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}
