import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findResumeProblem } from '#app/eval/find-resume-problem.ts';
import { listConnections } from '#core/eval/connections.ts';
import type { Connection } from '#core/eval/model.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { headerOf, planOf, promptText, TARGET } from '#test/support/evals.ts';

const ROWS =
  '- { input: a, $case: { name: a } }\n- { input: b, $case: { name: b, tags: [holdout] } }';
const text = promptText('- uses: x', ROWS);
const whole = planOf(text);
const none = whole.leftOut;
const other = { ...TARGET, id: 'openai/other' };

const problem = (
  header: Partial<RunHeader>,
  options: Parameters<typeof planOf>[1] = {},
  replay = false,
) =>
  findResumeProblem(headerOf(whole, { leftOut: none, ...header }), {
    ...planOf(text, options),
    replay,
    asks: !replay,
  });

test('a run goes on as it began', () => {
  assert.equal(problem({}), null);
  assert.equal(problem({ repeat: 3 }, { repeat: 3 }), null);
  const both = { models: [other, TARGET] };
  assert.equal(problem({ models: [TARGET.id, other.id] }, both), null, 'in any order');
});

test('a run does not go on with other models, repeats or cases', () => {
  assert.match(problem({}, { models: [other] }) ?? '', /not on openai\/other: pass --model/);
  assert.match(problem({}, { models: [TARGET, other] }) ?? '', /^runs on openai\/gpt-4o-mini, not/);
  assert.match(problem({ repeat: 3 }) ?? '', /^has 3 repeats of each case, not 1/);
  assert.equal(problem({}, { filter: { names: ['b'] } }), 'runs all cases: omit --filter');
  assert.match(problem({ seed: 4 }) ?? '', /^has the seed 4, not 0: pass --seed 4/);
  assert.match(problem({}, {}, true) ?? '', /^is not a replay/);
  assert.equal(problem({ replay: true }, {}, true), null);
  assert.match(problem({ shard: '1/2' }) ?? '', /^is shard 1\/2/);
  const held = { filter: { withoutTags: ['holdout'] } };
  assert.match(problem({}, held) ?? '', /^includes the holdout cases/);
  assert.equal(problem({ leftOut: { ...none, holdout: 1 } }, held), null);
});

test('a run does not go on with models that are called otherwise', () => {
  const chat = { api: 'chat', address: 'https://lab.example/v1' } as const;
  const called = (connection?: Connection) => ({
    models: [{ ...TARGET, ...(connection ? { connection } : {}) }],
  });
  const begun = { connections: { [TARGET.id]: chat } };
  assert.equal(problem(begun, called(chat)), null);
  const keyed = (key: string) => called({ ...chat, address: `${chat.address}?v=2&key=${key}` });
  const kept = { connections: listConnections(keyed('canary-1').models) };
  assert.doesNotMatch(JSON.stringify(kept), /canary/);
  assert.equal(problem(kept, keyed('canary-1')), null);
  assert.match(problem(kept, keyed('canary-2')) ?? '', /v1\?v&key \([\da-f]{8}\); now it would be/);
  assert.equal(problem({}, called(chat)), null, 'a run of an older version');
  for (const [now, said] of [
    [{ ...chat, api: 'responses' }, /now it would be the Responses API at/],
    [{ ...chat, address: 'https://other.example/v1' }, /at https:\/\/other\.example/],
    [{ ...chat, body: { top_k: 4 } }, /with body \(top_k\): restore/],
    [{ ...chat, headers: ['x-team'] }, /with headers \(x-team\)/],
    [{ ...chat, traits: { reasons: true } }, /with traits \(reasons\)/],
  ] as const) {
    assert.match(problem(begun, called(now)) ?? '', /^called openai\/gpt-4o-mini through Chat/);
    assert.match(problem(begun, called(now)) ?? '', said);
    assert.equal(problem({ ...begun, replay: true }, called(now), true), null);
  }
});

test('a run that left cases out goes on with some of them', () => {
  assert.equal(problem({ leftOut: { ...none, filter: 1 } }, { filter: { names: ['b'] } }), null);
});
