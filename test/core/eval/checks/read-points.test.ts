import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPoints } from '#core/eval/checks/read-points.ts';

/** Endings that judges use. */
const ENDINGS: [reply: string, points: number | null][] = [
  ['Score: 4', 4],
  ['**Score:** 4', 4],
  ['**Score: 4**', 4],
  ['Score: 4/5', 4],
  ['Score: 4 out of 5', 4],
  ['Score: 4.0', 4],
  ['Score - 4', 4],
  ['score=4', 4],
  ['Good.\nScore: 4\n\n', 4],
  ['Score: 4 – minor slip', 4],
  ['Reasons.\n\nScore: 4.', 4],
  ['### Score: 4', 4],
  ['Rating: 4', 4],
  ['4', 4],
  ['Score: N=4', 4],
  ['Score: ４', 4],
  ['Score: 4\nOverall a good answer.', 4],
  ['$\\boxed{4}$', 4],
  ['Score：4', 4],
  ['<score>4</score>', 4],
  ['`Score: 4`', 4],
  ['Score: 4 ✅', 4],
  // In German schools 1 is best.
  ['Note: 4', null],
  ['Score: five', null],
  ['- Score: 4', 4],
  ['| Score: 4 |', 4],
  ['Final Score: 4', 4],
  ['Score: 4\n```', 4],
  ['Score: 4<|im_end|>', 4],
  ['Score: 4</s>', 4],
  ['Punkte: 4', 4],
  // More of them.
  ['Score 4.\n', 4],
  ['The final score is 4.', 4],
  ['Score (1-5): 4', 4],
  ['Score: 4 (out of 5)', 4],
  ['Score: 4 points', 4],
  ['4 out of 5', 4],
  ['4️⃣', 4],
  ['| Score | 4 |', 4],
  ['```json\n{\n  "score": 4,\n  "reason": "fine"\n}\n```', 4],
  ['Accuracy: 2\nScore: 4', 4],
  ['Score: 2\nOn reflection:\nScore: 4', 4],
  // Never a wrong number.
  ['Score: 6', null],
  ['Score: 0', null],
  ['Score: 10', null],
  ['Score: 4/10', null],
  ['Score: 4 out of 10', null],
  ['4 out of 10', null],
  ['Score: -3', null],
  ['Score: 4.5', null],
  ['Score: 4,5', null],
  ['Score: 4 ½', null],
  ['Score: 4²', null],
  ['Score: 4 and a half', null],
  ['Score: 4+', null],
  ['Score: 40%', null],
  ['Score: 4%', null],
  ['Score: 2-5', null],
  ['Score: 2 – 5', null],
  ['Score: 2 to 5', null],
  ['Score: 4 or 5', null],
  ['Score: 4, or maybe three', null],
  ['Score: 4 would be too kind', null],
  ['Score: 4 because', null],
  ['Score: 4?', null],
  ['Score: not 4', null],
  ['Score: 1-5', null],
  ['Score: 1 2 3 4 5', null],
  ['Score: 5, says the answer; I say nothing.', null],
  ['Score: 5\nScore: five', null],
  ['It deserves 4', null],
  ['Score: 4\nNo, it deserves a 2.', null],
  ['Score: 4\nNo, two.', null],
  ['Underscore: 4', null],
  ['4\nOverall a good answer.', null],
  ['1. It is polite', null],
  ['fourteen', null],
  ['Score: N', null],
  ['', null],
];

test('the points of a reply are read from its usual endings, and never from a doubtful one', () => {
  for (const [reply, points] of ENDINGS) assert.equal(readPoints(reply), points, reply);
});

test('a long reply is read in linear time', () => {
  const started = process.cpuUsage().user;
  assert.equal(readPoints(`${'score '.repeat(100_000)}\n${'Score: 4 ('.repeat(50_000)}`), null);
  assert.ok(process.cpuUsage().user - started < 2_000_000);
});
