import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseResult, CaseResults } from '#client/testing/case-results.ts';
import { Report } from '#core/eval/report/report.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { collect, modelOf, planOf, portsOf, promptText, TARGET } from '#test/support/evals.ts';
import { end, failure, rows, start } from '#test/support/runs.ts';

const CONTAINS = '- { name: word, uses: promptsmith/contains, with: "{{input}}" }';

/** The events of a run: c0 passes, c1 fails, c2 errors. */
async function eventsOf(repeat: number, evaluators = CONTAINS): Promise<RunEvent[]> {
  const model = modelOf(({ messages }) => {
    const text = messages.at(-1)?.content ?? '';
    if (text.includes('w2')) return failure({ kind: 'auth', message: 'no such key' });
    return end(text.includes('w1') ? `no ${'x'.repeat(5_000)}` : text);
  });
  const plan = planOf(promptText(evaluators, rows(3)), { repeat });
  return await collect(start(plan, portsOf(model)));
}

const resultsOf = (events: readonly RunEvent[], results: CaseResults) =>
  events.flatMap((event) => results.add(event) ?? []);
const onlyResults = (changes: readonly { kind: string }[]) =>
  changes.filter((one): one is CaseResult => one.kind === 'result');

test('a case starts with its first answer and ends after its last repeat', async () => {
  const changes = resultsOf(await eventsOf(3), new CaseResults(() => true, 3, TARGET.id));
  const ofC0 = changes.filter(({ id }) => id === 'c0').map(({ kind }) => kind);
  assert.deepEqual(ofC0, ['started', 'started', 'started', 'result']);
  const found = Object.fromEntries(onlyResults(changes).map((one) => [one.id, one]));
  assert.equal(found.c0?.outcome, 'passed');
  assert.equal(found.c0?.ms, 36, 'the time of all repeats');
  assert.deepEqual(found.c0?.messages, []);
  assert.equal(found.c1?.outcome, 'failed');
  assert.equal(found.c1?.messages.length, 3);
  assert.equal(found.c2?.outcome, 'errored');
});

test('a failure shows the answer, cut; an error what helps; an expected text a diff', async () => {
  const short = '- { name: short, uses: promptsmith/is-json }';
  const [failed] = onlyResults(
    resultsOf(await eventsOf(1, short), new CaseResults((id) => id === 'c1', 1, TARGET.id)),
  );
  const text = failed?.messages[0]?.text ?? '';
  assert.match(text, /^short: .*\n\nAnswer:\nno x+$/);
  assert.ok(text.length < 4_200, 'the answer is cut');
  const [errored] = onlyResults(
    resultsOf(await eventsOf(1), new CaseResults((id) => id === 'c2', 1, TARGET.id)),
  );
  assert.match(errored?.messages[0]?.text ?? '', /^no such key\n\n.+/);
  const [other] = onlyResults(
    resultsOf(await eventsOf(1), new CaseResults((id) => id === 'c1', 1, TARGET.id)),
  );
  assert.equal(other?.messages[0]?.diff?.expected, 'w1');
  assert.match(other?.messages[0]?.diff?.actual ?? '', /^no x/);
});

test('cases that are not shown are left out; repeats that were done earlier are not waited for', async () => {
  const results = new CaseResults((id) => id !== 'c0', 5, TARGET.id);
  assert.deepEqual(onlyResults(resultsOf(await eventsOf(2), results)), []);
  assert.deepEqual(
    results
      .finish()
      .map(({ id, outcome }) => `${id} ${outcome}`)
      .sort(),
    ['c1 failed', 'c2 errored'],
  );
  assert.deepEqual(results.finish(), [], 'each result is reported once');
});

test('results from an earlier part of the run are reported, each once', async () => {
  const events = await eventsOf(1);
  const report = new Report();
  for (const event of events) report.add(event);
  const results = new CaseResults((id) => id !== 'c2', 1, TARGET.id);
  resultsOf(
    events.filter((event) => !('job' in event) || event.job.startsWith('c0')),
    results,
  );
  const earlier = results.listEarlier(report.cases());
  assert.deepEqual(
    earlier.map(({ id, outcome, messages }) => [id, outcome, messages.length]),
    [['c1', 'failed', 1]],
  );
});

test('other models of the run decide nothing about a case', async () => {
  const models = [TARGET, { ...TARGET, id: 'lab/other', model: 'other' }];
  const model = modelOf(({ messages, model: target }) =>
    end(target === 'other' ? 'no' : (messages.at(-1)?.content ?? '')),
  );
  const plan = planOf(promptText(CONTAINS, rows(3)), { models });
  const events = await collect(start(plan, portsOf(model)));
  const results = new CaseResults(() => true, 1, TARGET.id);
  const found = onlyResults(resultsOf(events, results));
  assert.deepEqual(
    found.map(({ outcome, messages }) => [outcome, messages.length]),
    Array.from({ length: 3 }, () => ['passed', 0]),
  );
  assert.deepEqual(results.finish(), []);
});

test('an answer that was cut off fails with that as its first reason', async () => {
  const model = modelOf(() => end('w0 and', { finishReason: 'length' }));
  const plan = planOf(promptText(CONTAINS, rows(1)));
  const events = await collect(start(plan, portsOf(model)));
  const [failed] = onlyResults(resultsOf(events, new CaseResults(() => true, 1, TARGET.id)));
  assert.equal(failed?.outcome, 'failed');
  assert.match(failed?.messages[0]?.text ?? '', /^cut off at the token limit\n\nAnswer:\nw0 and$/);
});
