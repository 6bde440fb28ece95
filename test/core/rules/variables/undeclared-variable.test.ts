import { test } from 'node:test';
import { undeclaredVariable } from '#core/rules/variables/undeclared-variable.ts';
import { undefinedVariable } from '#core/rules/variables/undefined-variable.ts';
import { checkRule } from '../../../support/caret.ts';

const tail = `messages:
  - role: user
    content: "{{text}}"
testData:
  - text: a
    word: b
    expected: c
evaluators:
  - string: { contains: "{{word}} {{expected}} {{other}}" }
`;

test('a value that only evaluators use and nothing declares', () => {
  checkRule(
    [undeclaredVariable, undefinedVariable],
    `variables: [{ name: text }]
${tail}                         ^^^^^^^^ info: [undeclared-variable] \`{{word}}\` is not declared, so a row without it is not reported. Declare \`word\` under \`variables\`
                                               ^^^^^^^^^ warning: [undefined-variable]
`,
  );
});

test('declared names, and files without declarations, are fine', () => {
  checkRule(undeclaredVariable, `variables: [{ name: text }, { name: word }]\n${tail}`);
  checkRule(undeclaredVariable, tail);
});
