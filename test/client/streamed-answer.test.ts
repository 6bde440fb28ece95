import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerSink, StreamedAnswer } from '#client/playground/streamed-answer.ts';
import type { Model, ModelPart } from '#core/eval/model.ts';
import { listJobs } from '#core/eval/plan/plan.ts';
import { buildRequest } from '#core/eval/plan/request.ts';
import { answerOf, planOf, portsOf, promptText, TARGET } from '#test/support/evals.ts';

/** One answer of a model that yields these parts, and what its page was sent. */
async function answered(
  parts: () => AsyncGenerator<ModelPart>,
  predicted = 10,
  signal = new AbortController().signal,
): Promise<{ answering: StreamedAnswer; texts: string[]; changes: number }> {
  const plan = planOf(promptText('- { uses: promptsmith/contains, with: a }'));
  const [job] = listJobs(plan);
  const made = job && buildRequest(plan, job);
  if (!job || !made || 'error' in made) throw new Error('no request');
  const { request } = made;
  const answering = new StreamedAnswer({
    title: 'a',
    plan,
    job,
    request,
    predicted,
    expectedOutput: 300,
    isExact: true,
  });
  const texts: string[] = [];
  let changes = 0;
  const sink: AnswerSink = {
    text: (text) => texts.push(text),
    clear: () => texts.splice(0),
    changed: () => changes++,
  };
  const model: Model = { complete: () => parts() };
  await answering.run([TARGET], portsOf(model), signal, sink);
  return { answering, texts, changes };
}

test('many chunks reach the page as few messages, and none is lost', async () => {
  const all = 'abc '.repeat(20_000);
  const start = performance.now();
  const { answering, texts, changes } = await answered(async function* () {
    for (let i = 0; i < 20_000; i++) {
      yield { kind: 'text', text: 'abc ' };
      if (i % 100 === 0) await new Promise(setImmediate);
    }
    yield { kind: 'end', answer: answerOf(all) };
  });
  assert.equal(texts.join(''), all);
  assert.equal(answering.text, all);
  assert.ok(texts.length <= (performance.now() - start) / 50 + 2, `${texts.length} messages`);
  assert.ok(changes <= 3, `${changes} changes`);
});

test('what could be overlooked in an answer is said', async () => {
  const table: [Parameters<typeof answerOf>, predicted: number, note: RegExp | null][] = [
    [['fine'], 10, null],
    [['', {}], 10, /the answer is empty/],
    [
      ['', { usage: { input: 10, output: 9, reasoning: 9 } }],
      10,
      /all tokens were used for reasoning/,
    ],
    [['a\ufffdb'], 10, /^1 character could not be decoded/],
    [['half', { finishReason: 'length' }], 10, /cut off at the token limit/],
    [['', { finishReason: 'tool' }], 10, /requested a tool call/],
    [['x', { finishReason: 'content-filter' }], 10, /content filter stopped/],
    [
      ['x', { usage: { input: 4096, output: 1 } }],
      12_000,
      /the server counted 4,096 of about 12,000 prompt tokens/,
    ],
    [['x', { usage: { input: 9000, output: 1 } }], 10_000, null],
  ];
  for (const [given, predicted, note] of table) {
    const { answering } = await answered(async function* () {
      yield { kind: 'end', answer: answerOf(...given) };
    }, predicted);
    const notes = answering.view.notes.join('\n');
    if (note) assert.match(notes, note);
    else assert.equal(notes, '');
  }
});

test('an error keeps what had come, says what to do, and offers a key where one was refused', async () => {
  const { answering, texts } = await answered(async function* () {
    yield { kind: 'text', text: 'Half an ' };
    yield { kind: 'error', error: { kind: 'auth', message: 'refused' } };
  });
  const { phase, error, remedy, needsKey, notes } = answering.view;
  assert.deepEqual([phase, error, needsKey], ['failed', 'refused', true]);
  assert.match(remedy ?? '', /^Set a valid key of this provider/);
  assert.deepEqual(texts, ['Half an ']);
  assert.match(notes.join(), /partial answer below/);
  const broken = await answered(async function* () {
    yield { kind: 'text', text: 'x' };
    throw new Error('a bug');
  });
  assert.match(broken.answering.view.error ?? '', /the call failed: a bug/);
  assert.equal(broken.answering.view.needsKey, undefined);
});

test('stopping keeps what had come', async () => {
  const stop = new AbortController();
  const { answering, texts } = await answered(
    async function* () {
      yield { kind: 'text', text: 'Once' };
      stop.abort();
      stop.signal.throwIfAborted();
    },
    10,
    stop.signal,
  );
  assert.equal(answering.view.phase, 'stopped');
  assert.deepEqual(texts, ['Once']);
});
