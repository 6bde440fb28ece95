import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '#core/eval/run/run.ts';
import { findRunProblem } from '#core/eval/run/run-options.ts';
import {
  collect,
  headerOf,
  modelOf,
  ofKind,
  planOf,
  portsOf,
  promptText,
} from '../../../support/evals.ts';
import { echo, end, lines, rows, start } from '../../../support/runs.ts';

test('never more calls at a time than allowed, judges included', async () => {
  let now = 0;
  let most = 0;
  const model = modelOf(async (request) => {
    most = Math.max(most, ++now);
    await new Promise((go) => setImmediate(go));
    now--;
    return end(request.why.role === 'answer' ? 'text' : 'Score: 4');
  });
  const made = planOf(promptText('- uses: github/fluency', rows(40)));
  const events = await collect(start(made, portsOf(model), { concurrency: 5 }));
  assert.equal(most, 5);
  assert.equal(ofKind(events, 'score').filter((e) => e.outcome === 'passed').length, 40);
});

test('the budget ends the run before a call that could cross it, and keeps what ran', async () => {
  // Words as tokens, $1 a million: a call takes 2 + 7 in and at most 100 out.
  const text = promptText('- uses: promptsmith/is-json', rows(10)).replace(
    'messages:',
    'modelParameters: { maxTokens: 100 }\nmessages:',
  );
  const model = modelOf(() => end('{}', { usage: { input: 9, output: 41 } }));
  const events = await collect(
    start(planOf(text), portsOf(model), { maxCost: 260 / 1e6, concurrency: 4 }),
  );
  assert.equal(lines(events).at(-1), 'end budget');
  // Four answers cost 200; the fifth may take 109.
  assert.equal(ofKind(events, 'score').length, 4);
  assert.ok(ofKind(events, 'answer').reduce((sum, e) => sum + (e.cost ?? 0), 0) <= 260 / 1e6);
});

test('without maxTokens a call reserves 1,000 tokens, then four times the mean', async () => {
  const model = modelOf(() => end('{}', { usage: { input: 9, output: 10 } }));
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(5)));
  const small = await collect(start(made, portsOf(model), { maxCost: 1000 / 1e6 }));
  assert.deepEqual(lines(small), ['start', 'end budget']);
  const enough = await collect(start(made, portsOf(model), { maxCost: 1020 / 1e6 }));
  assert.equal(lines(enough).at(-1), 'end done');
});

test('under a cost limit an unknown price is no start', async () => {
  const made = planOf(promptText('- { uses: github/fluency, with: acme/judge }', rows(1)));
  const ports = portsOf(echo, { costOf: (id) => (id === 'acme/judge' ? null : 0) });
  const options = { signal: new AbortController().signal, maxCost: 1 };
  assert.match(
    findRunProblem(made, ports, options) ?? '',
    /the cost limit needs a price for acme\/judge.*--allow-unknown-cost/,
  );
  await assert.rejects(collect(start(made, ports, options)), /needs a price for acme\/judge/);
  assert.equal(findRunProblem(made, ports, { ...options, allowUnknownCost: true }), null);
  assert.match(findRunProblem({ ...made, models: [] }, ports, options) ?? '', /no model/);
});

test('calls under way count: at a limit of one call four places give one answer', async () => {
  const text = promptText('- uses: promptsmith/is-json', rows(10)).replace(
    'messages:',
    'modelParameters: { maxTokens: 100 }\nmessages:',
  );
  // A call costs what it may cost: 109.
  const model = modelOf(() => end('{}', { usage: { input: 9, output: 100 } }));
  const events = await collect(
    start(planOf(text), portsOf(model), { maxCost: 120 / 1e6, concurrency: 4 }),
  );
  assert.equal(lines(events).at(-1), 'end budget');
  assert.equal(ofKind(events, 'answer').length, 1);
});

test('a replay spends nothing and reaches no cost limit', async () => {
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(3)));
  const options = { signal: new AbortController().signal, maxCost: 1 / 1e6 };
  const header = headerOf(made, { replay: true });
  const events = await collect(run(made, header, portsOf(echo), options));
  assert.equal(ofKind(events, 'answer').length, 3);
  assert.equal(lines(events).at(-1), 'end done');
});
