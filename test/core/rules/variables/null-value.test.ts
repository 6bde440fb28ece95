import { test } from 'node:test';
import { nullValue } from '#core/rules/variables/null-value.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}} {{b}}"\n';

test('null becomes empty text, in any spelling', () => {
  checkRule(
    nullValue,
    `${head}testData:
  - a:
    ^ 💡 warning: This case fills \`{{a}}\` with empty text. Add a value, or use \`""\` if that is intended
    b: ~
       ^ 💡 warning:
  - { a: null, b: 1 }
         ^^^^ 💡 warning:
  - inputs:
      a:
      ^ 💡 warning:
`,
  );
});

test('an empty default counts, a declaration without one does not', () => {
  checkRule(
    nullValue,
    `variables:
  - name: a
          ^ warning: The default of \`a\`
    default:
  - name: b
${head}`,
  );
});

test('unused values, texts and skipped cases are fine', () => {
  checkRule(
    nullValue,
    `${head}testData:
  - a: ""
    b: 0
    note:
    expected:
  - a:
    b:
    $case: { skip: true }
`,
  );
});

test('the fix writes empty text; it is safe if the id of the case does not change', () => {
  const row = (a: string, name = '') => `${head}testData:\n  - ${name}a:${a}\n    b: 1\n`;
  checkFix(nullValue, row(' # later'), row(' "" # later'), { safe: false });
  checkFix(nullValue, row(''), row(' ""'), { safe: false });
  checkFix(nullValue, row(' null'), row(' ""'), { safe: false });
  const named = '$case: { name: first }\n    ';
  const fixed = row(' ""', named);
  checkFix(nullValue, row(' ~', named), fixed, { safe: true, wasUnsendable: true });
});

test('a variable that is required and has null as its default', () => {
  checkRule(
    nullValue,
    `variables:
  - { name: a, required: true, default: null }
                                        ^^^^ 💡 warning: \`a\` is required, but its default, null
${head}`,
  );
  const file = (rest: string) => `variables:\n  a:\n    required: true\n${rest}${head}`;
  checkFix(nullValue, file('    default: ~ # later\n'), file(''), { safe: false });
});
