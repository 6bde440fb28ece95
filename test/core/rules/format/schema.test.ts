import { test } from 'node:test';
import { schema } from '#core/rules/format/schema.ts';
import { unquotedTemplate } from '#core/rules/format/unquoted-template.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

test('a type that breaks older readers is an error', () => {
  checkRule(
    schema,
    `name: [a]
^^^^ error: must be text or a number, but here it is a list
model: { id: gpt-4o }
^^^^^ error: \`model\` must be text, but here it is a map
modelParameters:
  temperature: "0.7"
               ^^^^^ error: must be a number, but here it is text
  maxTokens: 1.5
             ^^^ error: must be a whole number
responseFormat: xml
                ^^^ error: must be one of
testData: none
          ^^^^ error: must be a list, but here it is text
evaluators:
  - name: a
    string: contains
            ^^^^^^^^ error: must be a map
  - just text
    ^^^^^^^^^ error: An entry of \`evaluators\` must be a map
messages:
  - role: narrator
          ^^^^^^^^ error: must be one of \`system\`, \`user\`, \`assistant\`
    content:
    ^^^^^^^ error: Write it in quotes or in a \`|\` block
      - a
  - Hello
    ^^^^^ error: must be a map
`,
  );
});

test('a schema that is a map is an error, with the JSON text as a fix', () => {
  const text = `messages:
  - role: user
    content: Describe a cat.
responseFormat: json_schema
jsonSchema:
^^^^^^^^^^ 💡 error: must be text, but here it is a map
  name: animal
  schema:
    type: object
`;
  checkRule(schema, text);
  checkFix(
    schema,
    text.replace(/\^.*\n/, ''),
    `messages:
  - role: user
    content: Describe a cat.
responseFormat: json_schema
jsonSchema: |-
  {
    "name": "animal",
    "schema": {
      "type": "object"
    }
  }
`,
    { safe: false },
  );
});

test('numbers out of range and mistakes in our own keys are warnings', () => {
  checkRule(
    schema,
    `modelParameters:
  temperature: 3
               ^ warning: must be 2 or less
  top_p: yes please
         ^^^^^^^^^^ warning: must be a number
  reasoningEffort: extreme
                   ^^^^^^^ warning: must be one of
messages:
  - role: user
    content: Hello
variables: 5
           ^ warning:
budget: high
        ^^^^ warning: must be a map
acceptance:
  passRate: 95
            ^^ warning: must be 1 or less
testData:
  - $case: { tags: urgent }
                   ^^^^^^ warning: must be a list
    a: 1
`,
  );
});

test('another scalar instead of text is a warning, with a fix that sends the same', () => {
  const text = `messages:
  - role: user
    content: 42
             ^^ 💡 warning: \`content\` must be text, but \`42\` is a number in YAML. Put it in quotes
`;
  checkRule(schema, text);
  checkFix(
    schema,
    'messages:\n  - role: user\n    content: 1.50\n',
    "messages:\n  - role: user\n    content: '1.50'\n",
    { safe: true },
  );
});

test('a role of another tool, or a misspelled one, is corrected', () => {
  const file = (role: string) => `messages:\n  - role: ${role}\n    content: Hello\n`;
  checkFix(schema, file('assistent'), file('assistant'), { safe: false });
  checkFix(schema, file('human'), file('user'), { safe: false });
  checkFix(schema, file('"System"'), file('"system"'), { safe: false });
});

test('missing and empty parts of the messages', () => {
  checkRule(schema, 'name: x\n^^^^ warning: no `messages`\n');
  checkRule(schema, 'messages: []\n^^^^^^^^ warning: no `messages`\n');
  checkRule(schema, 'messages:\n^^^^^^^^ warning: no `messages`\n');
  checkRule(
    schema,
    `messages:
  - content: Hello
    ^^^^^^^ error: no \`role\`
  - role: user
    ^^^^ warning: empty
  - role: user
    content: ''
             ^^ warning: empty
  - role: user
    content: |
    ^^^^^^^ warning: empty

  - role: user
    content:
    ^^^^^^^ warning: empty
`,
  );
});

test('empty files, broken files and files that are not prompts have no findings', () => {
  for (const text of ['', '# soon\n', 'messages: [', 'template: x\n']) checkRule(schema, text);
});

test('everything that real files contain and readers accept is fine', () => {
  checkRule(
    schema,
    `name: 2024
description:
model: ''
modelParameters:
responseFormat:
jsonSchema:
testData:
evaluators:
messages:
  - role: user
    content: "true"
version: 1.2
tags: [a, 1]
authors: [me]
metadata: { anything: [1, { b: c }] }
variables:
  text: a default
  tone: { type: string, enum: [warm, cool] }
  later:
candidates: [openai/gpt-4o]
`,
  );
});

test('an unquoted template is one finding of its own rule', () => {
  const text = `messages:
  - role: user
    content: {{question}}
             ^^^^^^^^^^^^ 💡 [unquoted-template]
testData:
  - question: {{other}}
              ^^^^^^^^^ 💡 [unquoted-template]
evaluators:
  - name: a
    string:
      contains: {{ expected }}
                ^^^^^^^^^^^^^^ 💡 [unquoted-template]
`;
  checkRule([schema, unquotedTemplate], text);
});

test('a variable declaration is checked as a list and as a map', () => {
  checkRule(
    schema,
    `messages:
  - role: user
    content: "{{a}}"
variables:
  - name: a
    type: str
          ^^^ 💡 warning: must be one of
  - type: string
    ^^^^ warning: The key \`name\` is missing
`,
  );
  checkRule(
    schema,
    `messages:
  - role: user
    content: "{{a}}"
variables:
  a:
    required: maybe
              ^^^^^ warning: must be \`true\` or \`false\`
`,
  );
});
