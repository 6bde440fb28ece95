import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { compareVersions, latestVersion, parseVersion } from '#core/registry/semver.ts';
import { bumpBetween, nextVersion, suggestVersion } from '#core/registry/version.ts';
import { BASE, changed, LABELLED_CHANGES } from './labelled-changes.ts';

const prompt = (text: string) => {
  const document = parsePrompt(text);
  assert.equal(document.problems.length, 0, JSON.stringify(document.problems));
  return { document, rows: document.rows };
};

test('the table of labelled changes has at least sixty, and every bump', () => {
  assert.ok(LABELLED_CHANGES.length >= 60);
  for (const bump of ['major', 'minor', 'patch', 'none'])
    assert.ok(LABELLED_CHANGES.filter((one) => one.bump === bump).length >= 5, bump);
});

for (const one of LABELLED_CHANGES) {
  test(`${one.bump}: ${one.what}`, () => {
    const changes = comparePrompts(prompt(BASE), prompt(changed(one)));
    const { bump, reasons } = suggestVersion('1.4.0', changes);
    assert.equal(bump, one.bump, JSON.stringify(changes, null, 1));
    assert.equal(reasons.length > 0, bump !== 'none');
  });
}

test('a change and its undoing both count', () => {
  for (const one of LABELLED_CHANGES) {
    const back = suggestVersion('1.4.0', comparePrompts(prompt(changed(one)), prompt(BASE)));
    assert.equal(back.bump === 'none', one.bump === 'none', one.what);
  }
});

test('the suggestion names the next version and says why', () => {
  const one = LABELLED_CHANGES.find(({ what }) => what === 'a required variable is added');
  assert.ok(one);
  const changes = comparePrompts(prompt(BASE), prompt(changed(one)));
  assert.deepEqual(suggestVersion('1.4.0', changes), {
    bump: 'major',
    version: '2.0.0',
    reasons: ['the required variable "customer" was added'],
  });
  assert.equal(suggestVersion(null, []).version, '1.0.0');
});

test('changed expected values are listed', () => {
  const one = LABELLED_CHANGES.find(({ what }) => what.startsWith('an expected value'));
  assert.ok(one);
  const [found] = comparePrompts(prompt(BASE), prompt(changed(one)));
  assert.equal(
    found?.text,
    'the expected value of test row 1 (“Where is my parcel?”) changed: shipping → delivery',
  );
});

test('versions: what is one, their order, the next', () => {
  for (const good of ['0.0.0', '1.4.0', '10.20.30', '2.0.0-rc.1', '1.0.0-0'])
    assert.ok(parseVersion(good), good);
  for (const bad of [
    '1.4',
    'v1.4.0',
    '01.4.0',
    '1.4.0+build',
    '1.4.0-RC',
    '1.4.0-01',
    '1.4.0/..',
    '',
  ])
    assert.equal(parseVersion(bad), null, bad);
  const order = ['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0-beta.2'].concat(
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.1.0',
    '2.0.0',
    '10.0.0',
  );
  assert.deepEqual(order.toReversed().sort(compareVersions), order);
  assert.equal(latestVersion(['1.9.0', '2.0.0-rc.1', '1.10.0']), '1.10.0');
  assert.equal(latestVersion(['2.0.0-rc.1', '2.0.0-beta']), '2.0.0-rc.1');
  assert.equal(latestVersion([]), null);
  const next = [
    ['1.4.2', 'major', '2.0.0'],
    ['1.4.2', 'minor', '1.5.0'],
    ['1.4.2', 'patch', '1.4.3'],
    ['0.4.2', 'major', '0.5.0'],
    ['2.0.0-rc.1', 'major', '2.0.0'],
    ['2.1.0-rc.1', 'major', '3.0.0'],
    ['2.1.0-rc.1', 'patch', '2.1.0'],
  ] as const;
  for (const [from, bump, to] of next) assert.equal(nextVersion(from, bump), to, `${from} ${bump}`);
  assert.equal(bumpBetween('1.4.0', '1.5.0'), 'minor');
  assert.equal(bumpBetween('1.5.0', '1.4.0'), 'none');
});
