import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CaseLog } from '#core/eval/report/case-log.ts';
import type { Outcome, RunEvent } from '#core/eval/run-event.ts';
import { answerOf } from '#test/support/evals.ts';

function events(repeat: number, outcome: Outcome, text: string | null = 'no'): RunEvent[] {
  const job = `a|m|${repeat}`;
  const got =
    text === null
      ? { error: { kind: 'network', message: 'gone' } as const }
      : { answer: answerOf(text) };
  return [
    { t: 'answer', job, ...got, cached: false, attempts: 1, cost: 0, at: '' },
    { t: 'score', job, results: [], score: null, outcome },
  ];
}

function log(...all: readonly RunEvent[][]): CaseLog {
  const made = new CaseLog(10);
  for (const event of all.flat()) made.add(event);
  return made;
}

test('the example of a case is a repeat that failed, before one without an answer', () => {
  const made = log(events(0, 'errored', null), events(1, 'failed'), events(2, 'passed'));
  assert.equal(made.findFailure('a', 'm')?.repeat, 1);
  assert.deepEqual(
    made.listFailures('a', 'm').map(({ repeat, outcome }) => [repeat, outcome]),
    [
      [0, 'errored'],
      [1, 'failed'],
    ],
  );
  assert.equal(log(events(0, 'errored', null)).findFailure('a', 'm')?.error?.kind, 'network');
});

test('a repeat that is asked again replaces what was said of it', () => {
  const retried = log(events(0, 'errored', null), events(0, 'passed'));
  assert.equal(retried.findFailure('a', 'm'), undefined);
  const failed = log(events(0, 'errored', null), events(0, 'failed', 'wrong'));
  assert.equal(failed.findFailure('a', 'm')?.answer, 'wrong');
  assert.equal(failed.findFailure('a', 'm')?.error, undefined);
});

test('only the start of an answer is kept', () => {
  assert.equal(log(events(0, 'failed', 'x'.repeat(50))).findFailure('a', 'm')?.answer?.length, 10);
});
