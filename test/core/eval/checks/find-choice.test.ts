import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChoice } from '#core/eval/checks/find-choice.ts';

const CHOICES: [choices: string[], answer: string, named: string | null][] = [
  [['correct', 'incorrect'], 'incorrect', 'incorrect'],
  [['correct', 'incorrect'], 'This is incorrect.', 'incorrect'],
  [['correct'], 'incorrect', null],
  [['1', '10'], 'Score: 10', '10'],
  [['1'], '10', null],
  [['1'], '1.5', null],
  [['1'], '-1', null],
  [['-1', '1'], '-1', '-1'],
  [['1', '2', '3', '4', '5'], '4/5', null],
  [['1', '2'], 'Score:2', '2'],
  [['good', 'bad'], 'It looks good at first, but: bad', 'bad'],
  [['good', 'bad'], 'bad\ngood\n', 'good'],
  [['not correct', 'correct'], 'It is not correct', 'not correct'],
  [['yes', 'no'], 'Yes', 'yes'],
  [['A', 'a'], 'a', 'a'],
  [['yes', 'no'], '**No.**', 'no'],
  [['yes', 'no'], 'I do not know', null],
  [['yes', 'no'], '', null],
  [['schön'], 'unschön', null],
  [['ok'], 'not_ok', null],
];

test('a choice is named as a whole word, the last mention wins', () => {
  for (const [choices, answer, named] of CHOICES) {
    const list = choices.map((choice) => ({ choice, score: 1, span: { start: 0, end: 0 } }));
    assert.equal(findChoice(answer, list)?.choice ?? null, named, `${choices} in "${answer}"`);
  }
});
