import { test } from 'node:test';
import { unbalancedDataTag } from '#core/rules/injection/unbalanced-data-tag.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (text: string) =>
  `messages:\n  - role: user\n    content: |\n      ${text.replaceAll(/\n(?=.)/g, '\n      ')}\n`;

test('a tag that is never closed, closed under another name, or never opened', () => {
  checkRule(
    unbalancedDataTag,
    file('<doc>\n^^^^^ 💡 warning: <doc> is never closed\n{{x}}\nSum up.'),
  );
  checkRule(
    unbalancedDataTag,
    file('<doc>{{x}}</document>\n^^^^^ 💡 warning: <doc> is closed as </document>'),
  );
  checkRule(
    unbalancedDataTag,
    file('{{x}}</doc>\n     ^^^^^^ 💡 warning: </doc> closes no tag. Add <doc> before `{{x}}`'),
  );
});

test('closed tags, void HTML elements and words in angle brackets are not reported', () => {
  for (const text of [
    '<doc>\n{{x}}\n</doc>',
    '<doc><b>{{x}}</b></doc>',
    '<doc>{{x}} and {{y}}</doc>',
    'One<br>{{x}}',
    'Write <your answer> below. {{x}}',
    'Answer with <score> only.\n{{x}}',
  ])
    checkRule(unbalancedDataTag, file(text));
});

test('no HTML element that needs no closing tag is reported', () => {
  const elements = 'br hr img input meta link wbr col area base source p li BR';
  for (const element of elements.split(' '))
    checkRule(unbalancedDataTag, file(`One\n<${element}>{{x}}`));
});

test('the fix closes, renames or opens the tag', () => {
  const fix = (before: string, after: string) =>
    checkFix(unbalancedDataTag, file(before), file(after), { safe: false });
  fix('<doc>\n{{x}}\nSum up.', '<doc>\n{{x}}\n</doc>\nSum up.');
  fix('<doc>{{x}}</document>', '<doc>{{x}}</doc>');
  fix('{{x}}\n</doc>', '<doc>\n{{x}}\n</doc>');
});
