import schema from '#schemas/settings.schema.json' with { type: 'json' };

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** docs/settings.md: every key of `.promptsmith.yaml`, from its JSON Schema. */
export function settingsDoc(): string {
  const rows = Object.entries(schema.properties as Record<string, Schema>).flatMap(([key, one]) =>
    rowsOf(key, one),
  );
  return `# Settings

\`.promptsmith.yaml\` holds the settings of a project: the nearest file upward from a prompt to the
repository's root counts, and its folder is the project root. Every key is optional; a key that does not
fit is said with its place. The file wins over editor settings, so that editor and command line agree.

| key | value | meaning |
|---|---|---|
${rows.join('\n')}

Globs are relative to the file: \`*\` stays within a folder, \`**\` crosses folders, \`{a,b}\` is a choice.

## Budget of the month

\`budget.month\` limits what evaluations and the playground cost in a calendar month (UTC). It can be set in three
places, and every limit that is set holds:

| place | what counts |
|---|---|
| \`.promptsmith.yaml\` | what you spend in this project |
| \`~/.config/promptsmith/settings.yaml\` (\`$XDG_CONFIG_HOME\`): \`budget: { month: 20 }\` | what you spend in all projects |
| VS Code's \`promptsmith.budget.month\` | in the user settings all projects, in workspace settings this project |

A run starts only if its estimate still fits, and ends before it exceeds the month. A call without a known price
cannot be held back: it is refused only when nothing is left. What was spent is recorded for each user and
machine in a [ledger](internals.md#spending-ledger).
`;
}

function rowsOf(path: string, given: Schema): string[] {
  const one = resolve(given);
  const description = given.description ?? one.description ?? '';
  const row = `| \`${path}\` | ${valueWords(one)} | ${description.replaceAll('|', '\\|')} |`;
  // `rules` repeats in overrides: its own rows say what it holds.
  if (path.endsWith('.rules')) return [row];
  const inner = one.items
    ? { schema: resolve(one.items), path: `${path}[]` }
    : { schema: one, path };
  const entries = Object.entries(inner.schema.properties ?? {}).flatMap(([key, property]) =>
    rowsOf(`${inner.path}.${key}`, property),
  );
  const each = inner.schema.additionalProperties;
  const named = typeof each === 'object' ? Object.entries(resolve(each).properties ?? {}) : [];
  return [
    row,
    ...entries,
    ...named.flatMap(([key, property]) => rowsOf(`${inner.path}.<name>.${key}`, property)),
  ];
}

function resolve(one: Schema): Schema {
  if (one.$ref === undefined) return one;
  let target: unknown = schema;
  for (const part of one.$ref.slice(2).split('/'))
    target = (target as Record<string, unknown>)[part];
  return target as Schema;
}

const WORDS: Readonly<Record<string, string>> = {
  object: 'map',
  array: 'list',
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
};

function valueWords(one: Schema): string {
  if (one.enum) return one.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (one.anyOf)
    return [...new Set(one.anyOf.map((choice) => valueWords(resolve(choice))))].join(' or ');
  const types = [one.type ?? 'any'].flat().filter((type) => type !== 'null');
  return types.map((type) => WORDS[type] ?? type).join(' or ');
}
