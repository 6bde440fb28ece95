import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintSettings } from '#core/lint/engine/lint.ts';
import { rules } from '#core/rules/index.ts';
import { applyEdits } from '#core/text.ts';

/** `[severity, marked text, a part of the message]` of each finding. */
function check(text: string, ...expected: [marked: string, message: string][]): void {
  const found = lintSettings(text, rules);
  assert.deepEqual(
    found.map(({ span }) => text.slice(span.start, span.end)),
    expected.map(([marked]) => marked),
    found.map(({ message }) => message).join('\n'),
  );
  found.forEach(({ message }, i) => {
    assert.ok(message.includes(expected[i]?.[1] ?? ''), message);
  });
}

test('unknown settings, rules and values are marked', () => {
  check(
    `mode: strict
targt: generic
rules:
  unknwon-model: off
  unknown-key: fatal
overrides:
  - rules: { some-rule: off }
    files: ["a/**"]
  - rules: { schema: warning }
eval: { repeat: 0 }
registry: [a]
`,
    ['strict', 'must be one of `recommended`'],
    ['targt', '`targt` is not a setting and has no effect. Did you mean `target`?'],
    [
      'unknwon-model',
      '`unknwon-model` is not a rule and has no effect. Did you mean `unknown-model`?',
    ],
    ['fatal', 'The default applies instead.'],
    ['some-rule', '`some-rule` is not a rule'],
    ['rules', 'The key `files` is missing'],
    ['0', 'must be 1 or more'],
    ['registry', 'must be text'],
  );
});

test('nothing is reported for valid settings, an empty file, and options of rules', () => {
  check('');
  check('# nothing yet\n');
  check(
    `mode: pedantic
rules:
  unknown-model: off
  no-acceptance: { severity: hint, min: 20 }
`,
  );
});

test('broken YAML and a list are reported as such', () => {
  check('mode: [\n', ['[', '`[` is not closed']);
  const [found] = lintSettings('- a\n', rules);
  assert.match(found?.message ?? '', /map of keys/);
});

test('the fix corrects names', () => {
  const text = 'rules:\n  unknwon-model: off # ours\n';
  const [fix] = lintSettings(text, rules).flatMap(({ fixes = [] }) => fixes);
  assert.ok(fix);
  assert.equal(applyEdits(text, fix.edits), 'rules:\n  unknown-model: off # ours\n');
});

test('a prompt file is not checked as settings', () => {
  const [rule] = rules.filter(({ id }) => id === 'settings');
  assert.ok(rule);
  assert.equal(rule.needs, 'text');
});
