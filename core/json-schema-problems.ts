import { findClosest } from './find-closest.ts';
import { findMember, type JsonNode } from './json-text.ts';
import type { Span } from './text.ts';

/** What is wrong with a JSON Schema, and where in its text. */
export interface JsonSchemaProblem {
  readonly message: string;
  readonly span: Span;
  /** The JSON text that was meant in its place. */
  readonly meant?: string;
}

type Kind =
  | 'schema'
  | 'schemas'
  | 'schema-map'
  | 'items'
  | 'type'
  | 'names'
  | 'names-map'
  | 'enum'
  | 'number'
  | 'positive'
  | 'count'
  | 'boolean'
  | 'text'
  | 'pattern'
  | 'ref';

/** The keywords whose values have a form, JSON Schema 2020-12 and draft-07. Others are annotations. */
const KEYWORDS: ReadonlyMap<string, Kind> = new Map(
  (
    [
      ['schema', 'additionalProperties not if then else contains propertyNames additionalItems'],
      ['schema', 'unevaluatedItems unevaluatedProperties contentSchema'],
      ['schemas', 'allOf anyOf oneOf prefixItems'],
      ['schema-map', 'properties patternProperties $defs definitions dependentSchemas'],
      ['items', 'items'],
      ['type', 'type'],
      ['names', 'required'],
      ['names-map', 'dependentRequired'],
      ['enum', 'enum'],
      ['number', 'minimum maximum exclusiveMinimum exclusiveMaximum'],
      ['positive', 'multipleOf'],
      ['count', 'minLength maxLength minItems maxItems minProperties maxProperties'],
      ['count', 'minContains maxContains'],
      ['boolean', 'uniqueItems readOnly writeOnly deprecated'],
      ['text', 'title description format $id $schema $comment $anchor'],
      ['pattern', 'pattern'],
      ['ref', '$ref'],
    ] as const
  ).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
);

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['str', 'string'],
  ['text', 'string'],
  ['date', 'string'],
  ['int', 'integer'],
  ['long', 'integer'],
  ['float', 'number'],
  ['double', 'number'],
  ['decimal', 'number'],
  ['bool', 'boolean'],
  ['list', 'array'],
  ['dict', 'object'],
  ['map', 'object'],
  ['none', 'null'],
]);

/** Checks that a JSON value is a JSON Schema that validators can compile. Linear in its size. */
export function* findJsonSchemaProblems(root: JsonNode): Generator<JsonSchemaProblem> {
  const isOld = /draft-0[4-7]/.test(readJsonString(findMember(root, '$schema')?.value) ?? '');
  const places = new Places(root);
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'scalar' && typeof node.value === 'boolean') continue;
    if (node.type !== 'object') {
      yield wrong(node, 'A schema must be an object, `true` or `false`.');
      continue;
    }
    const below: JsonNode[] = [];
    for (const { key, value } of node.members) {
      const kind = KEYWORDS.get(key);
      if (kind) yield* check(key, kind, value, { places, isOld, below });
    }
    open.push(...below.reverse());
  }
}

/** The type of JSON Schema that another language's name for it means; undefined where none is near. */
export function guessType(name: string): string | undefined {
  const word = name.trim().toLowerCase();
  return OTHER_NAMES.get(word) ?? findClosest(word, TYPES);
}

interface Walk {
  readonly places: Places;
  readonly isOld: boolean;
  /** The schemas within, still to be checked. */
  readonly below: JsonNode[];
}

function* check(
  key: string,
  kind: Kind,
  value: JsonNode,
  { places, isOld, below }: Walk,
): Generator<JsonSchemaProblem> {
  const scalar = value.type === 'scalar' ? value.value : undefined;
  switch (kind) {
    case 'schema':
      below.push(value);
      break;
    case 'schemas':
      if (value.type !== 'array' || value.items.length === 0)
        yield wrong(value, `\`${key}\` must be a list of at least one schema.`);
      else below.push(...value.items);
      break;
    case 'items':
      if (value.type !== 'array') below.push(value);
      else if (isOld) below.push(...value.items);
      else yield wrong(value, '`items` must be one schema: for a list of them use `prefixItems`.');
      break;
    case 'schema-map':
      if (value.type !== 'object') yield wrong(value, `\`${key}\` must be a map of schemas.`);
      else {
        if (key === 'patternProperties')
          for (const member of value.members) yield* badPattern(member.key, member.keySpan);
        below.push(...value.members.map((member) => member.value));
      }
      break;
    case 'type':
      yield* badTypes(value);
      break;
    case 'names':
      yield* badNames(key, value);
      break;
    case 'names-map':
      if (value.type !== 'object') yield wrong(value, `\`${key}\` must be a map of lists of keys.`);
      else for (const member of value.members) yield* badNames(member.key, member.value);
      break;
    case 'enum':
      if (value.type !== 'array' || value.items.length === 0)
        yield wrong(value, '`enum` must be a list of at least one value.');
      break;
    case 'number':
    case 'positive':
      if (typeof scalar !== 'number') yield wrong(value, `\`${key}\` must be a number.`);
      else if (kind === 'positive' && scalar <= 0)
        yield wrong(value, `\`${key}\` must be above 0.`);
      break;
    case 'count':
      if (typeof scalar !== 'number' || !Number.isInteger(scalar) || scalar < 0)
        yield wrong(value, `\`${key}\` must be a whole number of 0 or more.`);
      break;
    case 'boolean':
      if (typeof scalar !== 'boolean')
        yield wrong(value, `\`${key}\` must be \`true\` or \`false\`.`);
      break;
    case 'text':
    case 'pattern':
    case 'ref':
      if (typeof scalar !== 'string') yield wrong(value, `\`${key}\` must be a string.`);
      else if (kind === 'pattern') yield* badPattern(scalar, value.span);
      else if (kind === 'ref' && !places.has(scalar))
        yield wrong(value, `\`${scalar}\` does not exist in this schema.`);
      break;
    default:
      kind satisfies never;
  }
}

function* badTypes(value: JsonNode): Generator<JsonSchemaProblem> {
  const items = value.type === 'array' ? value.items : [value];
  if (items.length === 0) yield wrong(value, '`type` must contain at least one type.');
  for (const item of items) {
    const name = readJsonString(item);
    if (name !== undefined && TYPES.includes(name)) continue;
    const meant = guessType(name ?? '');
    const hint = meant ? `: did you mean \`${meant}\`?` : `. There are ${TYPES.join(', ')}.`;
    const what = name === undefined ? 'This' : `\`${name}\``;
    yield {
      message: `${what} is not a type of JSON Schema${hint}`,
      span: item.span,
      ...(meant && name !== undefined ? { meant: JSON.stringify(meant) } : {}),
    };
  }
}

function* badNames(key: string, value: JsonNode): Generator<JsonSchemaProblem> {
  if (value.type !== 'array') {
    yield wrong(
      value,
      `\`${key}\` must be a list of keys${key === 'required' ? ', beside `properties`' : ''}.`,
    );
    return;
  }
  const seen = new Set<string>();
  for (const item of value.items) {
    const name = readJsonString(item);
    if (name === undefined) yield wrong(item, 'A key in double quotes is expected here.');
    else if (seen.has(name)) yield wrong(item, `\`${name}\` appears twice in this list.`);
    else seen.add(name);
  }
}

function* badPattern(pattern: string, span: Span): Generator<JsonSchemaProblem> {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const why = (error as Error).message.replace(/^.*: /, '');
    yield { message: `This is not a valid regular expression: ${why}.`, span };
  }
}

/** Where a `$ref` may lead. */
class Places {
  readonly #root: JsonNode;
  readonly #members = new Map<JsonNode, ReadonlyMap<string, JsonNode>>();

  constructor(root: JsonNode) {
    this.#root = root;
  }

  /** `#`, `#/…`, and what a name or an address of its own may make valid. */
  has(ref: string): boolean {
    if (ref === '#') return true;
    if (!ref.startsWith('#/'))
      return ref.startsWith('#') || /^https?:\/\/json-schema\.org\//.test(ref);
    let node: JsonNode | undefined = this.#root;
    for (const step of ref.slice(2).split('/')) {
      const key = decodePointerStep(step).replaceAll('~1', '/').replaceAll('~0', '~');
      node = node?.type === 'array' ? node.items[Number(key)] : this.#member(node, key);
    }
    return node !== undefined;
  }

  #member(node: JsonNode | undefined, key: string): JsonNode | undefined {
    if (node?.type !== 'object') return undefined;
    const members =
      this.#members.get(node) ?? new Map(node.members.map((one) => [one.key, one.value]));
    this.#members.set(node, members);
    return members.get(key);
  }
}

function decodePointerStep(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function readJsonString(node: JsonNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function wrong(node: JsonNode, message: string): JsonSchemaProblem {
  return { message, span: node.span };
}
