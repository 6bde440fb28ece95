import { test } from 'node:test';
import { unknownKey } from '#core/rules/format/unknown-key.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

test('unknown keys are reported at every level, similar ones with a suggestion', () => {
  checkRule(
    unknownKey,
    `descripton: Greets
^^^^^^^^^^ 💡 warning: Promptsmith and GitHub’s readers do not know \`descripton\`. Did you mean \`description\`?
messages:
  - role: user
    content: Hello
    weight: 2
    ^^^^^^ warning: Promptsmith and GitHub’s readers do not know \`weight\`
modelParameters:
  temperture: 0
  ^^^^^^^^^^ 💡 do not know \`temperture\`. Did you mean \`temperature\`?
owner: me
^^^^^ warning: do not know
budget:
  maxInputTokns: 5
  ^^^^^^^^^^^^^ 💡 maxInputTokens
testData:
  - $case: { tag: [a] }
             ^^^ 💡 tags
    anything: goes
`,
  );
});

test('for a key in the wrong place, the message says where it belongs', () => {
  checkRule(
    unknownKey,
    `messages:
  - role: user
    content: Hello
temperature: 0
^^^^^^^^^^^ \`temperature\` has no effect here. Move it to \`modelParameters\`
modelParameters:
  response_format: { type: json_object }
  ^^^^^^^^^^^^^^^ \`response_format\` has no effect here. Move \`responseFormat\` to the top level, beside \`model\`
`,
  );
});

test('renaming a key that was ignored changes what is sent, so it is not safe', () => {
  checkFix(
    unknownKey,
    'messages:\n  - role: user\n    content: Hello\nmodelParameters:\n  temperture: 0 # exact\n',
    'messages:\n  - role: user\n    content: Hello\nmodelParameters:\n  temperature: 0 # exact\n',
    { safe: false },
  );
});

test('no rename to an existing key', () => {
  checkRule(
    unknownKey,
    `messages:
  - role: user
    content: Hello
modelParameters:
  temperature: 1
  temperture: 0
  ^^^^^^^^^^ do not know \`temperture\`
`,
  );
});

test('evaluators may have keys of other tools, but not misspelled ones', () => {
  checkRule(
    unknownKey,
    `messages:
  - role: user
    content: Hello
evaluators:
  - name: a
    description: what it is for
    type: contains
    value: x
    treshold: 0.5
    ^^^^^^^^ 💡 do not know \`treshold\`. Did you mean \`threshold\`?
  - name: b
    llm:
      prompt: "{{completion}}?"
      temperature: 0
      ^^^^^^^^^^^ do not know \`temperature\`
      choices: [{ choice: a, score: 1 }]
`,
  );
});

test('a `string` without any known criterion is not reported by this rule', () => {
  const file = (criteria: string) =>
    `messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: a\n    string: { ${criteria} }\n`;
  checkRule(unknownKey, file('isJSON: true'));
  checkRule(
    unknownKey,
    'messages:\n  - role: user\n    content: Hello\ntestData:\n  - $case: { evaluators: [{ string: { isJSON: true } }] }\n',
  );
  checkRule(
    unknownKey,
    `${file('contains: a, isJSON: true')}                           ^^^^^^ do not know \`isJSON\`\n`,
  );
});

test('keys of extensions, rows and metadata are not reported', () => {
  checkRule(
    unknownKey,
    `x-owner: me
messages:
  - role: user
    content: Hello
    x-note: first
metadata: { whatever: 1 }
testData:
  - descripton: a variable
`,
  );
});

test('short keys get no suggestions', () => {
  checkRule(unknownKey, 'messages:\n  - role: user\n    content: Hello\nab: 1\n^^ do not know\n');
});

test('a misspelled key that decides what is sent or judged is an error', () => {
  checkRule(
    unknownKey,
    `mesages:
^^^^^^^ 💡 error: do not know \`mesages\`. Did you mean \`messages\`?
  - role: user
    content: Hello
Model: a
^^^^^ 💡 error: \`model\`
test_data:
^^^^^^^^^ 💡 error: \`testData\`
  - a: 1
evaluator:
^^^^^^^^^ 💡 error: \`evaluators\`
  - string: { contains: a }
`,
  );
  const file = (key: string) => `${key}:\n  - role: user\n    content: Hello\n`;
  checkFix(unknownKey, file('mesages'), file('messages'), { safe: false });
});

test('it is no error if the value has another type, or the key is there too', () => {
  checkRule(
    unknownKey,
    `messages: []
model: a
Messages: []
^^^^^^^^ warning:
evaluator: me
^^^^^^^^^ 💡 warning:
models: [a]
^^^^^^ warning:
`,
  );
});

test('fields that only some providers have go under `extra`, and are no misspelled parameters', () => {
  const file = (parameters: string) => `modelParameters:\n${parameters}messages: []\n`;
  checkRule(
    unknownKey,
    file(
      '  top_k: 40\n  ^^^^^ 💡 `top_k` has no effect here. Fields that only some providers have go under `extra`\n',
    ),
  );
  checkFix(unknownKey, file('  top_k: 40 # few\n'), file('  extra: { top_k: 40 } # few\n'), {
    safe: false,
  });
  checkRule(unknownKey, file('  extra: { min_p: 0 }\n  top_k: 40\n  ^^^^^ `extra`\n'));
});
