import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Model, ModelError, ModelPart, ModelRequest } from '#core/eval/model.ts';
import type { Plan } from '#core/eval/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { type RunOptions, run, runProblem } from '#core/eval/run.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import {
  answerOf,
  collect,
  headerOf,
  modelOf,
  ofKind,
  planOf,
  portsOf,
  promptText,
  TARGET,
  TestClock,
} from '#test/support/evals.ts';

const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => `- { input: w${i}, $case: { name: c${i} } }`).join('\n');
const PROMPT = promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(3));

const end = (text: string, more: Partial<Answer> = {}): ModelPart => ({
  t: 'end',
  answer: answerOf(text, more),
});
const failure = (error: Partial<ModelError>): ModelPart => ({
  t: 'error',
  error: { kind: 'unavailable', message: 'no', ...error },
});
/** Repeats the last message. */
const echo = modelOf((request) => end(request.messages.at(-1)?.content ?? ''));

function start(made: Plan, ports: RunPorts, options: Partial<RunOptions> = {}) {
  return run(made, headerOf(made), ports, { signal: new AbortController().signal, ...options });
}

/** A readable line per event. */
function lines(events: readonly RunEvent[]): string[] {
  return events.map(line);
}

function line(event: RunEvent): string {
  switch (event.t) {
    case 'start':
      return 'start';
    case 'answer':
      return `answer ${event.job} ${event.error?.kind ?? 'ok'} ×${event.attempts}`;
    case 'score':
      return `score ${event.job} ${event.outcome}`;
    case 'end':
      return `end ${event.reason}`;
    default:
      return event satisfies never;
  }
}

test('events come in order: start, each answer before its score, end', async () => {
  const events = await collect(start(planOf(PROMPT), portsOf(echo), { concurrency: 1 }));
  assert.deepEqual(lines(events), [
    'start',
    'answer c0|openai/gpt-4o-mini|0 ok ×1',
    'score c0|openai/gpt-4o-mini|0 passed',
    'answer c1|openai/gpt-4o-mini|0 ok ×1',
    'score c1|openai/gpt-4o-mini|0 passed',
    'answer c2|openai/gpt-4o-mini|0 ok ×1',
    'score c2|openai/gpt-4o-mini|0 passed',
    'end done',
  ]);
  const [answer] = ofKind(events, 'answer');
  assert.equal(answer?.cost, 12 / 1e6);
  assert.equal(answer?.cached, false);
});

test('an error of one case is that case’s', async () => {
  const model = modelOf((request) =>
    request.why.case === 'c1' ? failure({ kind: 'bad-request', message: 'bad' }) : end('w0 w2'),
  );
  const events = await collect(start(planOf(PROMPT), portsOf(model), { concurrency: 1 }));
  assert.ok(lines(events).includes('answer c1|openai/gpt-4o-mini|0 bad-request ×1'));
  assert.deepEqual(
    ofKind(events, 'score').map((e) => e.outcome),
    ['passed', 'errored', 'passed'],
  );
  assert.equal(lines(events).at(-1), 'end done');
});

test('a model that throws, or ends without an answer, is an error of the case', async () => {
  const throws: Model = {
    // biome-ignore lint/correctness/useYield: it breaks before it says anything
    async *complete() {
      throw new Error('broken pipe');
    },
  };
  const [thrown] = ofKind(await collect(start(planOf(PROMPT), portsOf(throws))), 'answer');
  assert.equal(thrown?.error?.kind, 'bad-answer');
  assert.match(thrown?.error?.message ?? '', /broken pipe/);
  const silent: Model = {
    async *complete() {
      yield { t: 'text', text: 'half' };
    },
  };
  const [cut] = ofKind(await collect(start(planOf(PROMPT), portsOf(silent))), 'answer');
  assert.equal(cut?.error?.kind, 'bad-answer');
});

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

test('judges are called with their role, the judge’s model and temperature 0', async () => {
  const asked: ModelRequest[] = [];
  const model = modelOf((request) => {
    asked.push(request);
    return end(request.why.role === 'answer' ? 'text' : 'Score: 4');
  });
  const made = planOf(promptText('- { name: smooth, uses: github/fluency }', rows(1)), {
    judge: 'openai/o3',
  });
  const events = await collect(start(made, portsOf(model)));
  assert.deepEqual(asked[1]?.why, { case: 'c0', repeat: 0, role: 'judge:smooth' });
  assert.equal(asked[1]?.model, 'o3');
  assert.deepEqual(asked[1]?.parameters, {});
  const [score] = ofKind(events, 'score');
  assert.equal(score?.results[0]?.cost, 12 / 1e6);

  asked.length = 0;
  await collect(start(planOf(promptText('- uses: github/fluency', rows(1))), portsOf(model)));
  assert.equal(asked[1]?.model, 'gpt-4o');
  assert.deepEqual(asked[1]?.parameters, { temperature: 0 });
});

test('a judge nobody knows is an error of the evaluator', async () => {
  const ports = portsOf(echo, { resolveModel: () => ({ error: 'no provider has it' }) });
  const events = await collect(start(planOf(promptText('- uses: github/fluency', rows(1))), ports));
  const [score] = ofKind(events, 'score');
  assert.equal(score?.outcome, 'errored');
  assert.equal(score?.results[0]?.error, 'the judge openai/gpt-4o: no provider has it');
});

test('cases without a value for a placeholder are not sent', async () => {
  const made = planOf(
    promptText('- uses: promptsmith/is-json', '- { other: 1, $case: { name: a } }'),
  );
  const events = await collect(
    start(made, portsOf(modelOf(() => assert.fail('no call expected')))),
  );
  const [answer] = ofKind(events, 'answer');
  assert.equal(answer?.attempts, 0);
  assert.equal(answer?.cost, 0);
  assert.match(answer?.error?.message ?? '', /^\{\{input\}\} has no value in this row/);
  assert.equal(ofKind(events, 'score')[0]?.outcome, 'errored');
});

test('skipped cases are reported, cases without evaluators are no pass', async () => {
  const skip = planOf(
    promptText('- uses: promptsmith/is-json', '- { input: 1, $case: { name: a, skip: true } }'),
  );
  assert.deepEqual(lines(await collect(start(skip, portsOf(echo)))), [
    'start',
    'score a|openai/gpt-4o-mini|0 skipped',
    'end done',
  ]);
  const bare = planOf('messages: [{ role: user, content: x }]\ntestData: [{ a: 1 }]');
  assert.equal(ofKind(await collect(start(bare, portsOf(echo))), 'score')[0]?.outcome, 'no-checks');
});

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
  for await (const event of start(planOf(ONE), portsOf(failing({ kind: 'network' }), { clock }), {
    signal: stop.signal,
  })) {
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
    runProblem(made, ports, options) ?? '',
    /no price for acme\/judge.*--allow-unknown-cost/,
  );
  await assert.rejects(collect(start(made, ports, options)), /no price for acme\/judge/);
  assert.equal(runProblem(made, ports, { ...options, allowUnknownCost: true }), null);
  assert.match(runProblem({ ...made, models: [] }, ports, options) ?? '', /no model/);
});

test('a replay spends nothing, and its answers count as stored', async () => {
  const made = planOf(promptText('- { uses: promptsmith/latency, with: 5 }', rows(2)));
  const header = headerOf(made, { replay: true });
  const events = await collect(
    run(made, header, portsOf(echo), { signal: new AbortController().signal, maxCost: 1e-9 }),
  );
  assert.ok(ofKind(events, 'answer').every((e) => e.cached && e.answer));
  assert.ok(ofKind(events, 'score').every((e) => e.outcome === 'no-checks'));
});

test('resuming does only what is missing and judges a kept answer without a call', async () => {
  const called: string[] = [];
  const model = modelOf((request) => {
    called.push(request.why.case);
    return end(request.messages[0]?.content ?? '');
  });
  const made = planOf(PROMPT);
  const kept = {
    t: 'answer',
    job: 'c1|openai/gpt-4o-mini|0',
    answer: answerOf('w1'),
    cached: false,
    attempts: 1,
    cost: 1,
    at: '',
  } as const;
  const earlier = {
    isDone: (job: string) => job.startsWith('c0|'),
    answerOf: (job: string) => (job === kept.job ? kept : undefined),
  };
  const events = await collect(start(made, portsOf(model), { earlier, concurrency: 1 }));
  assert.deepEqual(called, ['c2']);
  assert.deepEqual(lines(events), [
    'score c1|openai/gpt-4o-mini|0 passed',
    'answer c2|openai/gpt-4o-mini|0 ok ×1',
    'score c2|openai/gpt-4o-mini|0 passed',
    'end done',
  ]);
});

test('providers have limits of their own', async () => {
  const open = new Map<string, number>();
  const most = new Map<string, number>();
  const model = modelOf(async ({ provider }) => {
    open.set(provider, (open.get(provider) ?? 0) + 1);
    most.set(provider, Math.max(most.get(provider) ?? 0, open.get(provider) ?? 0));
    await new Promise((go) => setImmediate(go));
    open.set(provider, (open.get(provider) ?? 1) - 1);
    return end('{}');
  });
  const made = planOf(promptText('- uses: promptsmith/is-json', rows(20)), {
    models: [TARGET, { ...TARGET, id: 'lab/x', provider: 'lab' }],
  });
  const events = await collect(
    start(made, portsOf(model), { concurrency: (provider) => (provider === 'lab' ? 1 : 3) }),
  );
  assert.deepEqual([...most].sort(), [
    ['lab', 1],
    ['openai', 3],
  ]);
  assert.equal(ofKind(events, 'score').length, 40);
});

test('a mistake of our own ends the run as failed and is thrown', async () => {
  const ports = portsOf(echo, {
    costOf: () => {
      throw new TypeError('a bug');
    },
  });
  const events: RunEvent[] = [];
  await assert.rejects(async () => {
    for await (const event of start(planOf(PROMPT), ports)) events.push(event);
  }, /a bug/);
  assert.equal(lines(events).at(-1), 'end failed');
});
