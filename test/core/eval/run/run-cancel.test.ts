import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '#core/eval/model.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { modelOf, ofKind, planOf, portsOf, promptText, TestClock } from '../../../support/evals.ts';
import { end, failure, lines, PROMPT, rows, start } from '../../../support/runs.ts';

/** Answers `free` cases at once; the others only when aborted, or never. */
function hanging(free: number, obeys: boolean): Model {
  let calls = 0;
  return modelOf((request, signal) => {
    if (calls++ < free) return end(request.messages[0]?.content ?? '');
    return new Promise((_, reject) => {
      if (obeys) signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  });
}

for (const obeys of [true, false]) {
  test(`cancelling keeps finished cases, the model ${obeys ? 'obeys' : 'does not listen'}`, async () => {
    const stop = new AbortController();
    const made = planOf(
      promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(20)),
    );
    const events: RunEvent[] = [];
    for await (const event of start(made, portsOf(hanging(3, obeys)), {
      signal: stop.signal,
      concurrency: 2,
    })) {
      events.push(event);
      if (ofKind(events, 'score').length === 3) stop.abort();
    }
    assert.equal(ofKind(events, 'score').filter((e) => e.outcome === 'passed').length, 3);
    assert.equal(ofKind(events, 'answer').length, 3);
    assert.equal(lines(events).at(-1), 'end cancelled');
  });
}

test('cancelling ends a pause between attempts', async () => {
  const stop = new AbortController();
  const clock = new TestClock();
  clock.sleep = (_, signal) =>
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
  const events: RunEvent[] = [];
  setImmediate(() => stop.abort());
  for await (const event of start(
    planOf(PROMPT),
    portsOf(
      modelOf(() => failure({ kind: 'network' })),
      { clock },
    ),
    {
      signal: stop.signal,
    },
  )) {
    events.push(event);
  }
  assert.deepEqual(lines(events), ['start', 'end cancelled']);
});

test('leaving the loop stops the calls', async () => {
  let calls = 0;
  let aborted = 0;
  const model = modelOf((_, signal) => {
    if (calls++ === 0) return end('w0');
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error(`aborted ${++aborted}`)), {
        once: true,
      }),
    );
  });
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(50)));
  for await (const event of start(made, portsOf(model), { concurrency: 3 }))
    if (event.t === 'score') break;
  await new Promise((go) => setImmediate(go));
  assert.equal(aborted, calls - 1);
  assert.ok(calls <= 4);
});
