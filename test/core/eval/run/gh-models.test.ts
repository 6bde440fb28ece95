import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunEvent } from '#core/eval/run-event.ts';
import { collect, modelOf, ofKind, planOf, portsOf, promptText } from '../../../support/evals.ts';
import { end, start } from '../../../support/runs.ts';

type Said = 'passed' | 'failed' | 'errored' | 'no-checks';
/** An entry of `evaluators`, the answer, what gh-models says, what Promptsmith says; the judge's reply. */
type Row = [
  evaluator: string,
  answer: string,
  then: Said,
  now: Said,
  reply?: string,
  score?: number,
];

const JUDGE = (choices: string): string =>
  `{ name: j, llm: { modelId: m/j, prompt: "{{completion}}", choices: [${choices}] } }`;
const CORRECT = JUDGE('{ choice: correct, score: 1 }, { choice: incorrect, score: 0 }');
const ONE_TO_TEN = JUDGE('{ choice: "1", score: 0 }, { choice: "10", score: 1 }');

const TABLE: Row[] = [
  // string: each criterion alone
  ['{ name: a, string: { equals: Paris } }', ' Paris\n', 'passed', 'passed'],
  ['{ name: a, string: { equals: Paris } }', 'paris', 'failed', 'failed'],
  ['{ name: a, string: { equals: "Paris " } }', 'Paris', 'failed', 'passed'],
  ['{ name: a, string: { contains: PAR } }', 'in Paris', 'passed', 'passed'],
  ['{ name: a, string: { contains: Rome } }', 'in Paris', 'failed', 'failed'],
  ['{ name: a, string: { startsWith: par } }', ' Paris', 'passed', 'failed'],
  ['{ name: a, string: { startsWith: is } }', 'Paris', 'failed', 'failed'],
  ['{ name: a, string: { endsWith: IS } }', 'Paris\n', 'passed', 'failed'],
  ['{ name: a, string: { endsWith: Par } }', 'Paris', 'failed', 'failed'],
  // several: the first of equals, contains, startsWith, endsWith
  ['{ name: a, string: { endsWith: x, contains: Paris } }', 'Paris!', 'passed', 'failed'],
  ['{ name: a, string: { equals: "", contains: Paris } }', 'Paris', 'passed', 'failed'],
  ['{ name: a, string: { contains: "{{input}}" } }', 'hello you', 'passed', 'passed'],
  ['{ name: a, string: { contains: "{{nope}}" } }', 'x {{nope}}', 'passed', 'errored'],
  ['{ name: a, string: {} }', 'x', 'errored', 'errored'],
  // keys that it does not know
  ['{ name: a, string: { contains: x }, weight: 0 }', 'y', 'failed', 'no-checks'],
  ['{ name: a, string: { equals: x }, transform: lower }', 'X', 'failed', 'passed'],
  // llm
  [CORRECT, 'x', 'passed', 'passed', 'Correct.', 1],
  [CORRECT, 'x', 'passed', 'failed', 'incorrect', 1],
  [ONE_TO_TEN, 'x', 'failed', 'passed', '10', 0],
  [ONE_TO_TEN, 'x', 'failed', 'errored', 'none', 0],
  [JUDGE('{ choice: a-, score: 0.1 }'), 'x', 'passed', 'passed', 'a-', 0.1],
  [
    CORRECT.replace('{ name: j,', '{ name: j, threshold: 2,'),
    'x',
    'passed',
    'failed',
    'correct',
    1,
  ],
  // github/…: one to five, the first found
  ...['similarity', 'coherence', 'fluency', 'relevance', 'groundedness'].flatMap((kind): Row[] => {
    const evaluator = `{ name: g, uses: github/${kind} }`;
    return [
      [evaluator, 'x', 'failed', 'failed', '1', 0],
      [evaluator, 'x', 'passed', 'passed', '2', 0.25],
      [evaluator, 'x', 'passed', 'passed', '5', 1],
      [evaluator, 'x', 'failed', 'passed', '5 of 5, not 1\nScore: 5', 0],
      [evaluator, 'x', 'failed', 'errored', 'no idea', 0],
    ];
  }),
  ['{ name: g, uses: github/nothing }', 'x', 'failed', 'errored'],
  ['{ name: g, uses: other/plugin }', 'x', 'failed', 'errored'],
  // its own kinds judge alike
  ['{ name: p, uses: promptsmith/contains, with: x }', 'x', 'passed', 'passed'],
  ['{ name: p, uses: promptsmith/contians, with: x }', 'x', 'errored', 'errored'],
];

async function outcome(
  text: string,
  answer: string,
  reply: string,
  compat: boolean,
): Promise<{ outcome: string | undefined; score: number | null | undefined }> {
  const made = planOf(text, compat ? { compat: 'gh-models' } : {});
  const model = modelOf(({ why }) => end(why.role === 'answer' ? answer : reply));
  const events: RunEvent[] = await collect(start(made, portsOf(model)));
  const [event] = ofKind(events, 'score');
  return { outcome: event?.outcome, score: event?.results[0]?.score };
}

test('each evaluator of the base judges as in gh-models with compat, and as documented without', async () => {
  const rows = '- { input: hello, expected: hello }';
  for (const [evaluator, answer, then, now, reply = '', score] of TABLE) {
    const text = promptText(`- ${evaluator}`, rows);
    const message = `${evaluator} ← ${answer} ${reply}`;
    const compat = await outcome(text, answer, reply, true);
    assert.equal(compat.outcome, then, message);
    if (score !== undefined) assert.equal(compat.score, score, message);
    assert.equal((await outcome(text, answer, reply, false)).outcome, now, message);
  }
});

test('a case without evaluators passes there, and $case.threshold is nothing', async () => {
  const none = promptText('[]');
  assert.equal((await outcome(none, 'x', '', true)).outcome, 'passed');
  assert.equal((await outcome(none, 'x', '', false)).outcome, 'no-checks');
  const half = promptText(
    '- { name: a, string: { contains: x } }\n- { name: b, string: { contains: y } }',
    '- { input: hello, $case: { threshold: 0.5 } }',
  );
  assert.equal((await outcome(half, 'x', '', true)).outcome, 'failed');
  assert.equal((await outcome(half, 'x', '', false)).outcome, 'passed');
});

test('a placeholder without a value is sent as it stands', async () => {
  const text = promptText('- { name: a, string: { contains: x } }', '- { other: 1 }');
  assert.equal((await outcome(text, 'x', '', true)).outcome, 'passed');
  assert.equal((await outcome(text, 'x', '', false)).outcome, 'failed');
});

test('verdicts of one reading do not resume as verdicts of the other', () => {
  const text = promptText('- { name: a, string: { contains: x } }');
  const [plain, compat] = [planOf(text), planOf(text, { compat: 'gh-models' })];
  assert.notEqual(plain.hashes.checks, compat.hashes.checks);
  assert.equal(plain.hashes.prompt, compat.hashes.prompt);
});
