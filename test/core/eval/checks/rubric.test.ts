import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '#test/support/evals.ts';
import { replying } from '#test/support/judge-replies.ts';

const RUBRIC = '- { uses: promptsmith/rubric, with: { value: It apologizes once., model: a/b } }';

test('rubric passes with four of five points, or from the threshold', async () => {
  for (const [reply, beside, passed, score] of [
    ['Score: 5', '', true, 1],
    ['Score: 4', '', true, 0.75],
    ['Score: 3', '', false, 0.5],
    ['Score: 3', '\n  threshold: 0.5', true, 0.5],
    ['Score: 1', '', false, 0],
  ] as const) {
    const { context } = replying(`Reasons.\n${reply}`);
    const evaluators = `- uses: promptsmith/rubric
  with: { value: It apologizes once., model: a/b }${beside}`;
    const [result] = await judge({ evaluators, answer: 'x', context });
    assert.deepEqual([result?.passed, result?.score], [passed, score], reply + beside);
  }
});

test('rubric sends the criterion, and the reference only where the row has one', async () => {
  const alone = replying('Score: 4');
  await judge({ evaluators: RUBRIC, answer: 'Sorry.', context: alone.context });
  const [system, user] = alone.asked[0]?.messages ?? [];
  assert.equal(alone.asked[0]?.model, 'a/b');
  assert.match(system?.content ?? '', /Criterion: It apologizes once\./);
  assert.doesNotMatch(user?.content ?? '', /REFERENCE/);
  const beside = replying('Score: 4');
  const rows = '- { input: hello, expected: We are sorry. }';
  await judge({ evaluators: RUBRIC, rows, answer: 'Sorry.', context: beside.context });
  assert.match(beside.asked[0]?.messages[1]?.content ?? '', /--- REFERENCE .*\nWe are sorry\.\n/);
});

test('rubric needs a criterion and a judge', async () => {
  const { context, asked } = replying('Score: 4');
  const [mute] = await judge({
    evaluators: '- { uses: promptsmith/rubric, with: It greets. }',
    answer: 'x',
    context,
  });
  assert.match(mute?.error ?? '', /needs a `model`, or a judge in the settings/);
  const [empty] = await judge({ evaluators: '- uses: promptsmith/rubric', answer: 'x', context });
  assert.match(empty?.error ?? '', /`with` needs `value`/);
  assert.deepEqual(asked, []);
});
