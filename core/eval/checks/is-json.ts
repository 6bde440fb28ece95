import { type Check, judged, show } from './check.ts';

export const isJson: Check = {
  kind: 'is-json',
  namespace: 'promptsmith',
  summary:
    'The whole answer is JSON and, where a schema is given, fits it. Code fences are not stripped: say `transform: strip-fences`.',
  parameters: [
    {
      name: 'schema',
      type: 'schema',
      required: false,
      description:
        'A JSON Schema (2020-12 unless `$schema` says draft-07), as a map or as JSON text. `format` is not checked.',
    },
  ],
  example: `uses: promptsmith/is-json
with:
  schema:
    type: object
    required: [sentiment]`,
  run: async ({ text, args }, { schemas }) => {
    const schema = args.json('schema');
    const test = schema === undefined ? null : await schemas.compile(schema);
    if (test && 'error' in test) return { kind: 'error', message: test.error };
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return judged(false, `the answer is no JSON: ${(error as Error).message}`);
    }
    const wrong = test?.(value) ?? null;
    if (wrong === null)
      return judged(true, test ? 'the answer fits the schema' : 'the answer is JSON');
    return judged(false, wrong, schema === undefined ? undefined : show(schema));
  },
};
