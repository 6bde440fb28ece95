import type { OpenAI } from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import type { FinishReason, Usage } from '#core/eval/model.ts';
import { parseFinishReason } from '#core/eval/plan/parse-finish-reason.ts';
import { buildChatRequest } from './chat-request.ts';
import type { Ending } from './keep-alive-fetch.ts';
import { openOpenai } from './open-openai.ts';
import { readUsage } from './read-usage.ts';
import type { AnswerReader, AnswerState, BuiltRequest, SentRequest, Wire } from './wire.ts';

/** OpenAI's Chat Completions, and what is compatible with it. */
export const chatWire: Wire = {
  async open(endpoint, transport) {
    const client = await openOpenai(endpoint, transport);
    return {
      build: buildChatRequest,
      send: (built, signal) => send(client, built, signal),
      read: () => new ChatReader(endpoint.hasCharge ?? false),
    };
  },
};

async function send(
  client: OpenAI,
  { body }: BuiltRequest,
  signal: AbortSignal,
): Promise<SentRequest> {
  const { completions } = client.chat;
  // Values come from the file as they are: the provider says what it does not take.
  if (body.stream === false) {
    const params = body as unknown as ChatCompletionCreateParamsNonStreaming;
    const answer = await completions.create(params, { signal });
    return { events: asEvents(answer), ending: { isWhole: true } };
  }
  const params = body as unknown as ChatCompletionCreateParamsStreaming;
  const { data, response } = await completions.create(params, { signal }).withResponse();
  return { events: data, ending: response as unknown as Ending };
}

async function* asEvents(answer: unknown): AsyncGenerator<unknown> {
  yield answer;
}

class ChatReader implements AnswerReader {
  readonly #hasCharge: boolean;
  #isBegun = false;
  #refusal = '';
  #finish: string | null = null;
  #failure: string | null = null;
  #usage: Usage | null = null;
  #servedBy: string | null = null;

  constructor(hasCharge: boolean) {
    this.#hasCharge = hasCharge;
  }

  add(event: unknown): string {
    const chunk = (event ?? {}) as ChatCompletionChunk;
    if (chunk.model) this.#servedBy = chunk.model;
    if (chunk.usage) this.#usage = readUsage(chunk.usage, this.#hasCharge) ?? this.#usage;
    const choice = chunk.choices?.[0];
    if (!choice) return '';
    if (choice.finish_reason) this.#finish = choice.finish_reason;
    this.#failure ??= findFailure(choice);
    // A server that does not stream sends the whole message.
    const { message } = choice as { message?: ChatCompletionChunk.Choice.Delta };
    this.#isBegun = true;
    const { content, refusal } = choice.delta ?? message ?? {};
    this.#refusal += refusal ?? '';
    return readContent(content);
  }

  get state(): AnswerState {
    return {
      isBegun: this.#isBegun,
      finishReason: this.#finishReason,
      failure: this.#failure,
      refusal: this.#refusal,
      usage: this.#usage,
      servedBy: this.#servedBy,
    };
  }

  get #finishReason(): FinishReason | null {
    return this.#finish === null ? null : (parseFinishReason(this.#finish) ?? 'other');
  }
}

/** Ends that are failures of the provider: what came before them is no answer. */
const FAILED_ENDS: ReadonlySet<string> = new Set([
  'error',
  'network_error',
  'malformed_function_call',
]);

function findFailure(choice: ChatCompletionChunk.Choice): string | null {
  const { finish_reason, native_finish_reason, error } = choice as {
    finish_reason?: string | null;
    native_finish_reason?: string | null;
    error?: { message?: unknown } | null;
  };
  const ends = [finish_reason, native_finish_reason].map((end) => String(end ?? '').toLowerCase());
  const end = ends.find((one) => FAILED_ENDS.has(one));
  if (end === undefined && !error) return null;
  return typeof error?.message === 'string' ? error.message : `it ended with ${end}`;
}

/** Types of content parts that are thoughts, and none of the answer. */
const THOUGHTS = /think|reason/i;

/** Some services send content in parts. */
function readContent(content: unknown): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) throw new Error('the content of the answer is not text');
  return content
    .map((part: { type?: unknown; text?: unknown } | null) =>
      typeof part?.text === 'string' && !THOUGHTS.test(String(part.type ?? '')) ? part.text : '',
    )
    .join('');
}
