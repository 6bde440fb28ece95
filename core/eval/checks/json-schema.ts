import type { Ajv, ValidateFunction } from 'ajv';
import { canonicalJson } from '../../json.ts';
import type { Json } from '../../prompt/node.ts';
import type { BoundedRegex } from '../ports.ts';

/** Returns why a value does not match a schema, or null if it does. */
export type SchemaValidator = (value: unknown) => string | null;

const MAX_COMPILED = 100;

/**
 * Compiles JSON Schemas of the draft in `$schema`, default 2020-12. `format` is an annotation. Patterns run
 * in the bounded engine, and `uniqueItems` takes linear time. Each run has its own compiler.
 */
export class SchemaCompiler {
  readonly #tests = new Map<string, SchemaValidator | { error: string }>();
  /** By whether it supports the older drafts. */
  readonly #ajv = new Map<boolean, Promise<Ajv>>();
  readonly #regex: BoundedRegex;

  constructor(regex: BoundedRegex) {
    this.#regex = regex;
  }

  /** The validator of a schema, or why the schema is invalid. */
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
      return { error: `${draft} is not supported; use draft-07 or 2020-12` };
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
      // Otherwise two schemas with the same `$id` would conflict.
      ajv.removeSchema(body);
    }
  }
}

/** Loads ajv with the first schema: most runs have none. */
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
      // The key under which ajv caches a pattern.
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
  if (!first) return 'does not match the schema';
  const place = first.instancePath === '' ? 'the value' : first.instancePath;
  const extra =
    first.keyword === 'additionalProperties' ? ` (${first.params.additionalProperty})` : '';
  const allowed =
    first.keyword === 'enum' ? ` (${JSON.stringify(first.params.allowedValues)})` : '';
  return `${place} ${first.message ?? 'does not match the schema'}${extra}${allowed}`;
}
