import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tooLarge } from '#core/rules/format/too-large.ts';
import { rules } from '#core/rules/index.ts';
import { checkRule, lintText } from '../../../support/caret.ts';

test('a file over 1 MiB gets only this finding', () => {
  const text = `messages:\n  - role: user\n    content: ${'x'.repeat(1024 * 1024)}\nbroken: [\n`;
  const found = lintText(rules, text);
  assert.deepEqual(
    found.map(({ id, severity }) => [id, severity]),
    [['too-large', 'info']],
  );
  assert.match(found[0]?.message ?? '', /testFiles/);
});

test('a file below 1 MiB is read, and not reported', () => {
  checkRule(tooLarge, `messages:\n  - role: user\n    content: ${'x'.repeat(1000 * 1000)}\n`);
});
