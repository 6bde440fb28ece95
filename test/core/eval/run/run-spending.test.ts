import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect, modelOf, ofKind, planOf, portsOf, promptText } from '../../../support/evals.ts';
import { end, lines, rows, start } from '../../../support/runs.ts';

// Words as tokens, $1 a million.
const limited = (text: string) =>
  planOf(text.replace('messages:', 'modelParameters: { maxTokens: 100 }\nmessages:'));

test('with more places than money, judges and retries included, the bill stays under the limit', async () => {
  for (const limit of [150, 400, 900, 2500]) {
    let billed = 0;
    let calls = 0;
    const model = modelOf(async (request) => {
      calls++;
      // Others begin while this one runs.
      await new Promise((go) => setImmediate(go));
      const isJudge = request.why.role !== 'answer';
      const input = request.messages.reduce(
        (sum, { content }) => sum + 4 + content.split(/\s+/).length,
        3,
      );
      const output = isJudge ? 20 : 100;
      billed += input + output;
      // A call that breaks off is billed as well.
      if (calls % 5 === 0)
        return { kind: 'error', error: { kind: 'timeout', message: 'no answer' } };
      return end(isJudge ? 'Score: 4' : 'fine', { usage: { input, output } });
    });
    const events = await collect(
      start(limited(promptText('- uses: github/fluency', rows(40))), portsOf(model), {
        maxCost: limit / 1e6,
        concurrency: 16,
      }),
    );
    assert.equal(lines(events).at(-1), 'end budget');
    assert.ok(billed <= limit, `${billed} of ${limit} billed in ${calls} calls`);
    assert.ok(calls > 0, 'no call although one fits');
  }
});

test('the limit counts what the provider says it charged, where that is more than our price', async () => {
  const model = modelOf(() => end('{}', { usage: { input: 9, output: 1, charged: 100 / 1e6 } }));
  const events = await collect(
    start(limited(promptText('- uses: promptsmith/is-json', rows(10))), portsOf(model), {
      maxCost: 310 / 1e6,
      concurrency: 1,
    }),
  );
  assert.equal(lines(events).at(-1), 'end budget');
  // By our price all ten cost 100.
  assert.equal(ofKind(events, 'answer').length, 3);
});

test('a charge counts also where the price is unknown', async () => {
  const model = modelOf(() => end('{}', { usage: { input: 9, output: 1, charged: 100 / 1e6 } }));
  const ports = portsOf(model, { costOf: () => null });
  const events = await collect(
    start(limited(promptText('- uses: promptsmith/is-json', rows(10))), ports, {
      maxCost: 250 / 1e6,
      allowUnknownCost: true,
      concurrency: 1,
    }),
  );
  assert.equal(ofKind(events, 'answer').length, 3);
  assert.equal(lines(events).at(-1), 'end budget');
});

test('the schema that is sent along is reserved as well', async () => {
  // 49 words of schema beside 9 of the message; the answer is short.
  const schema = JSON.stringify({ name: 'a', schema: { description: 'word '.repeat(49).trim() } });
  const text = promptText('- uses: promptsmith/is-json', rows(1)).replace(
    'messages:',
    `responseFormat: json_schema\njsonSchema: '${schema}'\nmodelParameters: { maxTokens: 1 }\nmessages:`,
  );
  const model = modelOf(() => end('{}', { usage: { input: 58, output: 1 } }));
  const runAt = (limit: number) =>
    collect(start(planOf(text), portsOf(model), { maxCost: limit / 1e6 }));
  assert.equal(lines(await runAt(58)).at(-1), 'end budget');
  assert.equal(lines(await runAt(59)).at(-1), 'end done');
});
