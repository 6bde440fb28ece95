import { test } from 'node:test';
import { duplicateCase } from '#core/rules/format/duplicate-case.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}}"\ntestData:\n';

test('the same values twice, in any order and under any name', () => {
  checkRule(
    duplicateCase,
    `${head}  - a: 1
    expected: b
  - expected: b
    ^^^^^^^^ 💡 warning: the same values as case 1
    a: 1
  - $case: { name: third }
    ^^^^^ 💡 the same values as case 1
    a: 1
    expected: b
`,
  );
});

test('the same name twice', () => {
  checkRule(
    duplicateCase,
    `${head}  - $case: { name: first }
    a: 1
  - $case: { name: first }
                   ^^^^^ warning: Another case is also named \`first\`, so reports call this one \`first~2\`. Give it a unique name
    a: 2
`,
  );
});

test('the fix removes the later one with its lines', () => {
  checkFix(
    duplicateCase,
    `${head}  - a: 1\n  - a: |\n      1\n  - a: 1 # again\n  - a: 2\n`,
    `${head}  - a: 1\n  - a: |\n      1\n  - a: 2\n`,
    { safe: false },
  );
});

test('cases that differ in a value, its type or their own checks are not duplicates', () => {
  checkRule(
    duplicateCase,
    `${head}  - a: 1
  - a: "1"
  - a: 1
    expected: b
  - a: 1
    $case: { evaluators: [{ string: { contains: c } }] }
  - a: 1
    $case: { threshold: 0.5 }
`,
  );
});

test('empty rows are unfinished, not duplicates', () => {
  checkRule(duplicateCase, `${head}  -\n  -\n  - {}\n  - {}\n`);
});
