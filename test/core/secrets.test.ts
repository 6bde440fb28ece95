import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets } from '#core/secrets.ts';

/** Joined here, so that no scanner of this repository takes them for real. */
const TOKEN = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';

/** An unsigned token would do as well: it is the payload that tells samples from real ones. */
const webToken = (name: string): string =>
  [
    { alg: 'HS256', typ: 'JWT' },
    { sub: '4218', name },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(TOKEN)
    .join('.');

/** A text, and what is found in it, masked. */
const TABLE: [text: string, ...found: string[]][] = [
  [`-----BEGIN RSA ${'PRIVATE'} KEY-----\nabc`, 'private key ----…'],
  [`id ${'AKIA'}QYLPMN5HHHFPZAM2`, 'AWS access key AKIA…'],
  ['AKIAIOSFODNN7EXAMPLE'],
  [`token=${'ghp'}_${TOKEN};`, 'GitHub token ghp_…'],
  [`${'ghp'}_${'a'.repeat(36)}`],
  [`key ${'sk-ant'}-api03-${TOKEN}`, 'Anthropic key sk-a…'],
  [`key ${'sk'}-proj-${TOKEN}`, 'OpenAI key sk-p…'],
  [`${'xoxb'}-123456-${TOKEN}`, 'Slack token xoxb…'],
  [`postgres://app:${'h7Kq2'}Zr9@db.acme.io/x`, 'password in an address h7…'],
  ['postgres://app:password-example@db.acme.io/x'],
  [`api_key: "${TOKEN}"`, 'value named a secret a1B2…'],
  ['password: correct-horse-battery-staple-now'],
  ['password = <your-password-goes-here>'],
  [webToken('Jo Miller'), 'JSON web token eyJh…'],
  [webToken('John Doe')],
  [webToken('  John Doe')],
  [webToken(' John Doe')],
  ['The secret: be kind to everybodyyouknow'],
];

test('finds keys by their form, no examples and no words', () => {
  for (const [text, ...expected] of TABLE) {
    const found = findSecrets(text);
    assert.deepEqual(
      found.map(({ what, masked }) => `${what} ${masked}`),
      expected,
      text,
    );
  }
});

test('the span is the secret alone', () => {
  const text = `password: "${TOKEN}" and more`;
  const [match] = findSecrets(text);
  assert.equal(text.slice(match?.span.start, match?.span.end), TOKEN);
});
