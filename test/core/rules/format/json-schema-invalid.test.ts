import { test } from 'node:test';
import { jsonSchemaInvalid } from '#core/rules/format/json-schema-invalid.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: Hello\nresponseFormat: json_schema\n';

test('json_schema without a jsonSchema', () => {
  const file = 'messages:\n  - role: user\n    content: Hello\nresponseFormat: json_schema\n';
  checkRule(
    jsonSchemaInvalid,
    `${file}                ^^^^^^^^^^^ error: needs a \`jsonSchema\`\n`,
  );
  checkRule(
    jsonSchemaInvalid,
    `${file}                ^^^^^^^^^^^ needs a \`jsonSchema\`\njsonSchema: ''\n`,
  );
});

test('a JSON error is marked inside the block', () => {
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: |-
  {
    "name": "animal",
    "schema": {
      "type": "object",
                      ^ error: JSON does not allow a comma before \`}\`
    }
  }
`,
  );
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: '{"name": "animal", "schema": {''type'': "object"}}'
                                           ^^ double quotes
`,
  );
});

test('the wrapper must be complete', () => {
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: '{"type": "object", "properties": {}}'
             ^ error: needs a wrapper around the schema
`,
  );
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: '{"schema": {"type": "object"}}'
             ^ lacks the key \`name\`
`,
  );
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: '{"name": "a b", "strict": "yes", "schema": true}'
                      ^^^^^ 1 to 64 letters
                                       ^^^^^ \`strict\` must be
`,
  );
  checkRule(jsonSchemaInvalid, `${head}jsonSchema: '[]'\n             ^^ must be an object\n`);
});

test('the schema inside must be valid; the invalid part is marked', () => {
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: |-
  { "name": "animal", "schema": {
    "type": "object",
    "properties": {
      "legs": { "type": "int", "minimum": "0" },
                        ^^^^^ 💡 error: did you mean \`integer\`?
                                          ^^^ \`minimum\` must be a number
      "sort": { "enum": "cat" },
                        ^^^^^ \`enum\` must be a list
      "food": { "$ref": "#/$defs/food" },
                        ^^^^^^^^^^^^^^ does not exist in this schema
      "code": { "pattern": "[a-" }
                           ^^^^^ not a valid regular expression
    },
    "required": "legs"
                ^^^^^^ \`required\` must be a list
  } }
`,
  );
});

test('a type name from another language is corrected', () => {
  const file = (type: string) =>
    `${head}jsonSchema: |-\n  {"name": "a", "schema": {"type": "array", "items": {"type": "${type}"}}}\n`;
  checkFix(jsonSchemaInvalid, file('str'), file('string'), { safe: false });
  checkFix(jsonSchemaInvalid, file('Float'), file('number'), { safe: false });
});

test('what OpenAI rejects in strict mode is a warning', () => {
  checkRule(
    jsonSchemaInvalid,
    `${head}jsonSchema: |-
  { "name": "animal", "strict": true, "schema": {
    "type": "object",
    "properties": { "legs": { "type": "integer" }, "name": { "type": "string" } },
    "required": ["legs"],
    ^^^^^^^^^^ warning: \`name\` is missing
    "additionalProperties": true
                            ^^^^ warning: "additionalProperties": false
  } }
`,
  );
});

test('a complete strict schema and a non-strict one are fine', () => {
  for (const strict of [true, false])
    checkRule(
      jsonSchemaInvalid,
      `${head}jsonSchema: |-
  {
    "name": "animal",
    "strict": ${strict},
    "schema": {
      "type": "object",
      "properties": { "legs": { "$ref": "#/$defs/count" } },
      "required": ["legs"],
      "additionalProperties": false,
      "$defs": { "count": { "type": ["integer", "null"] } }
    }
  }
`,
    );
});

test('without json_schema, a bare schema is fine and broken JSON is reported', () => {
  const loose = 'messages:\n  - role: user\n    content: Hello\n';
  checkRule(jsonSchemaInvalid, `${loose}jsonSchema: '{"type": "object"}'\n`);
  checkRule(jsonSchemaInvalid, `${loose}responseFormat: json_object\njsonSchema: ''\n`);
  checkRule(
    jsonSchemaInvalid,
    `${loose}jsonSchema: '{"type": }'\n                      ^ error:\n`,
  );
});

test('a jsonSchema of another type is reported by the rule `schema`', () => {
  checkRule(jsonSchemaInvalid, `${head}jsonSchema: { type: object }\n`);
});
