import { test } from 'node:test';
import { evaluatorAlias } from '#core/rules/format/evaluator-alias.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (evaluator: string) =>
  `messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: a\n${evaluator}`;

test('spellings of other tools are informational findings', () => {
  checkRule(
    evaluatorAlias,
    file(`    regex: "a+"
    ^^^^^ 💡 info: \`uses: promptsmith/regex\`
  - name: b
    type: contains
    ^^^^ 💡 \`uses: promptsmith/contains\`
    value: a
`),
  );
});

test('the canonical form gives the same verdict', () => {
  const cases: [string, string][] = [
    ['    regex: "a+" # some\n', '    uses: promptsmith/regex\n    with: "a+" # some\n'],
    ['    regex: |-\n      a+\n', '    uses: promptsmith/regex\n    with: |-\n      a+\n'],
    ['    regex: { pattern: "a+" }\n', '    uses: promptsmith/regex\n    with: "a+"\n'],
    [
      '    regex:\n      pattern: "a+"\n    weight: 2\n',
      '    uses: promptsmith/regex\n    with: "a+"\n    weight: 2\n',
    ],
    [
      '    type: regex_match # old\n    pattern: a+\n',
      '    uses: promptsmith/regex # old\n    with: a+\n',
    ],
    ['    value: a\n    type: Contains\n', '    with: a\n    uses: promptsmith/contains\n'],
    [
      '    type: not-contains\n    value: [a]\n',
      '    uses: promptsmith/not-contains\n    with: [a]\n',
    ],
    ['    type: is_json\n', '    uses: promptsmith/is-json\n'],
  ];
  for (const [before, after] of cases)
    checkFix(evaluatorAlias, file(before), file(after), { safe: true });
});

test('entries in braces stay in braces', () => {
  const flow = (entry: string) =>
    `messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: a, ${entry} }\n`;
  checkFix(evaluatorAlias, flow('regex: "a+"'), flow('uses: promptsmith/regex, with: "a+"'), {
    safe: true,
  });
  checkFix(
    evaluatorAlias,
    flow('type: regex, value: "a+"'),
    flow('uses: promptsmith/regex, with: "a+"'),
    {
      safe: true,
    },
  );
});

test('no fix if something would be lost', () => {
  checkRule(
    evaluatorAlias,
    file(`    regex: { pattern: a, flags: i }
    ^^^^^ info:
  - name: b
    type: regex
    ^^^^ info:
    pattern: a
    value: b
  - name: c
    type: contains
    ^^^^ info:
    value: a
    with: b
`),
  );
});

test('unknown kinds are reported by unrunnable-evaluator, canonical ones are fine', () => {
  checkRule(
    evaluatorAlias,
    file(`    type: code_quality
  - name: b
    uses: promptsmith/regex
    with: a
  - name: c
    string: { contains: a }
    type: contains
`),
  );
});
