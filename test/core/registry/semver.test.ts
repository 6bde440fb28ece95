import assert from 'node:assert/strict';
import { test } from 'node:test';
import compare from 'semver/functions/compare.js';
import { compareVersions, latestVersion, parseVersion } from '#core/registry/semver.ts';
import { seededRandom } from '#test/support/random.ts';

/** In ascending order: the example of semver.org 2.0.0, 11.4, and what is around it. */
const ORDER = [
  '0.9.9',
  '1.0.0-1',
  '1.0.0-2',
  '1.0.0-10',
  '1.0.0-10.0',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '1.2.0',
  '1.10.0',
  '2.0.0',
];

test('versions have the order of semver.org', () => {
  for (const [i, a] of ORDER.entries())
    for (const [j, b] of ORDER.entries())
      assert.equal(Math.sign(compareVersions(a, b)), Math.sign(i - j), `${a} and ${b}`);
});

test('the latest version is the highest release, whatever pre-releases there are', () => {
  for (const versions of [ORDER, ORDER.toReversed(), [...ORDER, '3.0.0-rc.1']])
    assert.equal(latestVersion(versions), '2.0.0');
  assert.equal(latestVersion(['1.0.0-alpha', '1.0.0-rc.1', '1.0.0-1']), '1.0.0-rc.1');
});

const IDENTIFIERS = ['0', '1', '2', '10', 'a', 'b', 'alpha', 'rc', 'rc1', '1a', '-', 'a-b'];

test('versions are ordered as the package semver orders them', () => {
  const next = seededRandom(11);
  const pick = () => IDENTIFIERS[next(IDENTIFIERS.length)];
  const version = () => {
    const pre = Array.from({ length: next(4) }, pick).join('.');
    return `${next(3)}.${next(3)}.${next(12)}${pre === '' ? '' : `-${pre}`}`;
  };
  for (let round = 0; round < 5000; round++) {
    const [a, b] = [version(), version()];
    assert.ok(parseVersion(a), a);
    assert.equal(Math.sign(compareVersions(a, b)), compare(a, b), `${a} and ${b}`);
  }
  assert.throws(() => compareVersions('1.0.0', '1.0'), RangeError);
});
