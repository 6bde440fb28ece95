import type { DocumentKind } from '../analysis.ts';
import { describeKey } from '../hover/key-hover.ts';
import type { Place } from '../language/place.ts';
import { findKeys, listValues, type Schema, selectSchema } from '../language/schema.ts';
import { escapeSnippet, type Suggestion } from './suggestion.ts';

/** The keys that the schema allows at a place and the map does not contain yet. */
export function suggestKeys(kind: DocumentKind, place: Place): Suggestion[] {
  const keys = [...findKeys(selectSchema(kind), place.path)];
  return keys
    .filter(([name]) => !place.siblings.includes(name))
    .map(([name, schemas], i) => ({
      label: name,
      kind: 'key',
      snippet:
        place.kind === 'key' ? escapeSnippet(name) : formatEntrySnippet(kind, name, schemas, place),
      documentation: describeKey(kind, [...place.path, name]),
      // The schema's own order is the canonical one.
      sort: `1${String(i).padStart(3, '0')}`,
    }));
}

/** `name: ` and the start of its value. */
function formatEntrySnippet(
  kind: DocumentKind,
  name: string,
  schemas: readonly Schema[],
  { indent, flow }: Pick<Place, 'indent' | 'flow'>,
): string {
  const forms = kind === 'settings' ? SETTINGS_SNIPPETS : PROMPT_SNIPPETS;
  const own = flow || !Object.hasOwn(forms, name) ? undefined : forms[name];
  if (own) return indentLines(own, indent);
  const key = escapeSnippet(name);
  const values = listValues(schemas);
  if (values.length > 0 && values.length < 12) return `${key}: \${1|${values.join(',')}|}`;
  const types = new Set(schemas.flatMap(({ type }) => [type ?? []].flat()));
  if (types.has('string') || types.has('number') || types.has('integer')) return `${key}: $0`;
  if (types.has('array')) return flow ? `${key}: [$0]` : indentLines(`${key}:\n  - $0`, indent);
  if (types.has('object')) return flow ? `${key}: { $0 }` : indentLines(`${key}:\n  $0`, indent);
  return `${key}: $0`;
}

/** Keys of a prompt file whose values have their own snippets. */
const PROMPT_SNIPPETS: Readonly<Record<string, string>> = {
  messages: `messages:\n  - role: \${1|system,user,assistant|}\n    content: |\n      $0`,
  content: 'content: |\n  $0',
  jsonSchema: `jsonSchema: |-\n  {\n    "name": "$1",\n    "strict": true,\n    "schema": { "type": "object", $0 \\}\n  \\}`,
  testData: 'testData:\n  - $0',
  variables: `variables:\n  - name: \${1:name}\n    $0`,
  evaluators: `evaluators:\n  - name: \${1:name}\n    $0`,
  string: `string:\n  \${1|contains,equals,startsWith,endsWith|}: $0`,
  llm: `llm:\n  modelId: \${1:openai/gpt-4o}\n  prompt: |\n    $0\n  choices:\n    - choice: "yes"\n      score: 1\n    - choice: "no"\n      score: 0`,
  choices: `choices:\n  - choice: $1\n    score: \${2:1}`,
  prompt: 'prompt: |\n  $0',
  systemPrompt: 'systemPrompt: |\n  $0',
};

const SETTINGS_SNIPPETS: Readonly<Record<string, string>> = {
  overrides: 'overrides:\n  - files: ["$1"]\n    $0',
  traffic: 'traffic:\n  - files: ["$1"]\n    callsPerMonth: $0',
  routes: 'routes:\n  - model: $1\n    provider: $0',
};

/** Indents all lines except the first. `indent`: the column of the key. */
export function indentLines(snippet: string, indent: number): string {
  return snippet.replaceAll('\n', `\n${' '.repeat(indent)}`);
}
