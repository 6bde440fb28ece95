import { findJsonSchemaProblems, type JsonSchemaProblem } from '../../json-schema-problems.ts';
import { findMember, type JsonNode } from '../../json-text.ts';
import type { Problem } from '../../lint/engine/rule.ts';
import type { ScalarMap } from '../../prompt/scalar-map.ts';
import { findStrictSchemaProblems } from '../../strict-schema.ts';

/** Checks the OpenAI wrapper, which `json_schema` sends as written, and the schema in it. */
export function* checkWrapper(tree: JsonNode, map: ScalarMap): Generator<Problem> {
  if (tree.type !== 'object') {
    const message = '`jsonSchema` must be an object: `{"name": …, "schema": {…}}`.';
    yield locateProblem({ message, span: tree.span }, map);
    return;
  }
  const brace = { start: tree.span.start, end: tree.span.start + 1 };
  const [name, strict, schema] = ['name', 'strict', 'schema'].map((key) => findMember(tree, key));
  if (!schema) {
    const isBare = findMember(tree, 'type') ?? findMember(tree, 'properties');
    const message = isBare
      ? '`jsonSchema` needs a wrapper around the schema: `{"name": "answer", "schema": {…}}`.'
      : '`jsonSchema` lacks the key `schema`.';
    yield locateProblem({ message, span: brace }, map);
    return;
  }
  if (!name)
    yield locateProblem({ message: '`jsonSchema` lacks the key `name`.', span: brace }, map);
  else if (!isName(name.value)) {
    const message =
      '`name` must consist of 1 to 64 letters, digits, `_` or `-`; providers reject other names.';
    yield locateProblem({ message, span: name.value.span }, map);
  }
  const isStrict = strict?.value.type === 'scalar' ? strict.value.value : undefined;
  if (strict && typeof isStrict !== 'boolean' && isStrict !== null)
    yield locateProblem(
      { message: '`strict` must be `true` or `false`.', span: strict.value.span },
      map,
    );
  yield* checkSchema(schema.value, map);
  if (isStrict !== true) return;
  for (const problem of findStrictSchemaProblems(schema.value, schema.keySpan))
    yield { ...locateProblem(problem, map), severity: 'warning' };
}

/** Reports each problem of a JSON Schema, with a fix where the intended value is known. */
export function* checkSchema(schema: JsonNode, map: ScalarMap): Generator<Problem> {
  for (const problem of findJsonSchemaProblems(schema)) {
    const { message, meant, span } = problem;
    const at = locateProblem({ message, span }, map);
    const edits = [{ span: at.span, text: meant ?? '' }];
    yield meant === undefined
      ? at
      : { ...at, fixes: [{ title: `Change it to \`${meant}\``, safe: false, edits }] };
  }
}

/** Maps a problem's place in the JSON text to the file. */
export function locateProblem({ message, span }: JsonSchemaProblem, map: ScalarMap): Problem {
  return { message, span: map.span(span.start, span.end) };
}

function isName(node: JsonNode): boolean {
  return (
    node.type === 'scalar' && typeof node.value === 'string' && /^[\w-]{1,64}$/.test(node.value)
  );
}
