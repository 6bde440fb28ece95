import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChoice } from '#core/eval/checks/find-choice.ts';

const TONE = ['POLITE', 'NEUTRAL', 'RUDE'];
const SEVERAL = 'several';

const CHOICES: [choices: string[], reply: string, named: string | null][] = [
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
  [['not correct', 'correct'], 'It is not correct', 'not correct'],
  [['yes', 'no'], 'Yes', 'yes'],
  [['yes', 'no'], 'Yes. There is no problem.', SEVERAL],
  [['A', 'a'], 'a', 'a'],
  [['A', 'B'], 'The answer is a superset: B', 'B'],
  [['A', 'B'], 'a', 'A'],
  [['yes', 'no'], '**No.**', 'no'],
  [['yes', 'no'], 'I do not know', null],
  [['yes', 'no'], '', null],
  [['schön'], 'unschön', null],
  [['ok'], 'not_ok', null],
  [['ok'], 'ok_not', null],
  [['C++', 'C'], 'C++', 'C++'],
  // Two different ones: no verdict, unless one of them is alone on the last line.
  [['good', 'bad'], 'It looks good at first, but: bad', SEVERAL],
  [['good', 'bad'], 'bad\ngood\n', SEVERAL],
  [['good', 'bad'], 'The tone is good, the facts are bad.\n\n**Verdict:** bad.\n', 'bad'],
  [
    ['good', 'bad'],
    'The tone is good, the facts are bad.\nbad\nOn reflection it deserves more.',
    SEVERAL,
  ],
  [['good', 'bad'], 'The options are good or bad.\nAlternative: bad', SEVERAL],
  [TONE, 'POLITE. (Options: POLITE, NEUTRAL, RUDE)', SEVERAL],
  [TONE, '{"POLITE": 0.4, "RUDE": 0.6}', SEVERAL],
  // A negated one is none.
  [TONE, 'NOT POLITE', null],
  [TONE, 'The reply is not a very POLITE one', null],
  [TONE, "It isn't RUDE", null],
  [TONE, 'non-POLITE', null],
  [TONE, 'not **POLITE**', null],
  [TONE, 'Neither POLITE nor RUDE', null],
  [TONE, 'I do not think it is POLITE or RUDE', null],
  [TONE, 'POLITE is wrong here', null],
  [TONE, 'POLITE would be too generous', null],
  [TONE, '{"POLITE": false}', null],
  [['höflich', 'grob'], 'Das ist nicht besonders höflich', null],
  [TONE, 'POLITE\n\nIt is not RUDE at all.', 'POLITE'],
  [TONE, 'Verdict: POLITE (rather than RUDE)', 'POLITE'],
  [TONE, 'This is not RUDE. It is not NEUTRAL. It is POLITE, not RUDE', 'POLITE'],
  [TONE, 'It is not RUDE but POLITE', 'POLITE'],
  [TONE, 'It is not RUDE: POLITE', 'POLITE'],
  [TONE, 'More POLITE than RUDE', 'POLITE'],
  // Markup, JSON and thoughts around it.
  [TONE, '__POLITE__', 'POLITE'],
  [TONE, '_POLITE_', 'POLITE'],
  [TONE, '`POLITE`', 'POLITE'],
  [TONE, '{"verdict": "POLITE"}', 'POLITE'],
  [TONE, '```json\n{"choice": "POLITE"}\n```', 'POLITE'],
  [TONE, 'polite', 'POLITE'],
  [TONE, 'Polite.', 'POLITE'],
  [TONE, 'IMPOLITE', null],
  [TONE, '<think>Could be RUDE.</think>\nPOLITE', 'POLITE'],
  [TONE, 'POLITE\n<think>not RUDE</think>', 'POLITE'],
  [TONE, '\\boxed{\\text{POLITE}}', 'POLITE'],
];

test('a reply names one choice as a whole word and without doubt', () => {
  for (const [choices, reply, named] of CHOICES) {
    const list = choices.map((choice) => ({ choice, score: 1, span: { start: 0, end: 0 } }));
    const found = findChoice(reply, list);
    const actual =
      found.kind === 'one' ? found.choice.choice : found.kind === 'none' ? null : SEVERAL;
    assert.equal(actual, named, `${choices} in "${reply}"`);
  }
});
