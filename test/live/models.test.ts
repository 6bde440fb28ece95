import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { listModels } from '#app/models/list-models.ts';
import { today } from '#app/prompt/prompt-knowledge.ts';
import type { Answer, ModelError, ModelPart, ModelRequest } from '#core/eval/model.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import type { Tried } from '../../scripts/generate/tried-table.ts';
import { root } from '../../scripts/process.mjs';
import { folderWith, promptsmith } from '../support/cli.ts';
import { type LiveServer, MODEL, MODEL_FILE, startLlama, startOllama } from './programs.ts';

/*
 * Real model servers with a real, very small model: that wires, streams, stops, usage and formats are as
 * they are thought to be. Nothing is said of quality. What was tried is written to docs/tried-against.json.
 */

const APIS: readonly ModelApi[] = ['chat', 'responses', 'messages'];

const PROGRAMS = [
  // llama.cpp serves the one model it has under any name, and refuses what does not fit.
  { name: 'llama.cpp', start: startLlama, isStrict: true, knowsNames: false },
  // Ollama cuts a conversation that is too long without a word.
  { name: 'Ollama', start: startOllama, isStrict: false, knowsNames: true },
];

/** The Responses API gives no fewer. */
const FEWEST_TOKENS = 16;

const SCHEMA = {
  name: 'colour',
  strict: true,
  schema: {
    type: 'object',
    properties: { name: { type: 'string', enum: ['red', 'green'] }, warm: { type: 'boolean' } },
    required: ['name', 'warm'],
    additionalProperties: false,
  },
};

const record: Tried[] = [];
after(() => {
  const path = join(root, 'docs/tried-against.json');
  const kept = (JSON.parse(readFileSync(path, 'utf8')) as Tried[]).filter(
    ({ program }) => !record.some((one) => one.program === program),
  );
  const all = [...kept, ...record].sort((a, b) => (a.program < b.program ? -1 : 1));
  writeFileSync(path, `${JSON.stringify(all, null, 2)}\n`);
});

for (const { name, start, isStrict, knowsNames } of PROGRAMS) {
  describe(name, () => {
    let server: LiveServer | null = null;
    let missing = '';
    const tried: string[] = [];
    let failures = 0;

    before(async () => {
      try {
        server = await start();
      } catch (error) {
        missing = (error as Error).message;
      }
    });
    after(async () => {
      if (server && failures === 0)
        record.push({
          program: name,
          version: server.version,
          model: MODEL_FILE,
          date: today(),
          tried,
        });
      await server?.close();
    });

    /** A test with the server, or skipped with what is missing; noted once it has passed. */
    const attempt = (title: string, body: (live: LiveServer, t: TestContext) => Promise<void>) =>
      test(title, { timeout: 900_000 }, async (t) => {
        if (!server) return t.skip(`${name}: ${missing}`);
        failures++;
        await body(server, t);
        failures--;
        tried.push(title);
      });

    attempt('models are listed', async ({ baseUrl }) => {
      const found = await listModels({ baseUrl, key: null }, AbortSignal.timeout(20_000));
      assert.ok(
        'ids' in found && found.ids.some((id) => id.includes(MODEL)),
        JSON.stringify(found),
      );
    });

    for (const api of APIS) {
      attempt(`${api}: an answer is streamed, with its usage`, async ({ baseUrl }, t) => {
        const { text, texts, answer } = await ask(baseUrl, api, 'Name three colours.');
        assert.ok(texts > 2, `${texts} pieces`);
        assert.equal(answer.text, text);
        assert.ok(answer.usage && answer.usage.input > 5 && answer.usage.output > 2);
        assert.ok((answer.firstTokenMs ?? Infinity) < answer.latencyMs);
        t.diagnostic(`${answer.usage.input} tokens in, ${answer.usage.output} out`);
      });

      attempt(`${api}: an answer is stopped, and the next one comes`, async ({ baseUrl }) => {
        const stop = new AbortController();
        let pieces = 0;
        const begun = performance.now();
        await call(
          baseUrl,
          api,
          'Count to a thousand.',
          { parameters: { maxTokens: 2000 } },
          {},
          stop.signal,
          () => {
            if (++pieces === 5) stop.abort();
          },
        ).catch(() => undefined);
        assert.ok(pieces >= 5 && pieces < 50, `${pieces} pieces`);
        await ask(baseUrl, api, 'Say yes.', { parameters: { maxTokens: FEWEST_TOKENS } });
        assert.ok(performance.now() - begun < 60_000);
      });

      attempt(`${api}: an answer comes as a whole`, async ({ baseUrl }) => {
        const { texts, answer } = await ask(baseUrl, api, 'Name a colour.', {}, { stream: false });
        assert.ok(texts <= 1 && answer.text !== '' && answer.usage);
      });

      attempt(`${api}: an answer that reaches its limit says so`, async ({ baseUrl }) => {
        const { answer } = await ask(baseUrl, api, 'Tell me a long story about a fox.', {
          parameters: { maxTokens: FEWEST_TOKENS, temperature: 0 },
        });
        assert.equal(answer.finishReason, 'length');
        assert.ok((answer.usage?.output ?? 99) <= FEWEST_TOKENS + 1);
      });
    }

    attempt('chat: a JSON schema is obeyed', async ({ baseUrl }) => {
      const { answer } = await ask(baseUrl, 'chat', 'Which colour is an apple? Answer in JSON.', {
        responseFormat: 'json_schema',
        jsonSchema: SCHEMA,
      });
      const value = JSON.parse(answer.text);
      assert.deepEqual(Object.keys(value).sort(), ['name', 'warm']);
      assert.ok(['red', 'green'].includes(value.name) && typeof value.warm === 'boolean');
    });

    attempt('chat: JSON mode gives JSON', async ({ baseUrl }) => {
      const { answer } = await ask(baseUrl, 'chat', 'Write the JSON object {"a": 1}.', {
        responseFormat: 'json_object',
        parameters: { maxTokens: 200, temperature: 0 },
      });
      assert.equal(typeof JSON.parse(answer.text), 'object');
    });

    attempt('chat: a stop sequence ends the answer', async ({ baseUrl }) => {
      const { answer } = await ask(baseUrl, 'chat', 'Tell me of the sea.', {
        parameters: { maxTokens: 60, temperature: 0, stop: ['e'] },
      });
      assert.ok(!answer.text.includes('e'), answer.text);
      assert.equal(answer.finishReason, 'stop');
    });

    if (isStrict)
      attempt('chat: what is longer than the window is said', async ({ baseUrl }) => {
        const error = await fail(baseUrl, 'word '.repeat(9000));
        assert.equal(error.kind, 'context-length', error.message);
      });

    if (knowsNames)
      attempt('chat: a model that is not there is named', async ({ baseUrl }) => {
        const error = await fail(baseUrl, 'Hello', { model: 'no-such-model' });
        assert.equal(error.kind, 'not-found', error.message);
        assert.match(error.message, /no-such-model/);
      });

    attempt(
      'an eval with a judge is killed, and resumed without asking twice',
      async ({ baseUrl }, t) => {
        const cwd = await folderWith(t, {
          'a.prompt.yaml': PROMPT,
          '.promptsmith.yaml': `providers: { lab: { baseUrl: "${baseUrl}", key: none, concurrency: 1 } }\n`,
        });
        const args = ['eval', 'a.prompt.yaml', '--yes', '--no-cache', '--fail-on', 'never'];
        const stop = new AbortController();
        const watch = setInterval(() => {
          if (countAnswers(cwd) >= 2) stop.abort();
        }, 50);
        const first = await promptsmith(args, { cwd, signal: stop.signal });
        clearInterval(watch);
        assert.equal(first.code, null, `it was killed: ${first.stderr}`);
        const kept = countAnswers(cwd);
        const { code, stdout, stderr } = await promptsmith([...args, '--resume', '--json'], {
          cwd,
        });
        const result = JSON.parse(stdout || '{}');
        assert.equal(
          code,
          0,
          `${stderr} ${JSON.stringify(result.conclusion)} ${stdout.slice(-2000)}`,
        );
        const { jobs } = result.totals;
        t.diagnostic(`${kept} answers were kept, jobs: ${JSON.stringify(jobs)}`);
        assert.equal(countAnswers(cwd), 6, 'each case was asked once');
        const tokens = await promptsmith(['tokens', 'a.prompt.yaml', '--json'], { cwd });
        const { call } = JSON.parse(tokens.stdout).files[0].tokens;
        const { input } = result.totals.tokens;
        // Templates of chats differ by their fixed words, which only the server knows.
        t.diagnostic(`input tokens: ${6 * call.median} predicted, ${input} billed`);
      },
    );
  });
}

const PROMPT = `model: lab/${MODEL}
modelParameters: { temperature: 0, maxTokens: 24 }
messages:
  - { role: system, content: Answer with one word. }
  - { role: user, content: "What is the opposite of {{word}}?" }
testData:
${['hot', 'big', 'light', 'old', 'fast', 'wet'].map((word) => `  - { word: ${word}, $case: { name: ${word} } }`).join('\n')}
evaluators:
  - { name: short, uses: promptsmith/length, with: { max: 400 } }
  - name: polite
    llm:
      modelId: lab/${MODEL}
      prompt: "Is this text polite? {{completion}} Answer with yes or no."
      choices: [{ choice: yes, score: 1 }, { choice: no, score: 0 }]
`;

/** Answers in the events of the only run. */
function countAnswers(cwd: string): number {
  const runs = join(cwd, '.promptsmith');
  if (!existsSync(runs)) return 0;
  return findEvents(runs).filter((line) => line.includes('"t":"answer"')).length;
}

function findEvents(folder: string): string[] {
  const { readdirSync } = process.getBuiltinModule('node:fs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('events.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
}

type More = Partial<Omit<ModelRequest, 'messages' | 'connection'>>;

async function call(
  baseUrl: string,
  api: ModelApi,
  content: string,
  more: More,
  endpoint: { readonly stream?: boolean },
  signal: AbortSignal,
  onText: () => void = () => undefined,
): Promise<{
  readonly text: string;
  readonly texts: number;
  readonly last: ModelPart | undefined;
}> {
  const model = createRemoteModel(() => ({ baseUrl, key: null, ...endpoint }));
  const request: ModelRequest = {
    provider: 'lab',
    origin: new URL(baseUrl).origin,
    connection: { api, address: '' },
    model: MODEL,
    messages: [{ role: 'user', content }],
    parameters: { maxTokens: 100, temperature: 0 },
    why: { case: 'a', repeat: 0, role: 'answer' },
    ...more,
  };
  let text = '';
  let texts = 0;
  let last: ModelPart | undefined;
  try {
    for await (const part of model.complete(request, signal)) {
      last = part;
      if (part.kind !== 'text') continue;
      text += part.text;
      texts++;
      onText();
    }
  } finally {
    model.close();
  }
  return { text, texts, last };
}

async function ask(
  baseUrl: string,
  api: ModelApi,
  content: string,
  more: More = {},
  endpoint: { readonly stream?: boolean } = {},
): Promise<{ readonly text: string; readonly texts: number; readonly answer: Answer }> {
  const signal = AbortSignal.timeout(120_000);
  const { last, ...read } = await call(baseUrl, api, content, more, endpoint, signal);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  return { ...read, answer: last.answer };
}

async function fail(baseUrl: string, content: string, more: More = {}): Promise<ModelError> {
  const signal = AbortSignal.timeout(120_000);
  const { last } = await call(baseUrl, 'chat', content, more, {}, signal);
  assert.ok(last?.kind === 'error', JSON.stringify(last));
  return last.error;
}
