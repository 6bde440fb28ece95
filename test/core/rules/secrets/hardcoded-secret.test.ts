import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecretText } from '#core/lint/secret-text.ts';
import { scanForSecrets } from '#core/lint/secrets.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { hardcodedSecret } from '#core/rules/secrets/hardcoded-secret.ts';
import { checkRule, lintText } from '../../../support/caret.ts';

/** Assembled here, so that no scanner reports this file as a leak. */
const key = ['sk', 'live', 'q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3F'].join('_');
const carets = '^'.repeat(key.length);

test('in values, in comments and escaped', () => {
  checkRule(
    hardcodedSecret,
    `# ask with ${key}
           ${carets} error: This secret (Stripe key, sk_l••••••) is visible to everyone who can read the file
messages:
  - role: system
    content: Call it with ${key}.
                          ${carets} error: This secret (Stripe key, sk_l••••••) is visible to everyone who can read the file
testData:
  - x: ${key}
       ${carets} error:
`,
  );
});

test('the message does not show the secret', () => {
  const [finding] = lintText(hardcodedSecret, `messages: [] # ${key}\n`);
  assert.ok(finding);
  assert.ok(!JSON.stringify(finding).includes(key.slice(8)));
});

test('a secret that a scanner found is still found while its characters exist', async () => {
  const text = (word: string) =>
    `messages:\n  - role: user\n    content: the word is ${word} here\n`;
  const scanner = {
    scan: async (joined: string) => {
      const start = joined.indexOf('hunter2');
      return [{ kind: 'word', span: { start, end: start + 22 } }];
    },
  };
  const secrets = await scanForSecrets(
    new SecretText(parsePrompt(text('hunter2-and-more-of-it'))),
    scanner,
  );
  const marked = `name: later\n${text('hunter2-and-more-of-it')}                         ${'^'.repeat(22)} error: (word\n`;
  checkRule(hardcodedSecret, marked, { facts: { secrets } });
  checkRule(hardcodedSecret, text('hunter3-and-more-of-it'), { facts: { secrets } });
});

test('specimens, placeholders, hashes and ids are not reported', () => {
  for (const text of [
    'sk_live_xxxxxxxxxxxxxxxxxxxxxxxx',
    'AKIAIOSFODNN7EXAMPLE',
    '{{api_key}}',
    'Bearer YOUR_TOKEN_GOES_IN_THIS_PLACE_HERE',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  ])
    checkRule(hardcodedSecret, `messages:\n  - role: user\n    content: "${text}"\n`);
});
