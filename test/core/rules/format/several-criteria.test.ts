import { test } from 'node:test';
import { severalCriteria } from '#core/rules/format/several-criteria.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (criteria: string) =>
  `messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: a\n    string:\n${criteria}`;

test('criteria besides the one that gh-models uses', () => {
  checkRule(
    severalCriteria,
    file(`      endsWith: b
      ^^^^^^^^ info: gh-models ignores \`endsWith\` beside \`contains\`, while Promptsmith requires both
      contains: a
      startsWith: c
`),
  );
});

test('one criterion is fine, also next to a key that is not a criterion', () => {
  checkRule(severalCriteria, file('      contains: a\n'));
  checkRule(severalCriteria, file('      contains: a\n      note: b\n'));
});
