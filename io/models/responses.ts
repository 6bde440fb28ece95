import type { OpenAI } from 'openai';
import type { Stream } from 'openai/core/streaming';
import type { FinishReason, Usage } from '#core/eval/model.ts';
import { parseFinishReason } from '#core/eval/plan/parse-finish-reason.ts';
import { SentError } from './answer-fault.ts';
import type { Ending } from './keep-alive-fetch.ts';
import { openOpenai } from './open-openai.ts';
import { readErrorValue } from './read-error-body.ts';
import { readResponsesUsage } from './read-usage.ts';
import { buildResponsesRequest } from './responses-request.ts';
import { splitDeployment } from './split-deployment.ts';
import type { AnswerReader, AnswerState, BuiltRequest, SentRequest, Wire } from './wire.ts';

/** How long a server may keep a stream open after its last word, in milliseconds. */
const MAX_DRAIN_MS = 250;

/** OpenAI's Responses API, at OpenAI, at Azure, and what is compatible with it. */
export const responsesWire: Wire = {
  async open(endpoint, transport) {
    const { root } = splitDeployment(endpoint.baseUrl);
    const client = await openOpenai({ ...endpoint, baseUrl: root }, transport);
    return {
      build: buildResponsesRequest,
      send: (built, signal) => send(client, built, signal),
      read: () => new ResponsesReader(endpoint.hasCharge ?? false),
    };
  },
};

async function send(
  client: OpenAI,
  { body }: BuiltRequest,
  signal: AbortSignal,
): Promise<SentRequest> {
  // Not `client.responses`, which fails at an answer without `output`.
  const stream = body.stream !== false;
  const sent = client.post<unknown>('/responses', { body, stream, signal });
  if (!stream) return { events: asEvents(await sent), ending: { isWhole: true } };
  const { data, response } = await sent.withResponse();
  return {
    events: readToLastWord(data as Stream<unknown>),
    ending: response as unknown as Ending,
  };
}

async function* asEvents(answer: unknown): AsyncGenerator<unknown> {
  yield answer;
}

/** The events of a stream, up to the last one; what comes after it only frees the connection. */
async function* readToLastWord(stream: Stream<unknown>): AsyncGenerator<unknown> {
  let drain: NodeJS.Timeout | undefined;
  try {
    for await (const event of stream) {
      if (drain !== undefined) continue;
      yield event;
      if (findEnd(event) !== null)
        drain = setTimeout(() => stream.controller.abort(), MAX_DRAIN_MS);
    }
  } catch (error) {
    if (drain === undefined) throw error;
  } finally {
    clearTimeout(drain);
  }
}

interface ResponsesEvent {
  readonly type?: unknown;
  readonly object?: unknown;
  readonly delta?: unknown;
  readonly item?: WireItem | null;
  readonly response?: WireResponse | null;
}

interface WireResponse {
  readonly model?: unknown;
  readonly status?: unknown;
  readonly output?: unknown;
  readonly incomplete_details?: { readonly reason?: unknown } | null;
  readonly error?: unknown;
  readonly usage?: unknown;
}

interface WireItem {
  readonly type?: unknown;
  readonly content?: unknown;
}

const ENDS: ReadonlySet<unknown> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  // Of no stream today; the status exists.
  'response.cancelled',
]);

/** The answer as the last event of a stream repeats it, or as it comes without a stream; null for other events. */
function findEnd(event: unknown): WireResponse | null {
  const { type, object, response } = (event ?? {}) as ResponsesEvent;
  if (object === 'response') return event as WireResponse;
  return ENDS.has(type) ? (response ?? {}) : null;
}

/** Items with which the model asks for something and waits. */
const CALLS: ReadonlySet<unknown> = new Set(['function_call', 'custom_tool_call']);

class ResponsesReader implements AnswerReader {
  readonly #hasCharge: boolean;
  #isBegun = false;
  #hasText = false;
  #hasCall = false;
  #refusal = '';
  #finish: FinishReason | null = null;
  #failure: string | null = null;
  #usage: Usage | null = null;
  #servedBy: string | null = null;

  constructor(hasCharge: boolean) {
    this.#hasCharge = hasCharge;
  }

  add(event: unknown): string {
    const { type, delta, item, response } = (event ?? {}) as ResponsesEvent;
    const end = findEnd(event);
    if (end !== null) return this.#end(end);
    if (response) this.#begin(response);
    switch (type) {
      case 'response.output_text.delta': {
        const text = readText(delta);
        this.#isBegun = true;
        this.#hasText ||= text !== '';
        return text;
      }
      case 'response.refusal.delta':
        this.#refusal += readText(delta);
        return '';
      case 'response.output_item.done':
        this.#hasCall ||= CALLS.has(item?.type);
        return '';
      default:
        // Reasoning, arguments of calls, ends of parts, and what the interface will have one day.
        return '';
    }
  }

  get state(): AnswerState {
    return {
      isBegun: this.#isBegun,
      finishReason: this.#finish,
      failure: this.#failure,
      refusal: this.#refusal,
      usage: this.#usage,
      servedBy: this.#servedBy,
    };
  }

  #begin({ model }: WireResponse): void {
    this.#isBegun = true;
    if (typeof model === 'string' && model !== '') this.#servedBy = model;
  }

  /** Takes the whole answer in. Returns its text where no part of it has come before. */
  #end(response: WireResponse): string {
    const error = response.error ? readErrorValue(response) : null;
    if (error !== null) throw new SentError(error);
    this.#begin(response);
    this.#usage = readResponsesUsage(response.usage, this.#hasCharge);
    const items = Array.isArray(response.output) ? (response.output as (WireItem | null)[]) : [];
    this.#hasCall ||= items.some((item) => CALLS.has(item?.type));
    const { status, incomplete_details } = response;
    if (status === 'incomplete')
      this.#finish = parseFinishReason(String(incomplete_details?.reason ?? '')) ?? 'other';
    else if (status === 'completed') this.#finish = this.#hasCall ? 'tool' : 'stop';
    else {
      this.#finish = 'other';
      this.#failure = `the answer is ${String(status ?? 'without a status')}`;
    }
    if (this.#refusal === '') this.#refusal = joinParts(items, 'refusal');
    return this.#hasText ? '' : joinParts(items, 'output_text');
  }
}

/** What the messages of an answer contain of one type of part. */
function joinParts(items: readonly (WireItem | null)[], wanted: 'output_text' | 'refusal'): string {
  return items
    .flatMap((item) => (Array.isArray(item?.content) ? item.content : []))
    .map((part: { type?: unknown; text?: unknown; refusal?: unknown } | null) => {
      if (part?.type !== wanted) return '';
      return readText(wanted === 'refusal' ? part.refusal : part.text);
    })
    .join('');
}

function readText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') throw new Error('the content of the answer is not text');
  return value;
}
