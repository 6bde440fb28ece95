import { test } from 'node:test';
import { unboundedVariable } from '#core/rules/cost/unbounded-variable.ts';
import { checkRule } from '../../../support/caret.ts';

const message = 'messages:\n  - role: user\n    content: "{{mail}}"\n';

test('a third-party value without `maxTokens`', () => {
  checkRule(
    unboundedVariable,
    `variables:
  - name: mail
          ^^^^ hint: \`mail\` is third-party text of unlimited length. Declare its \`maxTokens\`
    trust: external
${message}`,
  );
});

test('nothing is reported with a limit, a budget, trusted values or in another mode', () => {
  const file = (fields: string) => `variables: [{ name: mail, ${fields} }]\n${message}`;
  checkRule(unboundedVariable, file('trust: user, maxTokens: 100'));
  checkRule(unboundedVariable, file('trust: trusted'));
  checkRule(unboundedVariable, `${file('trust: user')}budget: { maxInputTokens: 1000 }\n`);
  checkRule(unboundedVariable, file('trust: user'), {
    settings: { variables: { mail: { maxTokens: 10 } } },
  });
  checkRule(unboundedVariable, file('trust: user'), { settings: { mode: 'recommended' } });
});
