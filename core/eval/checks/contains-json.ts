import { type Check, judged, show } from './check.ts';
import { jsonSpans } from './json-spans.ts';

export const containsJson: Check = {
  kind: 'contains-json',
  namespace: 'promptsmith',
  summary:
    'A JSON object or list stands somewhere in the answer and, where a schema is given, one of them fits it.',
  parameters: [
    {
      name: 'schema',
      type: 'schema',
      required: false,
      description:
        'A JSON Schema (2020-12 unless `$schema` says draft-07), as a map or as JSON text. `format` is not checked.',
    },
  ],
  example: `uses: promptsmith/contains-json
with:
  schema: { type: object, required: [total] }`,
  run: async ({ text, args }, { schemas }) => {
    const schema = args.json('schema');
    const test = schema === undefined ? null : await schemas.compile(schema);
    if (test && 'error' in test) return { kind: 'error', message: test.error };
    let wrong: string | null = null;
    for (const { start, end } of jsonSpans(text)) {
      const problem = test ? test(JSON.parse(text.slice(start, end))) : null;
      if (problem === null) return judged(true, 'the answer contains JSON');
      wrong ??= problem;
    }
    if (wrong === null) return judged(false, 'the answer contains no JSON object or list');
    return judged(
      false,
      `no JSON in the answer fits the schema: ${wrong}`,
      schema === undefined ? undefined : show(schema),
    );
  },
};
