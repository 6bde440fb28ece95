import { test } from 'node:test';
import { piiInPrompt } from '#core/rules/secrets/pii-in-prompt.ts';
import { checkRule } from '../../../support/caret.ts';

const card = '4539 5787 6362 1486';

test('numbers with valid check digits; informational in rows', () => {
  checkRule(
    piiInPrompt,
    `messages:
  - role: user
    content: Refund the card ${card} today.
                             ${'^'.repeat(card.length)} warning: the number of a payment card (45…86)
testData:
  - x: ${card}
       ${'^'.repeat(card.length)} info: payment card
`,
  );
});

test('specimens, wrong check digits, and addresses of companies are not reported', () => {
  for (const text of [
    '4242 4242 4242 4242',
    '4539 5787 6362 1487',
    'DE89 3704 0044 0532 0130 00',
    'help@acme-shop.com',
    '+49 30 901820',
  ])
    checkRule(piiInPrompt, `messages:\n  - role: user\n    content: "${text}"\n`);
});
