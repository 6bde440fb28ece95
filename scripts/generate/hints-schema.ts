import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';

interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [key: string]: unknown;
}

/**
 * What other YAML extensions may show for prompt files: names and descriptions of keys, and nothing
 * that could be violated. Findings are ours alone.
 */
export function hintsSchema(): string {
  const schema: Schema = JSON.parse(readFileSync(join(root, 'schemas/prompt.schema.json'), 'utf8'));
  const hints = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...hintsOf(schema, schema),
  };
  return `${JSON.stringify(hints, null, 2)}\n`;
}

function hintsOf(schema: Schema, whole: Schema): Schema {
  const found = schema.$ref ? { ...lookUp(whole, schema.$ref), ...schema } : schema;
  const { title, description, properties, items } = found;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties)
              // Other spellings of a key are read, not recommended.
              .filter(([, one]) => !('x-alias' in one))
              .map(([name, one]) => [name, hintsOf(one, whole)]),
          ),
        }),
    ...(items === undefined ? {} : { items: hintsOf(items, whole) }),
  };
}

/** Our schemas refer to nothing but their own parts, and never to themselves. */
function lookUp(whole: Schema, reference: string): Schema {
  let found: unknown = whole;
  for (const part of reference.replace(/^#\//, '').split('/'))
    found = (found as Record<string, unknown> | undefined)?.[part];
  if (!found) throw new Error(`the schema has no ${reference}`);
  return found as Schema;
}
