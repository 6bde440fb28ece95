import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { test } from 'node:test';
import type { Finding } from '#core/lint/engine/rule.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { applyEdits } from '#core/text.ts';
import { lintText, testModels as models } from '#test/support/caret.ts';
import { lintExample } from '#test/support/workflows.ts';

/** Lists the files below a folder with this ending and matching text, without the ending: `cost/x`. */
const stems = (folder: string, ending: string, text = /(?:)/): string[] =>
  readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes(sep) && name.endsWith(ending))
    .filter((name) => text.test(readFileSync(new URL(folder + name, import.meta.url), 'utf8')))
    .map((name) => name.slice(0, -ending.length).replaceAll(sep, '/'))
    .sort();

test('each rule has a file in the folder of its group, an entry in the list and a test', () => {
  const files = rules.map(({ id, group }) => `${group}/${id}`).sort();
  assert.deepEqual(stems('../../../core/rules/', '.ts', /: Rule = \{/), files);
  assert.deepEqual(stems('./', '.test.ts'), files);
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
});

test('the file of a rule stays under 120 lines', () => {
  for (const { id, group } of rules) {
    const file = new URL(`../../../core/rules/${group}/${id}.ts`, import.meta.url);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
    assert.ok(lines < 120, `${id}: ${lines} lines`);
  }
});

/** Words in test names that show that a rule reports nothing. */
const QUIET = /\b(?:alone|fine|no|none|not|nothing|never|silent|unless|without|empty)\b/i;

for (const { id, group, fix } of rules) {
  test(`the test of ${id} marks findings, has a case without findings, and applies the fix`, () => {
    const source = readFileSync(new URL(`${group}/${id}.test.ts`, import.meta.url), 'utf8');
    const names = [...source.matchAll(/^\s*test\(\s*(['"`])(.+)\1,/gm)].map(
      ([, , name = '']) => name,
    );
    assert.ok(
      names.some((name) => QUIET.test(name)),
      names.join('\n'),
    );
    const isMarked = /\^/.test(source) || /\bmarked\b/.test(source) || group === 'files';
    assert.ok(isMarked || id === 'too-large', 'nothing is marked');
    if (fix) assert.match(source, /checkFix|applyEdits|\bfixe[sd]\b/);
  });
}

/** Rules whose examples need more than a text: a settings file, bytes, test files, 1 MiB, a long text, a target. */
const SHOWN_ONLY = new Set([
  'settings',
  'file-encoding',
  'test-file',
  'too-large',
  'context-overflow',
  'guard-in-lost-system-message',
  'cache-breaking-variable',
]);

for (const rule of rules.filter(({ group }) => group === 'files')) {
  test(`the page of ${rule.id}: the finding is in the bad pair of files, not in the good one`, () => {
    const own = (example: string) =>
      lintExample(rules, example).filter(({ finding }) => finding.id === rule.id);
    assert.equal(own(rule.docs.bad).length, 1);
    assert.equal(own(rule.docs.good).length, 0);
    if (own(rule.docs.bad)[0]?.finding.fixes?.length)
      assert.ok(rule.fix, 'its fix is not declared');
  });
}

/** Lints a text with all rules, without suppressed findings. */
function findings(text: string): Finding[] {
  const surroundings = { models, counted: true, facts: { today: '2026-11-21' } };
  return lintText(rules, `${text}\n`, surroundings).filter(({ suppressed }) => !suppressed);
}

const shown = rules.filter(({ id, group }) => group !== 'files' && !SHOWN_ONLY.has(id));

for (const rule of shown) {
  test(`the page of ${rule.id}: its bad example has the finding, its good one has none`, () => {
    const ids = (text: string) => findings(text).map(({ id }) => id);
    const own = findings(rule.docs.bad).filter(({ id }) => id === rule.id);
    const safe = own.flatMap(({ fixes = [] }) => fixes.map((fix) => fix.safe));
    if (safe.includes(true)) assert.equal(rule.fix, 'safe', "`fix: 'safe'` is missing");
    else if (safe.length > 0) assert.ok(rule.fix, "`fix: 'unsafe'` is missing");
    assert.ok(ids(rule.docs.bad).includes(rule.id), `bad: ${ids(rule.docs.bad)}`);
    assert.ok(!ids(rule.docs.good).includes(rule.id), `good: ${ids(rule.docs.good)}`);
  });
}

for (const rule of shown.filter(({ fix }) => fix)) {
  test(`the page of ${rule.id}: each fix of its bad example leaves one finding less`, () => {
    const own = (text: string) => findings(text).filter(({ id }) => id === rule.id);
    const before = own(rule.docs.bad);
    for (const fix of before.flatMap(({ fixes = [] }) => fixes)) {
      const fixed = applyEdits(`${rule.docs.bad}\n`, fix.edits);
      assert.equal(parsePrompt(fixed).broken, false, fixed);
      assert.ok(own(fixed).length < before.length, `${fix.title}\n${fixed}`);
    }
  });
}

test('summaries are one line without a full stop', () => {
  for (const { id, summary } of rules) assert.match(summary, /^[^\n]{10,110}[^.\n]$/, id);
});
