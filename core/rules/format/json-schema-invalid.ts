import { findMember, parseJsonText } from '../../json-text.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { findEntry, readString } from '../../prompt/node.ts';
import { mapScalar } from '../../prompt/scalar.ts';
import { checkSchema, checkWrapper, locateProblem } from './json-schema-wrapper.ts';

export const jsonSchemaInvalid: Rule = {
  id: 'json-schema-invalid',
  severity: 'error',
  mode: 'recommended',
  group: 'format',
  tags: ['format', 'json'],
  fix: 'unsafe',
  summary: '`jsonSchema` is not a complete, valid JSON Schema',
  docs: {
    why: '`responseFormat: json_schema` sends the JSON text under `jsonSchema`, in the wrapper `{"name", "strict", "schema"}`. When it is missing, is not JSON, lacks a part of the wrapper or contains an invalid schema, every call fails. With `"strict": true`, OpenAI also requires every object to forbid other keys and to require its own. This is a warning, because other providers accept such a schema.',
    bad: `messages:
  - role: user
    content: Describe a cat.
responseFormat: json_schema
jsonSchema: |-
  {
    "name": "animal",
    "schema": { "type": "object", "properties": { "legs": { "type": "int" } }, }
  }`,
    good: `messages:
  - role: user
    content: Describe a cat.
responseFormat: json_schema
jsonSchema: |-
  {
    "name": "animal",
    "schema": { "type": "object", "properties": { "legs": { "type": "integer" } } }
  }`,
  },
  *check({ prompt }) {
    const { jsonSchema, responseFormat, text } = prompt;
    const isUsed = responseFormat === 'json_schema';
    if (isUsed && isMissing(prompt)) yield reportMissing(prompt);
    const source = readString(jsonSchema);
    if (!jsonSchema || source === undefined || source.trim() === '') return;
    const map = mapScalar(jsonSchema, text);
    const tree = parseJsonText(source);
    if ('message' in tree) {
      yield locateProblem(
        { ...tree, message: `\`jsonSchema\` is not valid JSON. ${tree.message}` },
        map,
      );
      return;
    }
    // Without `json_schema` nothing is sent, so a wrapper and a bare schema are both allowed.
    if (isUsed) yield* checkWrapper(tree, map);
    else yield* checkSchema(findMember(tree, 'schema')?.value ?? tree, map);
  },
};

/** A `jsonSchema` of another type is reported by the rule `schema`. */
function isMissing({ root }: PromptDocument): boolean {
  const node = findEntry(root, 'jsonSchema')?.value;
  if (!node) return true;
  if (node.type !== 'scalar') return false;
  return node.value === null || (typeof node.value === 'string' && node.value.trim() === '');
}

function reportMissing({ root }: PromptDocument): Problem {
  const entry = findEntry(root, 'responseFormat') ?? findEntry(root, 'response_format');
  const message =
    '`responseFormat: json_schema` needs a `jsonSchema`, without which every call fails. Add the schema of the answer.';
  return { message, span: entry?.value.span ?? { start: 0, end: 0 } };
}
