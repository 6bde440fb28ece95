import { test } from 'node:test';
import { unusedVariable } from '#core/rules/variables/unused-variable.ts';
import { checkRule } from '../../../support/caret.ts';

test('an unused declaration, with what was probably meant', () => {
  checkRule(
    unusedVariable,
    `variables:
  - name: tone
          ^^^^ warning: Nothing uses the variable \`tone\`. Add \`{{tone}}\` where its value belongs, or remove the declaration
  - name: language
          ^^^^^^^^ warning: Nothing uses the variable \`language\`. Did you mean \`{{langauge}}\`?
  - name: text
messages:
  - role: user
    content: "{{text}} in {{langauge}}"
`,
  );
  checkRule(
    unusedVariable,
    `variables:
  tone: warm
  ^^^^ warning:
messages:
  - role: user
    content: Hello
`,
  );
});

test('a variable that criteria, judges, arguments, a row’s own evaluators or foreign syntax use is not reported', () => {
  checkRule(
    unusedVariable,
    `variables: { a: , b: , c: , d: , e: , f: }
messages:
  - role: user
    content: "{{a}} {{ e }}"
testData:
  - $case: { evaluators: [{ string: { contains: "{{d}}" } }] }
evaluators:
  - string: { contains: "{{b}}" }
  - uses: promptsmith/contains
    with: { value: "{{c}}" }
  - llm:
      prompt: "{{completion}}"
      systemPrompt: "{{f}}"
      choices: [{ choice: a, score: 1 }]
`,
  );
});
