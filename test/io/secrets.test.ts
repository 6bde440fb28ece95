import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileSecrets, scanForSecrets } from '#core/lint/secrets.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { hardcodedSecret } from '#core/rules/secrets/hardcoded-secret.ts';
import { createSecretScanner } from '#io/secrets.ts';
import { checkRule } from '#test/support/caret.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

const scanner = createSecretScanner();

/** Put together here, so that no scanner takes this file for a leak. */
const hex = '9f3Ac81eB27d40F65c';
const SECRETS: readonly (readonly [kind: RegExp, secret: string])[] = [
  [/Docker token/, `${'dckr'}_pat_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRs`],
  [/Figma token/, `${'figd'}_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRsTu5Yv0Ab1Cd2Ef`],
  [/Linear token/, `${'lin'}_api_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRsTu5Yv0Ab`],
  [/Databricks token/, `${'dapi'}${hex.toLowerCase().repeat(2).slice(0, 32)}`],
  [/GitHub token/, `${'ghp'}_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRsTu5Yv0Ab1`],
];

test('kinds that the preset knows, wherever they stand, are placed in the file', async () => {
  for (const [kind, secret] of SECRETS) {
    const text = `messages:\n  - role: user\n    content: |\n      First.\n      Use ${secret} for it.\n`;
    const secrets = await scanForSecrets(new FileSecrets(parsePrompt(text)).joined, scanner);
    assert.match(secrets.map((one) => one.kind).join(), kind);
    checkRule(hardcodedSecret, `${text}          ${'^'.repeat(secret.length)} error:\n`, {
      facts: { secrets },
    });
  }
});

test('of an address only the password is the secret', async () => {
  const text = 'messages: [] # https://bot:h7Kq2Zr9@ci.acme.io/hook\n';
  const { joined } = new FileSecrets(parsePrompt(text));
  const [known] = await scanForSecrets(joined, scanner);
  assert.equal(known?.letters.slice(known.offset), 'h7Kq2Zr9');
});

test('a text in which nothing can be secret is not scanned', async () => {
  const never = { scan: () => Promise.reject(new Error('scanned')) };
  const { joined } = new FileSecrets(parsePrompt('messages:\n  - role: user\n    content: hi\n'));
  assert.deepEqual(await scanForSecrets(joined, never), []);
});

test('100 KB of any beginning of a secret is scanned in 250 ms', async () => {
  const units = ['-----BEGIN PRIVATE KEY-----\n', 'SG.a.', 'mongodb://', 'https://a:b', 'ops_ey'];
  for (const unit of [...units, '_authToken=', 'AccountKey=', 'xoxb-', '{{', 'a@', 'aws_secret=']) {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    const start = cpuMs();
    await scanner.scan(text);
    const took = cpuMs() - start;
    assert.ok(took < 250, `${JSON.stringify(unit)}: ${took.toFixed(0)} ms`);
  }
});
