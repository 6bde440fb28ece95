import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undefinedVariable } from '#core/rules/variables/undefined-variable.ts';
import { checkFix, checkRule, lintText } from '../../../support/caret.ts';

const message = (content: string) => `messages:\n  - role: user\n    content: "${content}"\n`;

test('if variables are declared, an undeclared placeholder is an error', () => {
  checkRule(
    undefinedVariable,
    `variables:
  - name: language
messages:
  - role: user
    content: "{{text}} in {{langauge}}, {{langauge}}!"
              ^^^^^^^^ 💡 error: \`{{text}}\` is not declared
                          ^^^^^^^^^^^^ 💡 error: \`{{langauge}}\` is not declared under \`variables\`. Did you mean \`{{language}}\`?
testData:
  - text: a
    language: b
`,
  );
});

test('names of any script', () => {
  checkRule(
    undefinedVariable,
    `messages:
  - role: user
    content: "{{größe}} {{Standard Question}} {{Size (cm)}} {{Standard question}}"
                                                            ^^^^^^^^^^^^^^^^^^^^^ warning: No test row has a value for \`{{Standard question}}\`
testData:
  - größe: a
    Standard Question: b
    Size (cm): 3
`,
  );
});

test('an empty list of declarations declares nothing', () => {
  checkRule(
    undefinedVariable,
    `variables: []\n${message('{{a}}')}              ^^^^^ error: \`{{a}}\` is not declared under \`variables\`. Declare it, so that callers know to supply it\n`,
  );
});

test('with rows only, placeholders that no row defines are one warning', () => {
  checkRule(
    undefinedVariable,
    `messages:
  - role: user
    content: "{{repo}} {{owner}} {{log}}"
              ^^^^^^^^ warning: \`{{repo}}\`, \`{{owner}}\`, so no case can run
testData:
  - log: a
  - log: b
`,
  );
});

test('a misspelled one is a finding of its own', () => {
  checkRule(
    undefinedVariable,
    `messages:
  - role: user
    content: "{{repo}} {{langauge}}"
              ^^^^^^^^ warning: \`{{repo}}\`, so
                       ^^^^^^^^^^^^ 💡 warning: No test row has a value for \`{{langauge}}\`, so no case can run. Did you mean \`{{language}}\`?
testData:
  - language: a
`,
  );
});

test('without rows and declarations, the caller fills them', () => {
  checkRule(undefinedVariable, message('{{a}}'));
  checkRule(undefinedVariable, `${message('{{a}}')}testData: []\n`);
  checkRule(undefinedVariable, `${message('{{a}}')}testData:\n  -\n`);
});

test('one row that defines it is enough here, defaults count, inherited properties do not', () => {
  checkRule(undefinedVariable, `${message('{{a}} {{b}}')}testData:\n  - a: 1\n  - b: 2\n`);
  checkRule(undefinedVariable, `variables: { a: { default: x }, b: }\n${message('{{a}} {{b}}')}`);
  checkRule(
    undefinedVariable,
    `${message('{{constructor}}')}              ^^^^^^^^^^^^^^^ warning:\ntestData:\n  - a: 1\n`,
  );
});

test('nested rows are read', () => {
  checkRule(undefinedVariable, `${message('{{a}}')}testData:\n  - inputs: { a: 1 }\n`);
});

test('nothing is reported about rows until test files are read', () => {
  const file = `${message('{{a}} {{b}}')}testData:\n  - a: 1\ntestFiles: [more.csv]\n`;
  checkRule(undefinedVariable, file);
  checkRule(undefinedVariable, file, { facts: { testFileKeys: null } });
  checkRule(undefinedVariable, file, { facts: { testFileKeys: new Set(['b']) } });
  checkRule(
    undefinedVariable,
    file.replace('testData', '                    ^^^^^ warning: `{{b}}`\ntestData'),
    { facts: { testFileKeys: new Set(['c']) } },
  );
  checkRule(
    undefinedVariable,
    `variables: [{ name: a }]
messages:
  - role: user
    content: "{{b}}"
              ^^^^^ 💡 error: not declared
testFiles: [more.csv]
`,
  );
});

test('evaluators: variables that no row defines, and the answer outside a judge', () => {
  checkRule(
    undefinedVariable,
    `messages:
  - role: user
    content: "{{a}}"
testData:
  - a: 1
    expected: b
evaluators:
  - string: { contains: "{{expected}} {{refrence}}" }
                                      ^^^^^^^^^^^^ warning: \`{{refrence}}\`
  - string: { contains: "{{completion}}" }
                         ^^^^^^^^^^^^^^ warning: \`{{completion}}\` has no value here: only the prompt of an \`llm\` judge knows the answer by that name
  - llm:
      prompt: "{{completion}} fits {{expected}}?"
      choices: [{ choice: a, score: 1 }]
`,
  );
  checkRule(
    undefinedVariable,
    `${message('Hello')}evaluators:\n  - string: { contains: "{{expected}}" }\n`,
  );
});

test('the fixes rename every use, or declare the name', () => {
  checkFix(
    undefinedVariable,
    `${message('{{langauge}} and {{langauge}}')}testData:\n  - language: a\n`,
    `${message('{{language}} and {{language}}')}testData:\n  - language: a\n`,
    { safe: false },
  );
  checkFix(
    undefinedVariable,
    `variables:\n  - name: a\n    type: string # kept\n${message('{{a}} {{topic}}')}`,
    `variables:\n  - name: a\n    type: string # kept\n  - name: topic\n${message('{{a}} {{topic}}')}`,
    { safe: false, title: 'Declare' },
  );
  checkFix(
    undefinedVariable,
    `variables:\n  a: x\n${message('{{a}} {{topic}}')}`,
    `variables:\n  a: x\n  topic: {}\n${message('{{a}} {{topic}}')}`,
    { safe: false, title: 'Declare' },
  );
});

test('the other names are related locations', () => {
  const [found] = lintText(undefinedVariable, `${message('{{a}} {{b}}')}testData:\n  - c: 1\n`);
  assert.deepEqual(
    found?.related?.map(({ message: text }) => text),
    ['`{{b}}` has no value either'],
  );
});

test('values that are one text are the finding of another rule, not of this one', () => {
  const prompt = 'messages:\n  - role: user\n    content: Name {{a}} of {{b}}\ntestData:\n';
  checkRule(undefinedVariable, `${prompt}  - vars: |\n      a: 1\n      b: 2\n`);
  checkRule(
    undefinedVariable,
    `messages:
  - role: user
    content: Name {{a}} of {{b}}
                           ^^^^^ warning:
testData:
  - inputs: "a: 1"
`,
  );
});
