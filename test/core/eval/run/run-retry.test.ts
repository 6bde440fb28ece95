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

test('what a burst left without an answer is asked once more, all together', async () => {
  const calls = new Map<string, number>();
  const model = modelOf(({ why, messages }) => {
    const n = (calls.get(why.case) ?? 0) + 1;
    calls.set(why.case, n);
    const isLost = Number(why.case.slice(1)) % 3 === 0 && n <= 4;
    return isLost ? failure({ kind: 'unavailable' }) : end(messages.at(-1)?.content ?? '');
  });
  const made = planOf(promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(12)));
  const events = await collect(start(made, portsOf(model), { concurrency: 2 }));
  assert.ok(ofKind(events, 'score').every(({ outcome }) => outcome === 'passed'));
  assert.equal(ofKind(events, 'score').length, 12);
  const asked = lines(events).filter((line) => line.startsWith('answer c3'));
  assert.deepEqual(asked, [
    'answer c3|openai/gpt-4o-mini|0 unavailable ×4',
    'answer c3|openai/gpt-4o-mini|0 ok ×1',
  ]);
  const first = lines(events).indexOf(asked[1] ?? '');
  assert.ok(
    first > lines(events).lastIndexOf('score c11|openai/gpt-4o-mini|0 passed'),
    'at the end',
  );
});

test('a provider that stays down is not asked everything again', async () => {
  let calls = 0;
  const model = modelOf(() => {
    calls++;
    return failure({ kind: 'network' });
  });
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(100)));
  const events = await collect(start(made, portsOf(model), { concurrency: 2 }));
  assert.ok(calls < 130, `${calls} calls`);
  assert.equal(ofKind(events, 'score').filter(({ outcome }) => outcome === 'errored').length, 100);
});

test('a judge that failed once judges the kept answer once more', async () => {
  let judged = 0;
  let answered = 0;
  const reply = { text: 'Good.\nScore: 5', finishReason: 'stop' } as const;
  const model = modelOf(({ why }) => {
    if (why.role === 'answer') {
      answered++;
      return end('an answer');
    }
    judged++;
    return judged <= 4 ? failure({ kind: 'unavailable' }) : end(reply.text);
  });
  const made = planOf(promptText('- { name: fluent, uses: github/fluency }', rows(1)));
  const [score] = ofKind(await collect(start(made, portsOf(model))), 'score');
  assert.equal(score?.outcome, 'passed');
  assert.deepEqual([answered, judged], [1, 5]);
});

test('a reply of a judge that was cut off, filtered or empty is no verdict', async () => {
  const table = [
    [{ text: '<think>First reading: Score: 5', finishReason: 'length' }, /cut off/],
    [{ text: 'Score: 5', finishReason: 'content-filter' }, /filter/],
    [{ text: ' ', finishReason: 'stop' }, /empty reply/],
  ] as const;
  for (const [{ text, finishReason }, message] of table) {
    const model = modelOf(({ why }) =>
      why.role === 'answer' ? end('an answer') : end(text, { finishReason }),
    );
    const made = planOf(promptText('- { name: fluent, uses: github/fluency }', rows(1)));
    const [score] = ofKind(await collect(start(made, portsOf(model))), 'score');
    assert.equal(score?.outcome, 'errored', text);
    assert.match(score?.results[0]?.error ?? '', message);
  }
});
