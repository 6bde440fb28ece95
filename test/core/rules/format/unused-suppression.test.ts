import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiDocument } from '#core/rules/format/multi-document.ts';
import { noAcceptance } from '#core/rules/format/no-acceptance.ts';
import { parameterSpelling } from '#core/rules/format/parameter-spelling.ts';
import { unknownKey } from '#core/rules/format/unknown-key.ts';
import { unknownModel } from '#core/rules/format/unknown-model.ts';
import { unusedSuppression } from '#core/rules/format/unused-suppression.ts';
import { applyEdits } from '#core/text.ts';
import { checkRule, lintText, testModels as models } from '../../../support/caret.ts';

const rules = [unusedSuppression, multiDocument, unknownKey, parameterSpelling, noAcceptance];
const body = 'messages:\n  - role: user\n    content: Hello\n';

test('a comment that suppresses nothing', () => {
  checkRule(
    rules,
    `# promptsmith-disable-next-line unknown-key, multi-document
                                             ^^^^^^^^^^^^^^ 💡 warning: [unused-suppression] \`multi-document\` reports no finding there. Remove it from the comment
owner: me
${body}# promptsmith-disable-line
^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 warning: [unused-suppression] This comment disables nothing: no rule reports a finding on this line. Remove it
`,
  );
});

test('comments that are used, regions and whole files included, are fine', () => {
  checkRule(
    rules,
    `# promptsmith-disable-file parameter-spelling -- shared with others
# promptsmith-disable unknown-key
owner: me
# promptsmith-enable unknown-key
team: us # promptsmith-disable-line
${body}modelParameters: { max_tokens: 1 }
`,
  );
});

test('comments for rules that did not run, or could not finish, are not reported', () => {
  checkRule([...rules, unknownModel], `# promptsmith-disable-file unknown-model\n${body}`);
  checkRule(
    [...rules, unknownModel],
    `# promptsmith-disable-file unknown-model\n                           ^^^^^^^^^^^^^ 💡\n${body}`,
    { models },
  );
  checkRule(rules, `# promptsmith-disable-file no-acceptance\n${body}`, {
    settings: { mode: 'recommended' },
  });
  checkRule(rules, `# promptsmith-disable-file unknown-key\n${body}`, {
    settings: { rules: { 'unknown-key': 'off' } },
  });
  checkRule(rules, `# promptsmith-disable-file some-other-rule\n${body}`);
  checkRule([...rules, unknownModel], `# promptsmith-disable-file\n${body}`);
});

test('nothing is reported about the comments of a broken file', () => {
  checkRule(rules, '# promptsmith-disable-file unknown-key\nmessages: [\n');
});

test('the fixes remove the name or the comment, and nothing else', () => {
  const cases: [string, string][] = [
    [`${body}# promptsmith-disable-line unknown-key\nname: a\n`, `${body}name: a\n`],
    [`name: a # promptsmith-disable-line unknown-key -- why\n${body}`, `name: a\n${body}`],
    [
      `# promptsmith-disable-next-line unknown-key, multi-document -- why\nowner: a\n${body}`,
      `# promptsmith-disable-next-line unknown-key -- why\nowner: a\n${body}`,
    ],
    [
      `# promptsmith-disable-next-line multi-document, unknown-key\nowner: a\n${body}`,
      `# promptsmith-disable-next-line unknown-key\nowner: a\n${body}`,
    ],
  ];
  for (const [before, after] of cases) {
    const [fix] = lintText(rules, before).flatMap(({ id, fixes = [] }) =>
      id === 'unused-suppression' ? fixes : [],
    );
    assert.ok(fix?.safe);
    assert.equal(applyEdits(before, fix.edits), after);
    checkRule(rules, after);
  }
});
