import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '#core/lint/engine/lint.ts';
import type { Problem, Rule } from '#core/lint/engine/rule.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { unusedSuppression } from '#core/rules/format/unused-suppression.ts';
import { DEFAULT_SETTINGS, readSettings, resolveSettings } from '#core/settings.ts';
import { lintText } from '../../../support/caret.ts';

function rule(id: string, problems: readonly Partial<Problem>[], more: Partial<Rule> = {}): Rule {
  return {
    id,
    severity: 'warning',
    mode: 'recommended',
    group: 'format',
    tags: ['t'],
    summary: 'A rule',
    docs: { why: '', bad: '', good: '' },
    check: () =>
      problems.map((problem) => ({ message: 'm', span: { start: 0, end: 1 }, ...problem })),
    ...more,
  };
}

const TEXT = 'messages:\n  - role: user\n    content: Hello\n';

test('findings are in file order, then by severity, then by id', () => {
  const found = lintText(
    [
      rule('z', [{ span: { start: 9, end: 10 } }, { span: { start: 2, end: 3 } }]),
      rule('b', [{ span: { start: 2, end: 3 } }]),
      rule('a', [{ span: { start: 2, end: 3 }, severity: 'info' }]),
    ],
    TEXT,
  );
  assert.deepEqual(
    found.map(({ id }) => id),
    ['b', 'z', 'a', 'z'],
  );
});

test('a rule reports one finding per place', () => {
  assert.equal(lintText(rule('a', [{}, { message: 'again' }]), TEXT).length, 1);
  assert.equal(lintText(rule('a', [{}, { uri: 'file:///b' }]), TEXT).length, 2);
});

test('modes: a rule runs in its own mode and in all stricter ones', () => {
  const rules = (['recommended', 'pedantic', 'audit'] as const).map((mode) =>
    rule(mode, [{}], { mode }),
  );
  const ids = (mode: string) => lintText(rules, TEXT, { settings: { mode } }).map(({ id }) => id);
  assert.deepEqual(ids('recommended'), ['recommended']);
  assert.deepEqual(ids('pedantic'), ['pedantic', 'recommended']);
  assert.deepEqual(ids('audit'), ['audit', 'pedantic', 'recommended']);
});

test('settings turn rules off, turn them on in any mode, and change severities', () => {
  const pedantic = rule('a', [{ severity: 'error' }], { mode: 'pedantic' });
  const severities = (setting: unknown) =>
    lintText(pedantic, TEXT, { settings: { mode: 'recommended', rules: { a: setting } } }).map(
      ({ severity }) => severity,
    );
  assert.deepEqual(severities('off'), []);
  assert.deepEqual(severities('hint'), ['hint']);
  assert.deepEqual(severities({ severity: 'info', min: 3 }), ['info']);
  assert.deepEqual(severities({ min: 3 }), [], 'options alone do not turn it on');
});

test('rules read their options', () => {
  const found: unknown[] = [];
  const reader = rule('a', [], {
    check({ options }) {
      found.push(options.min);
      return [];
    },
  });
  lintText(reader, TEXT, { settings: { rules: { a: { min: 7 } } } });
  assert.deepEqual(found, [7]);
});

test('low confidence never warns unless the settings set a severity; a minimum confidence can be set', () => {
  const doubtful = rule('a', [{ confidence: 'low', severity: 'error' }]);
  const severity = (settings: object) => lintText(doubtful, TEXT, { settings })[0]?.severity;
  assert.equal(severity({}), 'info');
  assert.equal(severity({ rules: { a: 'warning' } }), 'warning');
  assert.equal(severity({ rules: { a: { confidence: 'medium' } } }), undefined);
});

test('low confidence lowers only errors and warnings: a hint stays a hint', () => {
  for (const [own, severity] of [
    ['error', 'info'],
    ['warning', 'info'],
    ['info', 'info'],
    ['hint', 'hint'],
  ] as const)
    assert.equal(
      lintText(rule('a', [{ confidence: 'low', severity: own }]), TEXT)[0]?.severity,
      severity,
    );
});

test('no finding repeats a secret in its message, its related places or the titles of its fixes', () => {
  const secret = 'hunter2-and-more-of-it';
  const fix = { title: `Replace ${secret}`, safe: true, edits: [] };
  const related = [{ message: `as in ${secret}`, span: { start: 0, end: 1 } }];
  const quoting = rule('a', [{ message: `not "${secret}"`, related, fixes: [fix] }]);
  const [found] = lintText(quoting, TEXT.replace('Hello', secret), {
    facts: { secrets: [{ kind: 'password', letters: secret, offset: 0 }] },
  });
  assert.ok(found?.related && found.fixes);
  assert.match(found.message, /^not "./);
  assert.doesNotMatch(JSON.stringify(found), /hunter2/);
});

test('a rule gets only the files that it supports', () => {
  const rules = (['sound', 'prompt', 'text'] as const).map((needs) => rule(needs, [{}], { needs }));
  const ids = (text: string) => lintText(rules, text).map(({ id }) => id);
  assert.deepEqual(ids(TEXT), ['prompt', 'sound', 'text']);
  assert.deepEqual(ids('messages: ['), ['prompt', 'text']);
  assert.deepEqual(ids('- a\n'), ['text']);
});

test('fingerprints are stable when other lines move, and distinguish repetitions', () => {
  const word = rule('a', [], {
    check: ({ prompt: { text } }) =>
      [...text.matchAll(/Hello/g)].map(({ index }) => ({
        message: 'm',
        span: { start: index, end: index + 5 },
      })),
  });
  const [before, moved] = [TEXT, `name: new\n${TEXT}`].map((text) => lintText(word, text));
  assert.equal(before?.[0]?.fingerprint, moved?.[0]?.fingerprint);
  assert.match(before?.[0]?.fingerprint ?? '', /^[0-9a-f]{16}$/);
  const twice = lintText(word, `description: Hello\n${TEXT}`).map(({ fingerprint }) => fingerprint);
  assert.equal(new Set(twice).size, 2);
  assert.notEqual(lintText({ ...word, id: 'b' }, TEXT)[0]?.fingerprint, before?.[0]?.fingerprint);
});

test('200 findings of one rule are kept, and the rule stops there', () => {
  let made = 0;
  const flood = rule('a', [], {
    *check() {
      for (;;) yield { message: 'm', span: { start: made, end: ++made } };
    },
  });
  assert.equal(lintText(flood, TEXT).length, 200);
  assert.ok(made <= 202);
});

test('rules that run last see the used suppressions and which rules could finish', () => {
  const seen: unknown[] = [];
  const last = rule('last', [], {
    last: true,
    check({ suppressions, ran }) {
      seen.push([...(suppressions[0]?.used ?? [])], [...ran]);
      return [];
    },
  });
  const span = { start: 40, end: 41 };
  lintText(
    [
      last,
      rule('a', [{ span }]),
      rule('b', [], { isReady: () => false }),
      rule('c', [], { mode: 'audit' }),
    ],
    `# promptsmith-disable-next-line a, b\n${TEXT}`,
    { settings: { mode: 'recommended' } },
  );
  assert.deepEqual(seen, [
    ['a'],
    [
      ['a', true],
      ['b', false],
    ],
  ]);
});

test('overrides: a later matching entry wins, rule by rule', () => {
  const { settings, complaints } = readSettings({
    mode: 'pedantic',
    rules: { a: 'error', b: 'error' },
    overrides: [
      { files: ['legacy/**'], mode: 'recommended', rules: { a: 'off' } },
      { files: 'legacy/mail/*.prompt.yaml', target: 'gh-models', rules: { a: 'hint' } },
    ],
  });
  assert.deepEqual(complaints, []);
  const at = (path: string) => {
    const { mode, target, rules } = resolveSettings(settings, path);
    return [mode, target, rules.a?.severity, rules.b?.severity];
  };
  assert.deepEqual(at('new/a.prompt.yaml'), ['pedantic', 'generic', 'error', 'error']);
  assert.deepEqual(at('legacy/a.prompt.yaml'), ['recommended', 'generic', 'off', 'error']);
  assert.deepEqual(at('legacy/mail/a.prompt.yaml'), ['recommended', 'gh-models', 'hint', 'error']);
  assert.deepEqual(at('legacy/mail/old/a.prompt.yaml'), ['recommended', 'generic', 'off', 'error']);
});

test('the project file wins over the base settings, key by key and rule by rule', () => {
  const editor = readSettings({ mode: 'audit', rules: { a: 'off', b: 'hint' }, ignore: ['x/**'] });
  const { settings } = readSettings(
    { mode: 'recommended', rules: { a: 'error' } },
    editor.settings,
  );
  assert.equal(settings.mode, 'recommended');
  assert.deepEqual(settings.rules, { a: { severity: 'error' }, b: { severity: 'hint' } });
  assert.deepEqual(settings.ignore, ['x/**']);
});

test('a wrong setting is reported and ignored, the rest applies', () => {
  const { settings, complaints } = readSettings({ mode: 'strict', target: 'gh-models', ignore: 5 });
  assert.equal(settings.mode, DEFAULT_SETTINGS.mode);
  assert.equal(settings.target, 'gh-models');
  assert.deepEqual(complaints.map(({ path }) => path).sort(), [['ignore'], ['mode']]);
});

test('the same input gives the same findings', () => {
  const input = { prompt: parsePrompt(TEXT) };
  const rules = [rule('a', [{}]), rule('b', [{}])];
  assert.deepEqual(lint(input, rules), lint(input, rules));
  assert.deepEqual(lint(input, rules.toReversed()), lint(input, rules));
});

test('a quick run skips slow rules, and reports no comment as unused because of it', () => {
  const text = `# promptsmith-disable-file\n${TEXT}`;
  const slow = rule('a', [{ span: { start: text.length - 6, end: text.length - 1 } }], {
    slow: true,
  });
  const ids = (quick: boolean) =>
    lint({ prompt: parsePrompt(text), quick }, [slow, unusedSuppression]).map(({ id }) => id);
  assert.deepEqual(ids(true), []);
  assert.deepEqual(ids(false), ['a']);
  const none = rule('b', [], { slow: true });
  const unused = lint({ prompt: parsePrompt(text) }, [none, unusedSuppression]);
  assert.deepEqual(
    unused.map(({ id }) => id),
    ['unused-suppression'],
  );
});
