import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import { promptsmith } from '#test/support/cli.ts';

test('explain shows why, a bad and a good example, and how to suppress', async () => {
  const { code, stdout, stderr } = await promptsmith(['explain', 'untrusted-in-system']);
  assert.equal(code, 0, stderr);
  const rule = rules.find(({ id }) => id === 'untrusted-in-system');
  assert.ok(rule);
  const words = (text: string): string => text.replace(/\s+/g, ' ');
  for (const part of [rule.summary, rule.docs.why, rule.docs.bad, rule.docs.good])
    assert.ok(words(stdout).includes(words(part)), part);
  assert.match(stdout, /^ +# promptsmith-disable-next-line untrusted-in-system -- /m);
});

test('the plain output has the headings of the page, in its order', async () => {
  const { stdout } = await promptsmith(['explain', 'unbalanced-data-tag']);
  const page = await readFile(
    new URL('../../docs/rules/unbalanced-data-tag.md', import.meta.url),
    'utf8',
  );
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
  assert.equal(headings.length, 5);
  const lines = stdout.split('\n');
  assert.deepEqual(
    lines.filter((line) => headings.includes(line)),
    headings,
  );
});

test('as Markdown it is the page of the documentation; as JSON it is for programs', async () => {
  const page = await promptsmith(['explain', 'schema', '--format', 'markdown']);
  const docs = await readFile(new URL('../../docs/rules/schema.md', import.meta.url), 'utf8');
  assert.ok(docs.startsWith(page.stdout.trimEnd()));
  const json = await promptsmith(['explain', 'schema', 'bidi-control', '--json']);
  const [first, second] = JSON.parse(json.stdout).rules;
  assert.deepEqual([first.id, second.id], ['schema', 'bidi-control']);
  assert.ok(first.why && first.bad && first.good);
});

for (const [id, hint] of [
  ['untrusted-in-sistem', /did you mean untrusted-in-system\?/],
  [
    'suppression',
    /unknown-suppression, unused-suppression|unused-suppression, unknown-suppression/,
  ],
  ['qqqqqq', /run `promptsmith rules` for a list/],
] as const) {
  test(`explain ${id} suggests what was meant`, async () => {
    const { code, stderr, stdout } = await promptsmith(['explain', id]);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, hint);
  });
}

test('explain without a rule says how to find one', async () => {
  const { code, stderr } = await promptsmith(['explain']);
  assert.equal(code, 2);
  assert.match(stderr, /promptsmith rules/);
});
