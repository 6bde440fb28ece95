import type { Ajv, ValidateFunction } from 'ajv';
import { canonicalJson } from '../../json.ts';
import type { Json } from '../../prompt/node.ts';
import type { BoundedRegex } from '../ports.ts';

/** Says what is wrong with a value, or null when it fits. */
export type SchemaValidator = (value: unknown) => string | null;

const MAX_COMPILED = 100;

/**
 * Compiles JSON Schemas: the draft that `$schema` names, else 2020-12. `format` is an annotation.
 * Patterns run in the bounded engine; `uniqueItems` is not quadratic. Belongs to one run.
 */
export class SchemaCompiler {
  readonly #tests = new Map<string, SchemaValidator | { error: string }>();
  /** By whether it speaks the older drafts. */
  readonly #ajv = new Map<boolean, Promise<Ajv>>();
  readonly #regex: BoundedRegex;

  constructor(regex: BoundedRegex) {
    this.#regex = regex;
  }

  /** The test of a schema, or why it is no schema. */
  async compile(schema: Json): Promise<SchemaValidator | { error: string }> {
    const key = JSON.stringify(schema);
    const known = this.#tests.get(key);
    if (known) return known;
    if (this.#tests.size >= MAX_COMPILED) this.#tests.clear();
    const test = await this.#make(schema);
    this.#tests.set(key, test);
    return test;
  }

  async #make(schema: Json): Promise<SchemaValidator | { error: string }> {
    if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) {
      return { error: 'the schema must be a map' };
    }
    const { $schema: draft = '', ...body } = schema as Record<string, Json>;
    if (/draft-0[34]/.test(String(draft))) {
      return { error: `${draft} is too old: draft-07 and 2020-12 are understood` };
    }
    const old = /draft-0[67]/.test(String(draft));
    const loading = this.#ajv.get(old) ?? load(old, this.#regex);
    this.#ajv.set(old, loading);
    const ajv = await loading;
    try {
      const validate = ajv.compile(body);
      return (value) => explain(validate, value);
    } catch (error) {
      return { error: `not a valid JSON Schema: ${(error as Error).message}` };
    } finally {
      // Else two schemas with the same `$id` would be in each other's way.
      ajv.removeSchema(body);
    }
  }
}

/** An ajv, loaded when the first schema is met: most runs have none. */
async function load(old: boolean, regex: BoundedRegex): Promise<Ajv> {
  const { Ajv } = old ? await import('ajv') : { Ajv: (await import('ajv/dist/2020.js')).Ajv2020 };
  const engine = (pattern: string, flags: string) => {
    new RegExp(pattern, flags);
    return {
      test: (text: string): boolean => {
        const match = regex.exec(pattern, flags, text);
        if (match.kind === 'timeout') throw new Error(`the pattern ${pattern} took too long`);
        return match.kind === 'match';
      },
      // What ajv tells two patterns apart by.
      toString: () => `/${pattern}/${flags}`,
    };
  };
  engine.code = 'new RegExp';
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    logger: false,
    addUsedSchema: false,
    code: { regExp: engine },
  });
  ajv.removeKeyword('uniqueItems');
  return ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: isUnique,
  });
}

function isUnique(wanted: boolean, items: readonly unknown[]): boolean {
  return !wanted || new Set(items.map(canonicalJson)).size === items.length;
}

function explain(validate: ValidateFunction, value: unknown): string | null {
  if (validate(value)) return null;
  const [first] = validate.errors ?? [];
  if (!first) return 'does not fit the schema';
  const place = first.instancePath === '' ? 'the value' : first.instancePath;
  const extra =
    first.keyword === 'additionalProperties' ? ` (${first.params.additionalProperty})` : '';
  const allowed =
    first.keyword === 'enum' ? ` (${JSON.stringify(first.params.allowedValues)})` : '';
  return `${place} ${first.message ?? 'does not fit the schema'}${extra}${allowed}`;
}
