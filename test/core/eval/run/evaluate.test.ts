import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineResults } from '#core/eval/run/evaluate.ts';
import type { EvaluatorResult, Outcome } from '#core/eval/run-event.ts';
import { judge } from '../../../support/evals.ts';

/** `+` passed, `-` failed, `!` error, `?` not measurable; a number = score; `*n` = weight. */
function results(text: string): EvaluatorResult[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [verdict = '', weight = '1'] = word.split('*');
      const number = Number(verdict);
      const score =
        verdict === '+' ? 1 : verdict === '-' ? 0 : Number.isNaN(number) ? null : number;
      return {
        name: word,
        kind: 'test',
        weight: Number(weight),
        detail: '',
        cost: 0,
        score,
        passed: score === null ? null : score > 0,
        ...(verdict === '!' ? { error: 'wrong' } : {}),
      };
    });
}

const TABLE: [results: string, threshold: number | undefined, Outcome, score: number | null][] = [
  ['', undefined, 'no-checks', null],
  ['+', undefined, 'passed', 1],
  ['+ +', undefined, 'passed', 1],
  ['+ -', undefined, 'failed', 0.5],
  ['+ -*0', undefined, 'passed', 1],
  ['-*0', undefined, 'no-checks', null],
  ['+ ?', undefined, 'passed', 1],
  ['?', undefined, 'no-checks', null],
  ['+ !', undefined, 'errored', null],
  ['- !', undefined, 'failed', null],
  ['+ !*0', undefined, 'passed', 1],
  ['- !', 0.5, 'errored', null],
  ['+ -', 0.5, 'passed', 0.5],
  ['+*3 -', 0.75, 'passed', 0.75],
  ['+*3 -', 0.76, 'failed', 0.75],
  ['+*0.1 +*0.2 +*0.7', 1, 'passed', 1],
  // Their mean comes out as 0.39999999999999997.
  ['0.1 0.7', 0.4, 'passed', 0.4],
  ['0.1 0.7', 0.401, 'failed', 0.4],
  ['0.5', undefined, 'passed', 0.5],
  ['+ ?', 1, 'passed', 1],
];

test('what the results of a case come to', () => {
  for (const [text, threshold, outcome, score] of TABLE) {
    const verdict = combineResults(results(text), threshold);
    assert.equal(verdict.outcome, outcome, `${text} with ${threshold}`);
    if (score === null) assert.equal(verdict.score, null, text);
    else assert.ok(Math.abs((verdict.score ?? -1) - score) < 1e-9, text);
  }
});

test('--allow-missing leaves placeholders of evaluators verbatim', async () => {
  const [result] = await judge({
    evaluators:
      '- string: { contains: "{{nope}}" }\n- { uses: promptsmith/contains, with: "{{nope}}" }',
    answer: 'a {{nope}} b',
    subject: { allowMissing: true },
  });
  assert.equal(result?.passed, true);
});

test('an evaluator without a kind is an error', async () => {
  const [result] = await judge({ evaluators: '- name: nothing', answer: 'x' });
  assert.match(result?.error ?? '', /needs `string`, `llm` or `uses`/);
});

test('metric and weight are kept, a transformed answer is shown', async () => {
  const [result] = await judge({
    evaluators: '- { uses: promptsmith/equals, with: b, metric: tone, weight: 2, transform: trim }',
    answer: ' a ',
  });
  assert.equal(result?.metric, 'tone');
  assert.equal(result?.weight, 2);
  assert.equal(result?.actual, 'a');
  assert.equal(result?.expected, 'b');
});

test('a score equal to the evaluator’s own threshold passes', async () => {
  // Four of five points are a score of 0.75.
  const context = { judge: 'openai/gpt-4o', ask: async () => ({ text: '4', cost: 0 }) };
  for (const [threshold, passed] of [
    [0.75, true],
    [0.76, false],
  ] as const) {
    const evaluators = `- { uses: github/fluency, threshold: ${threshold} }`;
    const [result] = await judge({ evaluators, answer: 'x', context });
    assert.deepEqual([result?.score, result?.passed], [0.75, passed], result?.detail);
  }
});
