import { test } from 'node:test';
import { checkCannotFail } from '#core/rules/format/check-cannot-fail.ts';
import { checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}}"\n';

test('a letter, a short word, or nothing, in any case and as part of a word', () => {
  checkRule(
    checkCannotFail,
    `${head}evaluators:
  - name: first person
    string: { contains: I }
                        ^ warning: nearly every sentence contains \`I\`
  - name: is
    string:
      contains: "is"
                ^^^^ info: \`contains\` ignores case
      startsWith: ''
                  ^^ warning: ends in an error
  - name: no
    uses: promptsmith/icontains
    with: No
          ^^ info: \`promptsmith/icontains\` ignores case
  - name: any
    uses: promptsmith/icontains-any
    with: { values: [perhaps, e] }
                              ^ warning:
  - name: all
    uses: promptsmith/icontains-all
    with: [rivers, a]
                   ^ warning:
`,
  );
});

test('the values of rows that a check looks for, once', () => {
  checkRule(
    checkCannotFail,
    `${head}testData:
  - { a: 1, expected: jump }
  - { a: 2, expected: B }
  - { a: 3, expected: C }
evaluators:
  - name: option
    string:
      contains: "{{expected}}"
                ^^^^^^^^^^^^^^ info: contains \`B\`
`,
  );
  checkRule(
    checkCannotFail,
    `${head}testData:
  - a: 1
    expected: B
  - a: 2
    expected: jump
    $case: { evaluators: [{ name: own, string: { contains: "{{expected}}" } }] }
`,
  );
});

test('no finding for words, numbers, signs and rare letters', () => {
  for (const text of ['yes', 'UK', '7', '{', 'x', 'ja', '好'])
    checkRule(checkCannotFail, `${head}evaluators:\n  - string: { contains: "${text}" }\n`);
});

test('no finding where the whole answer, its start or the case counts, or it must be missing', () => {
  for (const evaluator of [
    'string: { equals: B, startsWith: B, endsWith: b }',
    'string: { equals: "" }',
    'uses: promptsmith/contains\n    with: B',
    'uses: promptsmith/not-icontains\n    with: I',
    'uses: promptsmith/icontains',
    'string: { contains: B }\n    transform: first-line',
  ])
    checkRule(checkCannotFail, `${head}evaluators:\n  - name: e\n    ${evaluator}\n`);
});
