import type { Path } from '#core/prompt/locate.ts';
import type { Json } from '#core/prompt/node.ts';
import promptSchema from '#schemas/prompt.schema.json' with { type: 'json' };
import settingsSchema from '#schemas/settings.schema.json' with { type: 'json' };
import type { DocumentKind } from '../analysis.ts';

/** The subset of JSON Schema draft 7 that the schemas of this repository use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly definitions?: Readonly<Record<string, Schema>>;
  /** The canonical key that this key is an alias of. */
  readonly 'x-alias'?: string;
  /** A Promptsmith extension, which GitHub Models tools ignore. */
  readonly 'x-addition'?: boolean;
}

/** The schema of a kind of file. */
export function selectSchema(kind: DocumentKind): Schema {
  return (kind === 'settings' ? settingsSchema : promptSchema) as unknown as Schema;
}

/** Every schema for the value at a path, with references resolved and alternatives listed. */
export function findSchemas(root: Schema, path: Path): Schema[] {
  let found = resolve(root, root);
  for (const part of path) {
    found = found.flatMap((schema) => {
      const next = typeof part === 'number' ? schema.items : findMember(schema, part);
      return next ? resolve(root, next) : [];
    });
  }
  return found;
}

/** The keys that a map at a path can contain, with their schemas. Aliases are omitted. */
export function findKeys(root: Schema, path: Path): Map<string, Schema[]> {
  const keys = new Map<string, Schema[]>();
  for (const schema of findSchemas(root, path)) {
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      if (property['x-alias'] === undefined && !keys.has(name))
        keys.set(name, resolve(root, property));
  }
  return keys;
}

/** The schema's description of a key. */
export interface Description {
  readonly text: string;
  readonly schemas: readonly Schema[];
  /** A Promptsmith extension of the base format. */
  readonly addition: boolean;
  /** The canonical key that this key is an alias of. */
  readonly alias: string | null;
}

/** The description of the key at a path; null if the schema has none. */
export function describeProperty(root: Schema, path: Path): Description | null {
  const last = path.at(-1);
  if (typeof last !== 'string') return null;
  const holders = findSchemas(root, path.slice(0, -1));
  const raw = holders
    .map((holder) => findMember(holder, last))
    .find((schema) => schema !== undefined);
  if (!raw) return null;
  const schemas = resolve(root, raw);
  const text = raw.description ?? schemas.find((schema) => schema.description)?.description;
  if (text === undefined) return null;
  const addition =
    schemas.some((schema) => schema['x-addition'] === true) || raw['x-addition'] === true;
  return { text, schemas, addition, alias: raw['x-alias'] ?? null };
}

/** The values that the schemas list. */
export function listValues(schemas: readonly Schema[]): Json[] {
  const listed = schemas.flatMap((schema) => schema.enum ?? []);
  const isBoolean = schemas.some(({ type }) => type === 'boolean');
  return [...new Set(isBoolean ? [true, false, ...listed] : listed)].filter(
    (value) => value !== null,
  );
}

/** Describes a type in a few words, such as `number from 0 to 2`. */
export function describeType(schemas: readonly Schema[]): string {
  const words = new Set<string>();
  for (const { type, enum: values, minimum, maximum } of schemas) {
    if (values) continue;
    const limits =
      minimum !== undefined && maximum !== undefined
        ? ` from ${minimum} to ${maximum}`
        : minimum !== undefined
          ? `, ${minimum} or more`
          : '';
    for (const one of [type ?? []].flat())
      if (one !== 'null') words.add(`${TYPE_WORDS[one] ?? one}${limits}`);
  }
  return [...words].join(' or ');
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'map',
};

function findMember(schema: Schema, key: string): Schema | undefined {
  const own = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined;
  if (own) return own;
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

function resolve(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > 8) return [];
  const found: Schema[] = [schema];
  if (schema.$ref) {
    const target = lookUp(root, schema.$ref);
    if (target) found.push(...resolve(root, target, depth + 1));
  }
  for (const choice of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])])
    found.push(...resolve(root, choice, depth + 1));
  return found;
}

/** Resolves a JSON Pointer (RFC 6901) into the same schema, such as `#/definitions/variable`. */
function lookUp(root: Schema, reference: string): Schema | undefined {
  let value: unknown = root;
  for (const part of reference.split('/').slice(1))
    value = (value as Record<string, unknown>)?.[part];
  return value as Schema | undefined;
}
