import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model, ModelError } from '#core/eval/model.ts';
import {
  collect,
  modelOf,
  ofKind,
  planOf,
  portsOf,
  promptText,
  TestClock,
} from '../../../support/evals.ts';
import { end, failure, lines, PROMPT, rows, start } from '../../../support/runs.ts';

/** Fails with `errors` in turn, then answers. */
function failing(...errors: Partial<ModelError>[]): Model {
  let calls = 0;
  return modelOf(() => {
    const error = errors[calls++];
    return error ? failure(error) : end('w0');
  });
}

const ONE = promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(1));

test('retries what may pass, with growing and jittered pauses', async () => {
  const clock = new TestClock();
  const model = failing({ kind: 'unavailable' }, { kind: 'network' }, { kind: 'timeout' });
  const events = await collect(start(planOf(ONE), portsOf(model, { clock })));
  assert.deepEqual(lines(events)[1], 'answer c0|openai/gpt-4o-mini|0 ok ×4');
  assert.deepEqual(clock.slept, [375, 750, 1500]);
});

test('gives up after four calls', async () => {
  const model = failing(...Array.from({ length: 9 }, () => ({ kind: 'unavailable' as const })));
  const events = await collect(start(planOf(ONE), portsOf(model)));
  assert.deepEqual(lines(events)[1], 'answer c0|openai/gpt-4o-mini|0 unavailable ×4');
});

test('waits as long as the provider asks, and no call to it begins before', async () => {
  const clock = new TestClock();
  const events = await collect(
    start(planOf(ONE), portsOf(failing({ kind: 'rate-limit', retryAfterMs: 7000 }), { clock })),
  );
  assert.deepEqual(lines(events)[1], 'answer c0|openai/gpt-4o-mini|0 ok ×2');
  assert.deepEqual(clock.slept, [7125]);

  const calls: number[] = [];
  const paused = new TestClock();
  const model = modelOf((request) => {
    calls.push(paused.now());
    return calls.length === 1
      ? failure({ kind: 'rate-limit', retryAfterMs: 5000 })
      : end(request.why.case);
  });
  const begun = paused.now();
  await collect(start(planOf(PROMPT), portsOf(model, { clock: paused }), { concurrency: 1 }));
  assert.ok(calls.slice(1).every((at) => at >= begun + 5000));
});

test('a clock that is set back makes a pause no longer, nor one that is set forward the run', async () => {
  for (const jump of [-3_600_000, 3_600_000]) {
    const clock = new TestClock();
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms, signal) => {
      // Somebody sets the clock just as the pause begins.
      if (clock.slept.length === 0) clock.time += jump;
      await sleep(ms, signal);
    };
    const model = failing({ kind: 'rate-limit', retryAfterMs: 5000 });
    const events = await collect(start(planOf(ONE), portsOf(model, { clock })));
    assert.deepEqual(lines(events)[1], 'answer c0|openai/gpt-4o-mini|0 ok ×2');
    assert.ok(clock.slept.reduce((a, b) => a + b, 0) < 30_000, String(clock.slept));
  }
});

test('a pause of hours is not waited for', async () => {
  const clock = new TestClock();
  const model = failing({ kind: 'rate-limit', retryAfterMs: 3_600_000 });
  const events = await collect(start(planOf(ONE), portsOf(model, { clock })));
  assert.deepEqual(lines(events)[1], 'answer c0|openai/gpt-4o-mini|0 rate-limit ×1');
  assert.deepEqual(clock.slept, []);
});

test('a refused key is not tried again and again', async () => {
  let calls = 0;
  const model = modelOf(() => {
    calls++;
    return failure({ kind: 'auth', status: 401, message: 'bad key' });
  });
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(50)));
  const events = await collect(start(made, portsOf(model), { concurrency: 4 }));
  assert.ok(calls <= 4, `${calls} calls`);
  assert.equal(ofKind(events, 'answer').filter((e) => e.error?.message === 'bad key').length, 50);
  assert.equal(lines(events).at(-1), 'end done');
});

test('an origin that is down gets one call per case, not four', async () => {
  let calls = 0;
  const model = modelOf(() => {
    calls++;
    return failure({ kind: 'network' });
  });
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(100)));
  await collect(start(made, portsOf(model), { concurrency: 2 }));
  assert.ok(calls < 130, `${calls} calls`);
});
