import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import { lintText, testModels as models } from '#test/support/caret.ts';
import { lintExample } from '#test/support/workflows.ts';

const stems = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith(ending) && !name.startsWith('index.'))
    .map((name) => name.slice(0, -ending.length))
    .sort();

test('each rule has its file, its line in the list and its test', () => {
  const ids = rules.map(({ id }) => id).sort();
  assert.deepEqual(stems('../../../core/rules/', '.ts'), ids);
  assert.deepEqual(stems('./', '.test.ts'), ids);
  assert.equal(new Set(ids).size, ids.length);
});

/** Their examples show what a text alone cannot: a settings file, 1 MiB, a long text, a target. */
const SHOWN_ONLY = new Set([
  'settings',
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

for (const rule of rules.filter(({ id, group }) => group !== 'files' && !SHOWN_ONLY.has(id))) {
  test(`the page of ${rule.id}: its bad example has the finding, its good one has none`, () => {
    const findings = (text: string) =>
      lintText(rules, `${text}\n`, {
        models,
        counted: true,
        facts: { today: '2026-11-21' },
      }).filter(({ suppressed }) => !suppressed);
    const ids = (text: string) => findings(text).map(({ id }) => id);
    const own = findings(rule.docs.bad).filter(({ id }) => id === rule.id);
    const safe = own.flatMap(({ fixes = [] }) => fixes.map((fix) => fix.safe));
    if (safe.includes(true)) assert.equal(rule.fix, 'safe', "`fix: 'safe'` is missing");
    else if (safe.length > 0) assert.ok(rule.fix, "`fix: 'unsafe'` is missing");
    assert.ok(ids(rule.docs.bad).includes(rule.id), `bad: ${ids(rule.docs.bad)}`);
    assert.ok(!ids(rule.docs.good).includes(rule.id), `good: ${ids(rule.docs.good)}`);
  });
}

test('summaries are one line without a full stop', () => {
  for (const { id, summary } of rules) assert.match(summary, /^[^\n]{10,110}[^.\n]$/, id);
});
