import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { Model, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { requestKey } from '#core/eval/plan/request.ts';
import {
  createRecordingModel,
  createReplayModel,
  getRecordingsPath,
  readRecordings,
} from '#io/models/recordings.ts';
import { answerOf, modelOf, TARGET } from '../../support/evals.ts';

const folder = await mkdtemp(join(tmpdir(), 'promptsmith-recordings-'));
after(() => rm(folder, { recursive: true }));
let count = 0;
const newPath = () => getRecordingsPath(join(folder, String(count++), 'triage.prompt.yaml'));

const request = (more: Partial<ModelRequest['why']> = {}, text = 'hello'): ModelRequest => ({
  provider: TARGET.provider,
  origin: TARGET.origin,
  model: TARGET.model,
  messages: [{ role: 'user', content: text }],
  parameters: {},
  why: { case: 'a', repeat: 0, role: 'answer', ...more },
});

async function last(model: Model, asked: ModelRequest): Promise<ModelPart | undefined> {
  let part: ModelPart | undefined;
  for await (part of model.complete(asked, new AbortController().signal));
  return part;
}

/** The text that a recording answers with, or its error. */
async function replay(lines: string, asked = request()): Promise<string> {
  const path = newPath();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, lines);
  const part = await last(createReplayModel(await readRecordings(path)), asked);
  if (part?.kind === 'end') return part.answer.text;
  return part?.kind === 'error' ? `error: ${part.error.message}` : 'nothing';
}

test('recordings stand beside the prompt', () => {
  assert.equal(getRecordingsPath('x/triage.prompt.yaml'), join('x', 'recordings', 'triage.jsonl'));
  assert.equal(getRecordingsPath('x/.prompt.yml'), join('x', 'recordings', 'prompt.jsonl'));
});

test('what was recorded is replayed, whole', async () => {
  const path = newPath();
  const clock = { now: () => Date.parse('2026-11-21T09:30:00Z') };
  const answer = answerOf('hi\u2028 there', { finishReason: 'length', firstTokenMs: 3 });
  const recorder = createRecordingModel(
    modelOf(() => ({ kind: 'end', answer })),
    path,
    clock,
  );
  const asked = [request(), request({ repeat: 1 })];
  await Promise.all(asked.map((one) => last(recorder, one)));
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  // Calls at the same time are written as they end: in either order.
  const stored = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    stored.sort((a, b) => a.why.repeat - b.why.repeat),
    asked.map((one) => ({
      v: 1,
      key: requestKey(one),
      why: one.why,
      model: TARGET.model,
      answer,
      at: '2026-11-21T09:30:00.000Z',
      source: 'model',
    })),
  );
  const model = createReplayModel(await readRecordings(path));
  const replayed = { source: 'recording', at: '2026-11-21T09:30:00.000Z' };
  assert.deepEqual(await last(model, request()), { kind: 'end', answer, replayed });
  assert.deepEqual(await last(model, request({ case: 'other' })), {
    kind: 'end',
    answer,
    replayed,
  });
  const miss = await last(model, request({}, 'changed'));
  assert.ok(miss?.kind === 'error');
  assert.match(
    miss.error.message,
    /no answer for case "a" of gpt-4o-mini; what was recorded.*changed/,
  );
});

test('an answer without the key of its request is a sample, whatever it calls itself', async () => {
  const path = newPath();
  await mkdir(dirname(path), { recursive: true });
  const line = { v: 1, why: { case: 'a', repeat: 0, role: 'answer' }, answer: answerOf('hi') };
  await writeFile(path, `${JSON.stringify({ ...line, source: 'model', at: 'now' })}\n`);
  const part = await last(createReplayModel(await readRecordings(path)), request());
  assert.ok(part?.kind === 'end');
  assert.deepEqual(part.replayed, { source: 'sample', at: 'now' });
  assert.match(part.answer.servedBy, /\(sample answer\)$/);
});

test('a failed call is not recorded', async () => {
  const path = newPath();
  const failing = modelOf(() => ({ kind: 'error', error: { kind: 'timeout', message: 'late' } }));
  await last(createRecordingModel(failing, path, { now: () => 0 }), request());
  await assert.rejects(readRecordings(path), /there are no recorded answers: .*--record/);
});

test('recording goes on behind a last line without an end', async () => {
  const path = newPath();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '{"case":"b","text":"by hand"}');
  const recorder = createRecordingModel(
    modelOf(() => ({ kind: 'end', answer: answerOf('new') })),
    path,
    { now: () => 0 },
  );
  await last(recorder, request());
  const recordings = await readRecordings(path);
  const found = recordings.find(request({ case: 'b' }, 'another text'));
  assert.ok('answer' in found && found.source === 'sample');
  assert.ok(recordings.hasSamples);
});

test('samples by hand match case, role, repeat and model', async () => {
  const samples = [
    '{"case":"a","text":"first"}',
    '{"case":"a","text":"second"}',
    '{"case":"a","model":"openai/gpt-4o-mini","text":"mini"}',
    '{"case":"a","role":"judge:tone","text":"Score: 4"}',
    '{"case":"b","repeat":1,"text":"later"}',
  ].join('\n');
  assert.equal(await replay(samples), 'mini');
  assert.equal(await replay(samples, { ...request(), model: 'o3' }), 'first');
  assert.equal(await replay(samples, { ...request({ repeat: 1 }), model: 'o3' }), 'second');
  assert.equal(await replay(samples, request({ role: 'judge:tone' })), 'Score: 4');
  assert.equal(await replay(samples, request({ case: 'b', repeat: 1 })), 'later');
  assert.match(
    await replay(samples, { ...request({ repeat: 2 }), model: 'o3' }),
    /has 2 answers for case "a" of o3, and repeat 3 is asked for/,
  );
  assert.match(await replay(samples, request({ case: 'z' })), /no answer for case "z".*add a line/);
  assert.match(await replay(samples, request({ role: 'judge:x' })), /case "a" \(judge:x\)/);
});

test('a sample may be a complete line, and the later of two wins', async () => {
  const complete = {
    v: 1,
    why: request().why,
    model: TARGET.model,
    answer: answerOf('whole'),
    at: 'x',
    source: 'sample',
  };
  assert.equal(await replay(`${JSON.stringify(complete)}\n`), 'whole');
  const again = { ...complete, answer: answerOf('later') };
  assert.equal(
    await replay(`${JSON.stringify(complete)}\r\n${JSON.stringify(again)}\r\n`),
    'later',
  );
});

test('a broken line names its place; a cut last one is ignored', async () => {
  for (const [line, expected] of [
    ['{"case":"a"}', /line 2: `text` is missing/],
    ['{"text":"a"}', /line 2: `case` is missing/],
    ['[1]', /line 2: not a JSON object/],
    ['{oops}', /line 2: not JSON/],
    ['{"v":2,"case":"a","text":"x"}', /line 2: written by a newer Promptsmith \(v 2\)/],
  ] as const) {
    await assert.rejects(replay(`{"case":"a","text":"ok"}\n${line}\n`), expected);
  }
  assert.equal(await replay('{"case":"a","text":"ok"}\n{"case":"b","te'), 'ok');
});

test('answers in another encoding are an error; a last line that was cut within a character is not', async () => {
  const line = (text: string): string =>
    JSON.stringify({
      v: 1,
      why: request().why,
      model: 'openai/gpt-4o-mini',
      answer: { text },
      source: 'sample',
    });
  const path = newPath();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${line('a')}\n${line('Müller')}\n`, 'latin1');
  await assert.rejects(readRecordings(path), /is not UTF-8: line 2 looks like Windows-1252/);
  await writeFile(path, line('a'), 'utf16le');
  await assert.rejects(readRecordings(path), /is not UTF-8: line 1 looks like UTF-16 LE/);
  const whole = Buffer.from(`${line('Müller')}\n{"v":1,"answer":{"text":"ü`);
  await writeFile(path, whole.subarray(0, -1));
  const part = await last(createReplayModel(await readRecordings(path)), request());
  assert.equal(part?.kind === 'end' && part.answer.text, 'Müller');
});
