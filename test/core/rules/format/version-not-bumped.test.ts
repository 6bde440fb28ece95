import { test } from 'node:test';
import { versionNotBumped } from '#core/rules/format/version-not-bumped.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (version: string) =>
  `version: ${version}\nmessages:\n  - role: user\n    content: Hello\n`;

test('versions that the registry cannot publish', () => {
  checkRule(versionNotBumped, file('1.0\n         ^^^ 💡 warning: such as `1.0.0`'));
  checkRule(versionNotBumped, file('1\n         ^ 💡'));
  checkRule(versionNotBumped, file('v1.2.3\n         ^^^^^^ 💡 `1.2.3`'));
  checkRule(versionNotBumped, file("'2024-05-01'\n         ^^^^^^^^^^^^ such as `1.0.0`"));
  checkRule(
    versionNotBumped,
    file(
      '1.2.3.4\n         ^^^^^^^ `1.2.3.4` is not a semantic version and cannot be published. Use three numbers, such as `1.0.0`',
    ),
  );
  checkRule(versionNotBumped, file('01.2.3\n         ^^^^^^ 💡 `1.2.3`'));
});

test('the fix completes the numbers', () => {
  checkFix(versionNotBumped, file('1.10'), file('1.10.0'), { safe: true });
  checkFix(versionNotBumped, file('"v2" # next'), file('2.0.0 # next'), { safe: true });
});

test('semantic versions, and no version, are fine', () => {
  for (const version of ['1.0.0', '"0.1.0"', '2.0.0-rc.1', '1.0.0+build.7', '', 'null'])
    checkRule(versionNotBumped, file(version));
});
