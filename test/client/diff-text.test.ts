import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { formatDiffTitle, summarizeDiff } from '#client/registry/diff-text.ts';
import type { Change } from '#core/registry/change.ts';

const message: Change = { part: 'messages', bump: 'minor', text: 'the wording of the message' };
const diff: PromptDiff = {
  from: 'say@1.0.0',
  to: 'say.prompt.yaml',
  bump: 'minor',
  changes: [message, message, { part: 'evaluators', bump: 'patch', text: 'a check was renamed' }],
  tokens: { from: 100, to: 138.4 },
  cost: { from: 0.001, to: 0.0014 },
  eval: null,
};

const texts = (one: PromptDiff) => summarizeDiff(one).map(({ text }) => text);

test('the head of a diff says what changed, tokens, cost and quality', () => {
  assert.deepEqual(texts(diff), [
    'minor: 2 messages, 1 check',
    '+38 tokens',
    '+$0.0004',
    'no eval',
  ]);
  const less = { ...diff, tokens: { from: 10, to: 7 }, cost: { from: 0.5, to: 0.25 } };
  assert.deepEqual(texts(less).slice(1, 3), ['−3 tokens', '−$0.25']);
  assert.equal(formatDiffTitle(less), 'minor, −3 tokens');
});

test('what is the same, or unknown, is said', () => {
  const same: PromptDiff = {
    ...diff,
    bump: 'none',
    changes: [],
    tokens: { from: 5, to: 5 },
    cost: null,
  };
  assert.deepEqual(texts(same), ['same', '±0 tokens', 'cost unknown', 'no eval']);
  assert.equal(formatDiffTitle(same), 'same');
});
