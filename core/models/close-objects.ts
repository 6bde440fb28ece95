import type { Json } from '../prompt/node.ts';

/**
 * The schema with `additionalProperties: false` in every object schema that says nothing of further properties; the
 * same value when there is none.
 */
export function closeObjects(schema: Json): Json {
  if (Array.isArray(schema)) return keepSame(schema, schema.map(closeObjects));
  if (typeof schema !== 'object' || schema === null) return schema;
  const record = schema as Readonly<Record<string, Json>>;
  const closed = Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, closeBelow(key, value)]),
  );
  const isOpen = describesObject(record) && !('additionalProperties' in record);
  if (isOpen) return { ...closed, additionalProperties: false };
  return Object.keys(record).some((key) => closed[key] !== record[key]) ? closed : schema;
}

/** Keywords whose value is data, and none a schema. */
const DATA = new Set(['const', 'default', 'enum', 'examples', 'required']);
/** Keywords whose value has schemas by name. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions']);

function closeBelow(key: string, value: Json): Json {
  if (DATA.has(key)) return value;
  if (!NAMED.has(key) || typeof value !== 'object' || value === null || Array.isArray(value))
    return closeObjects(value);
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  const closed = Object.fromEntries(entries.map(([name, schema]) => [name, closeObjects(schema)]));
  return entries.some(([name, schema]) => closed[name] !== schema) ? closed : value;
}

function describesObject({ type, properties }: Readonly<Record<string, Json>>): boolean {
  const types = Array.isArray(type) ? type : [type];
  return types.includes('object') || (type === undefined && properties !== undefined);
}

function keepSame(before: readonly Json[], after: Json[]): Json {
  return after.every((item, i) => item === before[i]) ? (before as Json) : after;
}
