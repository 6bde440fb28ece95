import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redaction } from '#core/eval/run/redaction.ts';
import type { EvaluatorResult } from '#core/eval/run-event.ts';
import { answerOf, planOf, promptText } from '../../../support/evals.ts';

const ROWS = `- { mail: ann@firm.example, name: Ann, $case: { name: a } }
- { mail: "bob \\"B\\" <bob@firm.example>", name: Bob, $case: { name: b } }`;
const made = planOf(promptText('- { uses: promptsmith/contains, with: "{{mail}}" }', ROWS));
const redaction = new Redaction(['mail', 'name', 'nothing'], made);

const answer = (job: string, text: string) =>
  ({
    t: 'answer',
    job,
    answer: answerOf(text),
    cached: false,
    attempts: 1,
    cost: 0,
    at: '',
  }) as const;
const hiddenText = (job: string, text: string): string => {
  const hidden = redaction.redact(answer(job, text));
  return hidden.t === 'answer' ? (hidden.answer?.text ?? '') : '';
};

test('values of a case are hidden in its answers, and come back', () => {
  for (const [job, text, hidden] of [
    ['a|m|0', 'Dear Ann, ann@firm.example.', 'Dear [redacted: name], [redacted: mail].'],
    ['b|m|1', 'Dear Ann and Bob', 'Dear Ann and [redacted: name]'],
    ['b|m|0', 'to bob "B" <bob@firm.example>', 'to [redacted: mail]'],
    ['other|m|0', 'Ann', 'Ann'],
    ['a|m|0', '$& $1 Ann', '$& $1 [redacted: name]'],
  ] as const) {
    assert.equal(hiddenText(job, text), hidden);
    const back = redaction.restore(answer(job, hidden));
    assert.equal(back.answer?.text, text);
  }
});

test('thoughts and what a server refused are hidden and come back like the text', () => {
  const change = { key: 'seed', effect: 'left-out' } as const;
  const event = answer('a|m|0', 'Dear Ann');
  const own = {
    raw: '<think>Ann, ann@firm.example</think>Dear Ann',
    // Learned with another case.
    changes: [{ ...change, reason: 'the server refuses it: not for Ann and Bob' }],
  };
  const hidden = redaction.redact({ ...event, answer: { ...event.answer, ...own } });
  assert.ok(hidden.t === 'answer' && !/\bann\b|\bbob\b/i.test(JSON.stringify(hidden)));
  assert.equal(
    hidden.answer?.raw,
    '<think>[redacted: name], [redacted: mail]</think>Dear [redacted: name]',
  );
  assert.equal(
    hidden.answer?.changes?.[0]?.reason,
    'the server refuses it: not for [redacted: name] and [redacted: name]',
  );
  assert.equal(redaction.restore(hidden).answer?.raw, own.raw);
  const bare = redaction.redact({
    ...answer('other|m|0', 'Ann'),
    answer: { ...event.answer, ...own },
  });
  assert.ok(bare.t === 'answer');
  assert.doesNotMatch(bare.answer?.changes?.[0]?.reason ?? '', /Ann|Bob/);
});

test('what checks and errors say is hidden too, also quoted and cut off', () => {
  const result: EvaluatorResult = {
    name: 'x',
    kind: 'contains',
    score: 0,
    passed: false,
    weight: 1,
    detail: 'contains "bob \\"B\\" <bob@firm.example>", not "Dear bob \\"B\\" <bo…"',
    expected: 'bob "B" <bob@firm.example>',
    actual: 'Bob',
    error: 'no Bob',
    cost: 0,
  };
  const job = 'b|m|0';
  const fault = {
    code: 'rejected',
    message: 'the request was refused: Bob is not allowed',
  } as const;
  const score = { t: 'score', job, results: [result], score: 0, outcome: 'failed', fault } as const;
  const text = JSON.stringify(redaction.redact(score));
  assert.ok(!/bob/i.test(text), text);
  assert.match(text, /not \\"Dear \[redacted: mail\]…/);
  const error = { kind: 'bad-request', message: 'Bob is refused' } as const;
  const failed = redaction.redact({
    t: 'answer',
    job,
    error,
    cached: false,
    attempts: 1,
    cost: 0,
    at: '',
  });
  assert.equal(failed.t === 'answer' && failed.error?.message, '[redacted: name] is refused');
});

test('a value that holds another is redacted first, so that nothing of it is left', () => {
  const nested = planOf(
    promptText('- uses: x', '- { name: ann, mail: ann@firm.example, $case: { name: a } }'),
  );
  for (const names of [
    ['name', 'mail'],
    ['mail', 'name'],
  ]) {
    const hidden = new Redaction(names, nested).redact(answer('a|m|0', 'ann at ann@firm.example'));
    assert.equal(
      hidden.t === 'answer' && hidden.answer?.text,
      '[redacted: name] at [redacted: mail]',
    );
  }
});
