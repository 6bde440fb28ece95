import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findOutdated, fingerprintCases } from '#app/eval/fingerprint-cases.ts';
import { parsePrompt } from '#core/prompt/parse.ts';

const PROMPT = `model: acme/chat
messages: [{ role: user, content: "Say {{word}}" }]
testData:
  - { word: one, $case: { name: a } }
  - { word: two, $case: { name: b, tags: [easy] } }
evaluators: [{ name: any, uses: promptsmith/contains, with: "{{word}}" }]
`;

/** What is outdated after an edit; `all` or the ids. */
function outdatedAfter(from: string, to: string): string {
  assert.ok(PROMPT.includes(from), from);
  const [before, now] = [PROMPT, PROMPT.replace(from, to)].map((text) =>
    fingerprintCases(parsePrompt(text)),
  );
  assert.ok(before && now);
  const found = findOutdated(before, now);
  return found === 'all' ? found : [...found].join(' ');
}

test('a change of what is sent or of the evaluators outdates every case', () => {
  assert.equal(outdatedAfter('Say', 'Shout'), 'all');
  assert.equal(outdatedAfter('acme/chat', 'acme/other'), 'all');
  assert.equal(outdatedAfter('promptsmith/contains', 'promptsmith/equals'), 'all');
  assert.equal(outdatedAfter('testData', 'variants: { x: [[one, two]] }\ntestData'), 'all');
});

test('a row that changed outdates its own case', () => {
  assert.equal(outdatedAfter('word: two', 'word: 2'), 'b');
  assert.equal(outdatedAfter('name: a', 'name: a, threshold: 0.5'), 'a');
  const own = 'name: b, evaluators: [{ name: x, uses: promptsmith/is-json }]';
  assert.equal(outdatedAfter('name: b', own), 'b');
});

test('nothing is outdated by a comment, by a tag or by another case', () => {
  assert.equal(outdatedAfter('model:', '# a comment\nmodel:'), '');
  assert.equal(outdatedAfter('easy', 'hard'), '');
  assert.equal(outdatedAfter('testData:\n', 'testData:\n  - { word: zero }\n'), '');
});
