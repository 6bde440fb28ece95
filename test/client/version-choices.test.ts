import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listVersionChoices } from '#client/registry/version-choices.ts';

type Suggestion = Parameters<typeof listVersionChoices>[0]['suggestion'];

function choices(version: string, suggestion: Suggestion) {
  return listVersionChoices({ version, suggestion }, '1.2.3').map(
    ({ label, description }) => `${label} ${description}`,
  );
}

test('the suggested version comes first, with its reasons, then the other bumps once each', () => {
  const suggestion: Suggestion = { version: '1.3.0', bump: 'minor', reasons: ['a', 'b'] };
  assert.deepEqual(choices('1.3.0', suggestion), [
    '1.3.0 suggested, minor',
    '1.2.4 patch',
    '2.0.0 major',
  ]);
  const [first] = listVersionChoices({ version: '1.3.0', suggestion }, '1.2.3');
  assert.equal(first?.detail, 'a; b');
});

test('the version in the file comes before the suggested one', () => {
  const suggestion: Suggestion = { version: '2.0.0', bump: 'major', reasons: ['model'] };
  assert.deepEqual(choices('1.2.4', suggestion), [
    '1.2.4 version in the file',
    '2.0.0 suggested, major',
    '1.3.0 minor',
  ]);
});

test('without relevant changes no version is suggested', () => {
  const suggestion: Suggestion = { version: '1.2.3', bump: 'none', reasons: [] };
  assert.deepEqual(choices('1.2.3', suggestion), ['1.2.4 patch', '1.3.0 minor', '2.0.0 major']);
});
