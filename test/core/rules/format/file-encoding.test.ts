import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, type EncodingProblem } from '#core/decode-text.ts';
import { applyFixes } from '#core/lint/engine/fix.ts';
import { lint, lintSettings } from '#core/lint/engine/lint.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { fileEncoding } from '#core/rules/format/file-encoding.ts';
import { rules } from '#core/rules/index.ts';
import { checkRule, lintText } from '#test/support/caret.ts';

/** It has findings with safe fixes of other rules. */
const TEXT = `name: T
messages:
  - role: user
    content: Grüße
modelParameters:
  max_tokens: 5
`;

function examine(bytes: Uint8Array): EncodingProblem {
  const decoded = decodeText(bytes);
  assert.ok('problem' in decoded);
  return decoded.problem;
}

const narrow = examine(Buffer.from(TEXT, 'latin1'));
const wide = examine(Buffer.from(`\ufeff${TEXT}`, 'utf16le'));

function fixed(encoding: EncodingProblem, unsafe: boolean): string {
  const prompt = parsePrompt(encoding.lossy);
  return applyFixes({ prompt, facts: { encoding } }, rules, { unsafe });
}

test('a file in another encoding gets only this finding, at the first bad character', () => {
  checkRule(
    rules,
    narrow.lossy.replace(
      /(content: .*\n)/,
      `$1               ^ 💡 error: [file-encoding] This file is not UTF-8: line 4 looks like Windows-1252. It does not run and is not published. Convert it to UTF-8.\n`,
    ),
    { facts: { encoding: narrow } },
  );
  const found = lint({ prompt: parsePrompt(wide.lossy), facts: { encoding: wide } }, rules);
  assert.deepEqual(
    found.map(({ id, span }) => [id, span]),
    [['file-encoding', { start: 0, end: 1 }]],
  );
});

test('a certain encoding is a safe fix, a guess is not, and other fixes follow the conversion', () => {
  const whole = TEXT.replace('max_tokens', 'maxTokens');
  assert.equal(fixed(wide, false), whole);
  assert.equal(fixed(narrow, false), narrow.lossy);
  assert.equal(fixed(narrow, true).includes('Grüße'), true);
});

test('there is no fix for what nobody can convert, or for edited text', () => {
  const mixed = examine(Buffer.concat([Buffer.from(TEXT), Uint8Array.of(0xfc, 0x0a)]));
  const edited = `${narrow.lossy}# new\n`;
  for (const [text, encoding] of [
    [mixed.lossy, mixed],
    [edited, narrow],
  ] as const) {
    const [finding, ...more] = lint({ prompt: parsePrompt(text), facts: { encoding } }, rules);
    assert.equal(finding?.id, 'file-encoding');
    assert.equal(finding?.fixes, undefined);
    assert.deepEqual(more, []);
    assert.equal(
      applyFixes({ prompt: parsePrompt(text), facts: { encoding } }, rules, { unsafe: true }),
      text,
    );
  }
});

test('a text that has been converted, or that is about U+FFFD, is fine', () => {
  checkRule(fileEncoding, TEXT, { facts: { encoding: narrow } });
  checkRule(fileEncoding, 'messages:\n  - role: user\n    content: What is \ufffd?\n');
});

test('test files are reported where they are named', () => {
  checkRule(
    fileEncoding,
    `messages: []
testFiles:
  - a.csv
  - b.csv
    ^^^^^ error: b.csv is not UTF-8: line 2 looks like Windows-1252. Convert it to UTF-8. The prompt does not run.
`,
    {
      facts: {
        testFileProblems: [
          { pattern: 0, message: 'a.csv does not exist', severity: 'error', isEncoding: false },
          {
            pattern: 1,
            message: 'b.csv is not UTF-8: line 2 looks like Windows-1252. Convert it to UTF-8',
            severity: 'error',
            isEncoding: true,
          },
        ],
      },
    },
  );
});

test('a settings file in another encoding gets only this finding', () => {
  const settings = examine(Buffer.from('# für uns\nmode: nonsense\n', 'latin1'));
  const ids = (encoding?: EncodingProblem): string[] =>
    lintSettings(settings.lossy, rules, encoding).map(({ id }) => id);
  assert.deepEqual(ids(settings), ['file-encoding']);
  assert.deepEqual(ids(), ['settings']);
  assert.deepEqual(lintText([fileEncoding], 'a: 1\n'), []);
});
