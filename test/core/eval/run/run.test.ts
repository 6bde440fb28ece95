import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model, ModelRequest } from '#core/eval/model.ts';
import { run } from '#core/eval/run/run.ts';
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
} from '../../../support/evals.ts';
import { echo, end, failure, lines, PROMPT, rows, start } from '../../../support/runs.ts';

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
    request.why.case === 'c1' ? failure({ kind: 'bad-answer', message: 'bad' }) : end('w0 w2'),
  );
  const events = await collect(start(planOf(PROMPT), portsOf(model), { concurrency: 1 }));
  assert.ok(lines(events).includes('answer c1|openai/gpt-4o-mini|0 bad-answer ×1'));
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
      yield { kind: 'text', text: 'half' };
    },
  };
  const [cut] = ofKind(await collect(start(planOf(PROMPT), portsOf(silent))), 'answer');
  assert.equal(cut?.error?.kind, 'bad-answer');
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
  const [score] = ofKind(events, 'score');
  assert.equal(score?.outcome, 'failed', 'the fault of the prompt, not of the network');
  assert.match(
    score?.fault?.message ?? '',
    /^the request cannot be sent: \{\{input\}\} has no value/,
  );
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
    findAnswer: (job: string) => (job === kept.job ? kept : undefined),
  };
  const events = await collect(start(made, portsOf(model), { earlier, concurrency: 1 }));
  assert.deepEqual(called, ['c2']);
  assert.deepEqual(lines(events), [
    'resume',
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
