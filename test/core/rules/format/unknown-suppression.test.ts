import { test } from 'node:test';
import { unknownModel } from '#core/rules/format/unknown-model.ts';
import { unknownSuppression } from '#core/rules/format/unknown-suppression.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const rules = [unknownSuppression, unknownModel];
const body = 'messages:\n  - role: user\n    content: Hello\n';

test('a comment that names an unknown rule', () => {
  checkRule(
    rules,
    `# promptsmith-disable-next-line unknwon-model, nothing-like-it -- ours
                                ^^^^^^^^^^^^^ 💡 warning: \`unknwon-model\` is not a rule, so this disables nothing. Did you mean \`unknown-model\`?
                                               ^^^^^^^^^^^^^^^ warning: \`nothing-like-it\` is not a rule, so this disables nothing
model: acme/chat
${body}`,
  );
});

test('the fix corrects only the name', () => {
  const file = (id: string) => `# promptsmith-disable-file ${id} -- ours\n${body}`;
  checkFix(unknownSuppression, file('unknown-supression'), file('unknown-suppression'), {
    safe: true,
  });
});

test('rules of other modes and groups are not reported', () => {
  checkRule(unknownSuppression, `# promptsmith-disable-file no-acceptance\n${body}`, {
    ruleIds: new Set(['no-acceptance']),
  });
});
