import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredAnswer } from '#core/eval/model.ts';
import { createPlan, listJobs } from '#core/eval/plan/plan.ts';
import { buildRequest } from '#core/eval/plan/request.ts';
import { parsePrompt } from '#core/prompt/parse.ts';

/** Sample answers come this much faster than the model they stand for. */
const SPEED = 12;
/** Every so many requests one is refused with 429, as a busy provider does. */
const REFUSE_EVERY = 19;

interface Request {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** The samples of one call, in the order of their repeats, and how often it was asked. */
interface Samples {
  readonly answers: StoredAnswer[];
  asked: number;
}

/**
 * A fake model endpoint on loopback that speaks OpenAI's chat protocol: it streams the hand-written
 * sample answers of the example prompts, takes time for it, and now and then answers 429.
 */
export async function startSampleServer(
  promptFiles: readonly string[],
): Promise<{ url: string; requests(): number; close(): void }> {
  const samples = new SampleBook(promptFiles);
  let requests = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (++requests % REFUSE_EVERY === 0) {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end(
        JSON.stringify({ error: { message: 'The sample server is busy.', type: 'rate_limit' } }),
      );
      return;
    }
    const sample = samples.next(JSON.parse(body) as Request);
    if (sample) await stream(sample, response);
    else {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: { message: 'There is no sample answer for this request.' } }),
      );
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests: () => requests,
    close: () => server.close(),
  };
}

/** Finds the sample that belongs to a request: by its messages, or by the answer that a judge is shown. */
class SampleBook {
  readonly #answers = new Map<string, Samples>();
  readonly #judged: { readonly text: string; readonly verdict: StoredAnswer }[] = [];

  constructor(promptFiles: readonly string[]) {
    for (const file of promptFiles) this.#read(file);
    // The longest judged text that a judge's request holds is the one it is about.
    this.#judged.sort((a, b) => b.text.length - a.text.length);
  }

  next({ messages }: Request): StoredAnswer | undefined {
    const samples = this.#answers.get(JSON.stringify(messages));
    if (samples) return samples.answers[samples.asked++ % samples.answers.length];
    const shown = messages.map(({ content }) => content).join('\n');
    return this.#judged.find(({ text }) => shown.includes(text))?.verdict;
  }

  #read(file: string): void {
    const stored = readSamples(file);
    const document = parsePrompt(readFileSync(file, 'utf8'));
    const target = { id: 'sample', provider: 'sample', origin: '', model: 'sample' };
    for (const job of listJobs(createPlan(document, { models: [target], allowMissing: true }))) {
      const made = buildRequest(
        createPlan(document, { models: [target], allowMissing: true }),
        job,
      );
      if ('error' in made) continue;
      const own = stored.filter(({ why }) => why.case === job.case.id);
      const answers = own
        .filter(({ why }) => why.role === 'answer')
        .sort((a, b) => a.why.repeat - b.why.repeat);
      this.#answers.set(JSON.stringify(made.request.messages), { answers, asked: 0 });
      for (const verdict of own.filter(({ why }) => why.role !== 'answer')) {
        const judged = answers.find(({ why }) => why.repeat === verdict.why.repeat);
        if (judged) this.#judged.push({ text: judged.answer.text.trim(), verdict });
      }
    }
  }
}

function readSamples(promptFile: string): StoredAnswer[] {
  const folder = join(dirname(promptFile), 'recordings');
  const stem = basename(promptFile).replace(/\.prompt\.ya?ml$/, '');
  if (!readdirSync(folder).includes(`${stem}.jsonl`)) return [];
  const lines = readFileSync(join(folder, `${stem}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as StoredAnswer);
}

async function stream({ answer, model }: StoredAnswer, response: ServerResponse): Promise<void> {
  const id = 'sample';
  const served = `${answer.servedBy || model} (sample answer)`;
  const send = (fields: object): void => {
    response.write(
      `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 0, model: served, ...fields })}\n\n`,
    );
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await sleep((answer.firstTokenMs ?? answer.latencyMs / 3) / SPEED);
  const words = answer.text.match(/\S*\s*/g)?.filter((word) => word !== '') ?? [];
  const size = Math.max(1, Math.ceil(words.length / 8));
  for (let i = 0; i < words.length; i += size) {
    send({
      choices: [
        { index: 0, delta: { content: words.slice(i, i + size).join('') }, finish_reason: null },
      ],
    });
    await sleep(answer.latencyMs / 12 / SPEED);
  }
  send({
    choices: [
      { index: 0, delta: {}, finish_reason: answer.finishReason === 'length' ? 'length' : 'stop' },
    ],
  });
  const { input = 0, output = 0 } = answer.usage ?? {};
  if (answer.usage)
    send({
      choices: [],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    });
  response.end('data: [DONE]\n\n');
}
