import { findJsonSchemaProblems, type JsonSchemaProblem } from '../../json-schema-problems.ts';
import { findMember, type JsonNode, parseJsonText } from '../../json-text.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { findEntry, readString } from '../../prompt/node.ts';
import { mapScalar } from '../../prompt/scalar.ts';
import type { ScalarMap } from '../../prompt/scalar-map.ts';
import { findStrictSchemaProblems } from '../../strict-schema.ts';

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
    if (isUsed && isMissing(prompt)) yield missing(prompt);
    const source = readString(jsonSchema);
    if (!jsonSchema || source === undefined || source.trim() === '') return;
    const map = mapScalar(jsonSchema, text);
    const tree = parseJsonText(source);
    if ('message' in tree) {
      yield placed({ ...tree, message: `\`jsonSchema\` is not valid JSON. ${tree.message}` }, map);
      return;
    }
    // Without `json_schema` nothing is sent: a wrapper or a bare schema may wait there.
    if (isUsed) yield* wrapped(tree, map);
    else yield* schemaPart(findMember(tree, 'schema')?.value ?? tree, map);
  },
};

/** A `jsonSchema` of another type is the rule `schema`'s. */
function isMissing({ root }: PromptDocument): boolean {
  const node = findEntry(root, 'jsonSchema')?.value;
  if (!node) return true;
  if (node.type !== 'scalar') return false;
  return node.value === null || (typeof node.value === 'string' && node.value.trim() === '');
}

function missing({ root }: PromptDocument): Problem {
  const entry = findEntry(root, 'responseFormat') ?? findEntry(root, 'response_format');
  const message =
    '`responseFormat: json_schema` needs a `jsonSchema`, without which every call fails. Add the schema of the answer.';
  return { message, span: entry?.value.span ?? { start: 0, end: 0 } };
}

/** The OpenAI wrapper, which `json_schema` sends as it stands. */
function* wrapped(tree: JsonNode, map: ScalarMap): Generator<Problem> {
  if (tree.type !== 'object') {
    const message = '`jsonSchema` must be an object: `{"name": …, "schema": {…}}`.';
    yield placed({ message, span: tree.span }, map);
    return;
  }
  const brace = { start: tree.span.start, end: tree.span.start + 1 };
  const [name, strict, schema] = ['name', 'strict', 'schema'].map((key) => findMember(tree, key));
  if (!schema) {
    const isBare = findMember(tree, 'type') ?? findMember(tree, 'properties');
    const message = isBare
      ? '`jsonSchema` needs a wrapper around the schema: `{"name": "answer", "schema": {…}}`.'
      : '`jsonSchema` lacks the key `schema`.';
    yield placed({ message, span: brace }, map);
    return;
  }
  if (!name) yield placed({ message: '`jsonSchema` lacks the key `name`.', span: brace }, map);
  else if (!isName(name.value)) {
    const message =
      '`name` must consist of 1 to 64 letters, digits, `_` or `-`; providers reject other names.';
    yield placed({ message, span: name.value.span }, map);
  }
  const isStrict = strict?.value.type === 'scalar' ? strict.value.value : undefined;
  if (strict && typeof isStrict !== 'boolean' && isStrict !== null)
    yield placed({ message: '`strict` must be `true` or `false`.', span: strict.value.span }, map);
  yield* schemaPart(schema.value, map);
  if (isStrict !== true) return;
  for (const problem of findStrictSchemaProblems(schema.value, schema.keySpan))
    yield { ...placed(problem, map), severity: 'warning' };
}

function* schemaPart(schema: JsonNode, map: ScalarMap): Generator<Problem> {
  for (const problem of findJsonSchemaProblems(schema)) {
    const { message, meant, span } = problem;
    const at = placed({ message, span }, map);
    const edits = [{ span: at.span, text: meant ?? '' }];
    yield meant === undefined
      ? at
      : { ...at, fixes: [{ title: `Change it to \`${meant}\``, safe: false, edits }] };
  }
}

function placed({ message, span }: JsonSchemaProblem, map: ScalarMap): Problem {
  return { message, span: map.span(span.start, span.end) };
}

function isName(node: JsonNode): boolean {
  return (
    node.type === 'scalar' && typeof node.value === 'string' && /^[\w-]{1,64}$/.test(node.value)
  );
}
