import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelError } from '#core/eval/model.ts';
import type { RunOptions } from '#core/eval/run/run-options.ts';
import { collect, modelOf, ofKind, planOf, portsOf, promptText } from '../../../support/evals.ts';
import { end, failure, rows, start } from '../../../support/runs.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const WINDOW = 10_000;
const CALLS = 8;

interface Result {
  /** Cases without an answer. */
  readonly missing: number;
  readonly calls: number;
  readonly most: number;
  readonly seconds: number;
}

/** Runs 24 cases against a server that takes 8 calls in 10 seconds; `hint` says what its refusals say. */
async function runLimited(
  hint: (restMs: number) => Partial<ModelError>,
  options: Partial<RunOptions> = {},
  { busy = 0, cases = 24 } = {},
): Promise<Result> {
  const clock = new VirtualClock();
  const begun = clock.now();
  const taken: number[] = [];
  let calls = 0;
  let active = 0;
  let most = 0;
  const model = modelOf(async ({ messages }) => {
    calls++;
    most = Math.max(most, ++active);
    await clock.sleep(50);
    active--;
    const now = clock.now();
    if (now < begun + busy) return failure({ kind: 'unavailable', status: 503 });
    while ((taken[0] ?? now) <= now - WINDOW) taken.shift();
    if (taken.length >= CALLS)
      return failure({ kind: 'rate-limit', ...hint((taken[0] ?? 0) + WINDOW - now) });
    taken.push(now);
    return end(messages.at(-1)?.content ?? '');
  });
  const text = promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(cases));
  const events = await collect(start(planOf(text), portsOf(model, { clock }), options));
  const answered = new Set(ofKind(events, 'answer').flatMap((e) => (e.answer ? [e.job] : [])));
  const seconds = (clock.now() - begun) / 1000;
  return { missing: cases - answered.size, calls, most, seconds };
}

test('every case is answered under a rate limit, with and without a hint', async () => {
  for (const concurrency of [1, 4, 12]) {
    const told = await runLimited((retryAfterMs) => ({ retryAfterMs }), { concurrency });
    assert.equal(told.missing, 0, `hint, ${concurrency}: ${JSON.stringify(told)}`);
    assert.ok(told.calls <= 24 + 3 * concurrency, `${told.calls} calls`);
    assert.ok(told.seconds < 40, `${told.seconds} s`);
    assert.ok(told.most <= concurrency);
    const untold = await runLimited(() => ({}), { concurrency });
    assert.equal(untold.missing, 0, `no hint, ${concurrency}: ${JSON.stringify(untold)}`);
    assert.ok(untold.calls <= 24 + 12 * concurrency, `${untold.calls} calls`);
    assert.ok(untold.seconds < 120, `${untold.seconds} s`);
  }
});

test('a model that is still being loaded is waited for; a provider that never comes is not', async () => {
  const loaded = await runLimited(() => ({}), { concurrency: 2 }, { busy: 60_000, cases: 4 });
  assert.equal(loaded.missing, 0, JSON.stringify(loaded));
  const never = await runLimited(
    () => ({}),
    { concurrency: 4 },
    { busy: Number.POSITIVE_INFINITY, cases: 500 },
  );
  assert.equal(never.missing, 500);
  assert.ok(never.seconds < 600, `${never.seconds} s`);
  assert.ok(never.calls < 700, `${never.calls} calls`);
});

test('a provider that refuses everything is not waited for case by case', async () => {
  for (const hint of [{}, { retryAfterMs: 60_000 }]) {
    const clock = new VirtualClock();
    const begun = clock.now();
    let calls = 0;
    const model = modelOf(() => {
      calls++;
      return failure({ kind: 'rate-limit', ...hint });
    });
    const text = promptText('- uses: promptsmith/is-json', rows(500));
    const events = await collect(
      start(planOf(text), portsOf(model, { clock }), { concurrency: 4 }),
    );
    const errors = ofKind(events, 'answer').map(({ error }) => error?.kind);
    assert.ok(errors.length >= 500 && errors.every((kind) => kind === 'rate-limit'));
    assert.ok(clock.now() - begun < 600_000, `${(clock.now() - begun) / 1000} s`);
    assert.ok(calls < 60, `${calls} calls`);
  }
});

test('`retries` of the settings decides alone', async () => {
  const none = await runLimited(() => ({}), { concurrency: 1, retries: () => 0 }, { cases: 10 });
  // What a passing failure left unanswered is asked once more at the end.
  assert.ok(none.missing > 0);
  assert.ok(none.calls <= 10 + none.missing + 2, `${none.calls} calls`);
});

test('tokens a minute are spread over time, by what was billed', async () => {
  const clock = new VirtualClock();
  const begun: number[] = [];
  const model = modelOf(async () => {
    begun.push(clock.now());
    return end('fine', { usage: { input: 400, output: 100 } });
  });
  const text = promptText('- uses: promptsmith/length', rows(6)).replace(
    'messages:',
    'modelParameters: { maxTokens: 991 }\nmessages:',
  );
  const options = { concurrency: 1, tokensPerMinute: () => 3000 };
  await collect(start(planOf(text), portsOf(model, { clock }), options));
  const pauses = begun.slice(1).map((at, i) => at - (begun[i] ?? 0));
  assert.deepEqual(
    pauses.map((ms) => Math.round(ms / 1000)),
    [10, 10, 10, 10, 10],
  );
});
