import { test } from 'node:test';
import { roleNotLiteral } from '#core/rules/injection/role-not-literal.ts';
import { checkRule } from '../../../support/caret.ts';

test('placeholders in roles, models and keys', () => {
  checkRule(
    roleNotLiteral,
    `model: "{{model}}"
       ^^^^^^^^^^^ error: not filled in \`model\`
candidates: ["{{other}}"]
             ^^^^^^^^^^^ error: \`candidates\`
messages:
  - role: "{{role}}"
          ^^^^^^^^^^ error: \`role\`
    content: "{{x}}"
testData:
  - "{{x}}": one
    ^^^^^^^ error: not filled in a key
evaluators:
  - name: judge
    llm:
      modelId: "{{judge}}"
               ^^^^^^^^^^^ error: \`modelId\`
      prompt: "{{completion}}"
      choices: [{ choice: a, score: 1 }]
`,
  );
});

test('fixed words, names and texts are not reported', () => {
  checkRule(
    roleNotLiteral,
    `name: About {{x}}
model: openai/gpt-4o
messages:
  - role: user
    content: "{{x}}"
testData:
  - x: "{{y}}"
`,
  );
});
