import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import { promptsmith } from '#test/support/cli.ts';

test('rules lists each rule once, with what there is to know at a glance', async () => {
  const { code, stdout, stderr } = await promptsmith(['rules']);
  assert.equal(code, 0, stderr);
  for (const { id, summary } of rules) {
    const lines = stdout.split('\n').filter((line) => line.trim().startsWith(`${id} `));
    assert.equal(lines.length, 1, id);
    assert.ok(lines[0]?.endsWith(summary), id);
  }
  assert.match(stdout, /\n {2}no-acceptance +info +pedantic /);
  assert.match(stdout, /\n {2}parameter-spelling +info +fix: safe /);
  assert.match(stdout, /\n {2}untrusted-in-system +error +fix: review /);
});

test('rules --format json, and those of one group', async () => {
  const { stdout } = await promptsmith(['rules', '--format', 'json']);
  const report = JSON.parse(stdout);
  assert.equal(report.v, 1);
  assert.deepEqual(
    report.rules.map((rule: { id: string }) => rule.id),
    rules.map(({ id }) => id),
  );
  const [first] = report.rules;
  assert.deepEqual(Object.keys(first).sort(), [
    'fix',
    'fixable',
    'group',
    'id',
    'mode',
    'page',
    'severity',
    'summary',
    'tags',
  ]);
  const group = await promptsmith(['rules', '--group', 'hidden-text', '--json']);
  const ids = JSON.parse(group.stdout).rules.map((rule: { id: string }) => rule.id);
  assert.ok(ids.includes('bidi-control') && !ids.includes('schema'));
});

test('rules refuses what it does not know', async () => {
  const operand = await promptsmith(['rules', 'bidi-control']);
  assert.equal(operand.code, 2);
  assert.match(operand.stderr, /promptsmith explain/);
  const group = await promptsmith(['rules', '--group', 'hiden-text']);
  assert.equal(group.code, 2);
  assert.match(group.stderr, /hidden-text/);
});
