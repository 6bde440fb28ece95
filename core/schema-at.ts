import promptSchema from '#schemas/prompt.schema.json' with { type: 'json' };

/** A part of `prompt.schema.json`, with its references resolved. */
export interface SchemaPart {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: boolean | SchemaPart;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
  readonly allOf?: readonly SchemaPart[];
  readonly $ref?: string;
  /** Set on what Promptsmith adds to the base format. */
  readonly 'x-addition'?: boolean;
  /** Set on other spellings: the canonical key. */
  readonly 'x-alias'?: string;
}

/**
 * The parts of the prompt schema from the top down to a path of keys and indexes; shorter than the
 * path where the schema says nothing of what lies below.
 */
export function findSchemaParts(path: readonly (string | number)[]): SchemaPart[] {
  const parts: SchemaPart[] = [resolve(promptSchema as SchemaPart)];
  for (const step of path) {
    const part = parts.at(-1);
    const next = part && stepInto(part, step);
    if (!next) break;
    parts.push(next);
  }
  return parts;
}

/** True for what the older readers ignore: Promptsmith's own keys, and other spellings of a key. */
export function isAddition(path: readonly (string | number)[]): boolean {
  return findSchemaParts(path).some((part) => part['x-addition'] || part['x-alias'] !== undefined);
}

function stepInto(part: SchemaPart, step: string | number): SchemaPart | undefined {
  const { properties = {}, additionalProperties, items } = part;
  const own =
    typeof step === 'number'
      ? items
      : Object.hasOwn(properties, step)
        ? properties[step]
        : typeof additionalProperties === 'object'
          ? additionalProperties
          : undefined;
  if (own) return resolve(own);
  for (const choice of [...(part.anyOf ?? []), ...(part.allOf ?? [])]) {
    const found = stepInto(resolve(choice), step);
    if (found) return found;
  }
  return undefined;
}

/** The referenced part; what stands beside the reference wins. */
function resolve(part: SchemaPart): SchemaPart {
  if (part.$ref === undefined) return part;
  const steps = part.$ref.replace(/^#\//, '').split('/');
  let target: unknown = promptSchema;
  for (const step of steps) target = (target as Record<string, unknown> | undefined)?.[step];
  const { $ref: _, ...beside } = part;
  return resolve({ ...(target as SchemaPart), ...beside });
}
