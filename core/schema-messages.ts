import type { ErrorObject } from 'ajv';
import promptSchema from '#schemas/prompt.schema.json' with { type: 'json' };
import settingsSchema from '#schemas/settings.schema.json' with { type: 'json' };

const SCHEMAS = { prompt: promptSchema, settings: settingsSchema };

/** A violation of a JSON Schema in words, with the place as a path of keys and indexes. */
export interface SchemaProblem {
  readonly keyword: string;
  readonly path: readonly (string | number)[];
  /** For `additionalProperties` the unknown key, which is the path's last part too. */
  readonly unknownKey?: string;
  /** The keys that the schema knows there. */
  readonly knownKeys?: readonly string[];
  /** For `type` the JSON types it may have; for `enum` the texts it may be. */
  readonly allowed?: readonly string[];
  readonly message: string;
}

/**
 * ajv's errors of a value in words; of several about one place the first. Of `anyOf` only the choice
 * itself, and not even that where one of its branches has something to say of a part.
 */
export function explainSchemaErrors(
  errors: readonly ErrorObject[],
  root: unknown,
  of: keyof typeof SCHEMAS,
): SchemaProblem[] {
  const choices = new Set(
    errors.filter((e) => e.keyword === 'anyOf' || e.keyword === 'oneOf').map((e) => e.instancePath),
  );
  const seen = new Set<string>();
  const holders = new Set<string>();
  const problems: SchemaProblem[] = [];
  for (const error of errors) {
    const isInsideChoice =
      error.keyword !== 'anyOf' &&
      /\/(anyOf|oneOf)\/\d+\//.test(error.schemaPath) &&
      choices.has(error.instancePath);
    if (isInsideChoice) continue;
    const problem = explain(error, root, SCHEMAS[of]);
    const place = JSON.stringify(problem.path);
    if (seen.has(place)) continue;
    seen.add(place);
    problems.push(problem);
    for (let i = 0; i < problem.path.length; i++)
      holders.add(JSON.stringify(problem.path.slice(0, i)));
  }
  return problems.filter(
    ({ keyword, path }) => keyword !== 'anyOf' || !holders.has(JSON.stringify(path)),
  );
}

function explain(error: ErrorObject, root: unknown, schema: object): SchemaProblem {
  const path = readPointer(error.instancePath, root);
  const params = error.params as Record<string, unknown>;
  const { keyword } = error;
  const key = formatPath(path);
  const parent = findParentSchema(error, schema);
  switch (keyword) {
    case 'additionalProperties': {
      const unknownKey = String(params.additionalProperty);
      const knownKeys = Object.keys(parent?.properties ?? {});
      return {
        keyword,
        path: [...path, unknownKey],
        unknownKey,
        knownKeys,
        message: `Unknown key \`${unknownKey}\`.`,
      };
    }
    case 'type':
      return {
        keyword,
        path,
        allowed: listTypes(params.type),
        message: `${key} must be ${describeTypes(params.type)}.`,
      };
    case 'enum': {
      const allowed = (params.allowedValues as unknown[])
        .filter((value) => value !== null)
        .map(String);
      const values = allowed.map((value) => `\`${value}\``).join(', ');
      return { keyword, path, allowed, message: `${key} must be one of ${values}.` };
    }
    case 'minimum':
      return { keyword, path, message: `${key} must be ${params.limit} or more.` };
    case 'maximum':
      return { keyword, path, message: `${key} must be ${params.limit} or less.` };
    case 'required':
      return {
        keyword,
        path,
        message: `The key \`${String(params.missingProperty)}\` is missing.`,
      };
    case 'not':
      return { keyword, path, message: `${key} cannot be set here: Promptsmith sets it itself.` };
    case 'pattern':
      return { keyword, path, message: `${key} must look like \`${String(params.pattern)}\`.` };
    default:
      return {
        keyword,
        path,
        message: `${key} does not have the form that the format requires${parent?.description ? `: ${parent.description}` : '.'}`,
      };
  }
}

/** The schema that the violated keyword stands in. */
function findParentSchema(
  { schemaPath }: ErrorObject,
  schema: object,
): { readonly description?: string; readonly properties?: object } | undefined {
  const [, ...steps] = schemaPath.split('/').slice(0, -1);
  return steps.reduce<object | undefined>(
    (value, step) => value?.[unescapePointerStep(decodeURIComponent(step)) as keyof object],
    schema,
  );
}

function unescapePointerStep(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function formatPath(path: SchemaProblem['path']): string {
  const name = path.findLast((part) => typeof part === 'string');
  if (name === undefined) return 'This file';
  return typeof path.at(-1) === 'number' ? `An entry of \`${name}\`` : `\`${name}\``;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map',
};

function listTypes(type: unknown): string[] {
  return (Array.isArray(type) ? type : [type]).map(String).filter((name) => name !== 'null');
}

function describeTypes(type: unknown): string {
  return listTypes(type)
    .map((name) => TYPE_WORDS[name] ?? name)
    .join(' or ');
}

/** A JSON Pointer (RFC 6901) as a path; a part is an index where the value there is a list. */
function readPointer(pointer: string, root: unknown): (string | number)[] {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = unescapePointerStep(part);
      const isIndex = Array.isArray(value);
      value = (value as Record<string, unknown> | undefined)?.[key];
      return isIndex ? Number(key) : key;
    });
}
