import type { FinishReason, Usage } from '#core/eval/model.ts';
import { parseFinishReason } from '#core/eval/plan/parse-finish-reason.ts';
import type { AnthropicClient, RawEvent } from './anthropic-client.ts';
import { createStreamError, explainPackageError } from './messages-error.ts';
import { buildMessagesRequest } from './messages-request.ts';
import { type MessagesUsage, readMessagesUsage } from './messages-usage.ts';
import type { AnswerReader, AnswerState, BuiltRequest, SentRequest, Wire } from './wire.ts';

/** Anthropic's Messages API, and what is compatible with it. */
export const messagesWire: Wire = {
  async open(endpoint, transport) {
    const { createAnthropicClient } = await import('./anthropic-client.ts');
    const client = createAnthropicClient(endpoint, transport);
    return {
      build: buildMessagesRequest,
      send: (built, signal) => send(client, built, signal),
      read: () => new MessagesReader(endpoint.hasCharge ?? false),
    };
  },
};

async function send(
  client: AnthropicClient,
  { body }: BuiltRequest,
  signal: AbortSignal,
): Promise<SentRequest> {
  try {
    const { events, ending } = await client.post(body, signal);
    const end = { isReached: false };
    return {
      events: readEvents(events, end),
      ending: {
        get isWhole() {
          return end.isReached || ending.isWhole;
        },
      },
    };
  } catch (error) {
    throw explainPackageError(error);
  }
}

/** The events of a stream up to its last word; an answer that comes as a whole is one of them. */
async function* readEvents(
  raw: AsyncIterable<RawEvent>,
  end: { isReached: boolean },
): AsyncGenerator<MessagesEvent> {
  for await (const { event, data } of raw) {
    if (data === '') continue;
    // Not of this interface, but of gateways that have Chat Completions, too.
    if (data === '[DONE]') {
      end.isReached = true;
      return;
    }
    if (event === 'error') throw createStreamError(data);
    const value = JSON.parse(data) as MessagesEvent | null;
    // A gateway says its own errors in its own way.
    if (value?.type === 'error' || value?.error) throw createStreamError(data);
    if (value === null) continue;
    yield value;
    if (value.type !== 'message_stop' && value.type !== 'message') continue;
    end.isReached = true;
    return;
  }
}

interface MessagesEvent {
  readonly error?: unknown;
  readonly type?: string;
  readonly message?: WireMessage;
  readonly content_block?: WireBlock;
  readonly delta?: WireBlock & Pick<WireMessage, 'stop_reason' | 'stop_details'>;
  readonly usage?: MessagesUsage | null;
}

interface WireMessage {
  readonly model?: unknown;
  readonly content?: unknown;
  readonly stop_reason?: unknown;
  readonly stop_details?: { readonly explanation?: unknown; readonly category?: unknown } | null;
  readonly usage?: MessagesUsage | null;
}

interface WireBlock {
  readonly type?: string;
  readonly text?: unknown;
}

class MessagesReader implements AnswerReader {
  readonly #hasCharge: boolean;
  #isBegun = false;
  #refusal = '';
  #finish: string | null = null;
  #counts: MessagesUsage = {};
  #isCounted = false;
  #servedBy: string | null = null;

  constructor(hasCharge: boolean) {
    this.#hasCharge = hasCharge;
  }

  add(event: unknown): string {
    const { type, message, content_block, delta, usage } = event as MessagesEvent;
    switch (type) {
      case 'message_start':
        return this.#begin(message ?? {});
      case 'content_block_start':
        return readText(content_block);
      case 'content_block_delta':
        return readText(delta);
      case 'message_delta':
        this.#end(delta ?? {}, usage);
        return '';
      case 'message': {
        const whole = event as WireMessage;
        const text = this.#begin(whole);
        this.#end(whole, whole.usage);
        return text;
      }
      default:
        // Pings, ends of blocks, and what the interface will have one day.
        return '';
    }
  }

  get state(): AnswerState {
    return {
      isBegun: this.#isBegun,
      finishReason: this.#finishReason,
      failure: null,
      refusal: this.#refusal,
      usage: this.#usage,
      servedBy: this.#servedBy,
    };
  }

  #begin({ model, content, usage }: WireMessage): string {
    this.#isBegun = true;
    if (typeof model === 'string' && model !== '') this.#servedBy = model;
    this.#count(usage);
    return Array.isArray(content) ? content.map(readText).join('') : '';
  }

  #end({ stop_reason, stop_details }: WireMessage, usage: MessagesUsage | null | undefined): void {
    if (typeof stop_reason === 'string') this.#finish = stop_reason;
    const { explanation, category } = stop_details ?? {};
    if (stop_reason === 'refusal') this.#refusal = String(explanation ?? category ?? '');
    this.#count(usage);
    // The start of a stream counts the first token of the answer alone.
    this.#isCounted ||= usage?.output_tokens !== undefined;
  }

  /** The counts of a stream are cumulative: a later one replaces the former. */
  #count(usage: MessagesUsage | null | undefined): void {
    const known = Object.entries(usage ?? {}).filter(([, value]) => value !== null);
    this.#counts = { ...this.#counts, ...Object.fromEntries(known) };
  }

  get #usage(): Usage | null {
    return this.#isCounted ? readMessagesUsage(this.#counts, this.#hasCharge) : null;
  }

  get #finishReason(): FinishReason | null {
    return this.#finish === null ? null : (parseFinishReason(this.#finish) ?? 'other');
  }
}

/** The text of a block or of a part of one. Thoughts, tool calls and signatures are no text. */
function readText(block: unknown): string {
  const { type, text } = (block ?? {}) as WireBlock;
  if (type !== 'text' && type !== 'text_delta') return '';
  if (typeof text !== 'string') throw new Error('the content of the answer is not text');
  return text;
}
