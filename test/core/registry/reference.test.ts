import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle, openBundle } from '#core/registry/bundle.ts';
import { describeDrift, findDrift } from '#core/registry/drift.ts';
import { findLabelProblem, findNameProblem } from '#core/registry/names.ts';
import { formatPointer, parseReference } from '#core/registry/reference.ts';
import { sampleBundle } from '#test/support/registry.ts';

test('references: version, label, latest, hash', () => {
  const good = [
    ['team/say@1.4.0', 'team/say', '1.4.0'],
    ['say@production', 'say', 'production'],
    ['say', 'say', 'latest'],
    ['say@latest', 'say', 'latest'],
    ['say@sha256:0123abcd', 'say', 'sha256:0123abcd'],
  ] as const;
  for (const [text, name, pointer] of good) {
    const reference = parseReference(text);
    assert.ok('name' in reference, text);
    assert.deepEqual([reference.name, formatPointer(reference.pointer)], [name, pointer]);
  }
  const bad = [
    'say@',
    'say@sha256:12',
    'say@sha256:XYZ',
    'say@1.4',
    '@production',
    'a@b@c',
    'A@dev',
  ];
  for (const text of bad) assert.ok('error' in parseReference(text), text);
});

test('problems of names are reported', () => {
  const wrong = [
    ['Team/say', /lowercase, .*: use "team\/say"/],
    ['tеam', /"е" \(U\+0435\) is not allowed, which may look like another letter/],
    ['a\u200bb', /^U\+200B is not allowed/],
    ['a/../b', /is a path/],
    ['a\\b', /separated by "\/"/],
    ['aux.prompts', /reserved by git or an operating system/],
    ['a/blobs', /reserved/],
  ] as const;
  for (const [name, message] of wrong) assert.match(findNameProblem(name) ?? '', message);
  for (const name of ['say', 'team/say', '.github/prompts/a.b', 'a_b-c', 'a1', 'content'])
    assert.equal(findNameProblem(name), null, name);
  for (const label of ['production', 'dev', 'eu-west', 'x.y'])
    assert.equal(findLabelProblem(label), null);
  for (const [label, message] of [
    ['', /./],
    ['latest', /highest version/],
    ['sha256', /reserved/],
    ['1.2.0', /version/],
    ['1.2.0-rc.1', /version/],
    ['v2', /version/],
    ['eu/west', /./],
    ['..', /./],
  ] as const)
    assert.match(findLabelProblem(label) ?? '', message, label);
});

test('drift names what differs, and order, quoting and comments count for nothing', () => {
  const hashes = (text: string) =>
    makeBundle(parsePrompt(text), parsePrompt(text).rows, [], {}).hashes;
  const base = 'name: A\nmodel: m\nmessages: [{ role: user, content: hi }]\ntestData: [{ a: 1 }]\n';
  const cases: [string, string][] = [
    [
      '# c\nmodel: "m"\nname: A\nversion: 2.0.0\nmessages:\n- content: hi\n  role: user\ntestData: [{ a: 1 }]',
      'nothing',
    ],
    [base.replace('hi', 'ho'), 'prompt'],
    [base.replace('a: 1', 'a: 2'), 'test data'],
    [`${base}evaluators: [{ name: x, string: { contains: a } }]`, 'checks'],
    [base.replace('name: A', 'name: B'), 'metadata'],
    [base.replace('hi', 'ho').replace('a: 1', 'a: 2'), 'prompt and test data'],
  ];
  for (const [text, expected] of cases)
    assert.equal(describeDrift(findDrift(hashes(base), hashes(text))), expected, text);
});

test('a bundle opens to the very cases and settings that were published', () => {
  const { bundle, hashes } = sampleBundle('hi');
  const { document, rows, settings } = openBundle(bundle);
  assert.deepEqual(settings, { repeat: 2 });
  assert.deepEqual(
    rows.map(({ file, values }) => [file, values.get('who')?.text]),
    [['cases.csv', 'Ada']],
  );
  const again = makeBundle(document, rows, bundle.files.slice(0, 1), settings);
  assert.deepEqual(again.hashes, hashes);
  assert.deepEqual(again.bundle, bundle);
});
