import type { Answer, FinishReason, ModelPart, ModelRequest, Usage } from '#core/eval/model.ts';
import { cutThoughts } from '#core/eval/run/cut-thoughts.ts';
import { findOutputLimit } from '#core/models/expected-output.ts';
import { API_NAMES } from '#core/models/model-api.ts';
import type { RequestChange } from '#core/models/request-change.ts';
import { writesThoughts } from '#core/models/writes-thoughts.ts';
import { type Endpoint, listSecrets } from './endpoint.ts';
import { KeyFilter } from './key-filter.ts';
import type { AnswerReader } from './wire.ts';

/** An answer as it comes in, without keys. */
export class AnswerStream {
  readonly #reader: AnswerReader;
  readonly #model: string;
  readonly #writesThoughts: boolean | undefined;
  readonly #limit: number | undefined;
  readonly #start = performance.now();
  readonly #filter: KeyFilter;
  #text = '';
  #firstTokenMs: number | undefined;

  /** What an answer without any part of one shows. */
  readonly #lack: string;

  constructor(reader: AnswerReader, request: ModelRequest, endpoint: Endpoint) {
    const { model, connection, parameters } = request;
    this.#reader = reader;
    this.#model = model;
    const { api = 'chat' } = connection ?? {};
    // The others say themselves that the limit was reached, and a short answer may fill a small one.
    this.#limit = api === 'responses' ? findOutputLimit(parameters) : undefined;
    this.#lack =
      api === 'chat'
        ? 'the response has no `choices`'
        : `the response is none of ${API_NAMES[api]}`;
    this.#writesThoughts = connection?.traits?.reasons ?? (writesThoughts(model) || undefined);
    this.#filter = new KeyFilter(listSecrets(endpoint));
  }

  /** Takes an event in and returns its new text. */
  add(event: unknown): string {
    const text = this.#filter.push(this.#reader.add(event));
    if (text !== '') this.#firstTokenMs ??= performance.now() - this.#start;
    this.#text += text;
    return text;
  }

  /** Text that was held back and turned out to be no part of a key. */
  rest(): string {
    const text = this.#filter.end();
    this.#text += text;
    return text;
  }

  /**
   * The whole answer; a stream that broke off is none. Not every server says why it ended, but then it
   * says that it did (`isWhole`).
   */
  end(origin: string, isWhole: boolean, changes: readonly RequestChange[]): ModelPart {
    const { isBegun, finishReason, failure, refusal, usage, servedBy } = this.#reader.state;
    if (isWhole && !isBegun) {
      const message = `${origin} sent no answer: ${this.#lack}`;
      return { kind: 'error', error: { kind: 'bad-answer', message } };
    }
    if (finishReason === null && !isWhole) {
      const message = `the connection to ${origin} closed in the middle of the answer`;
      return { kind: 'error', error: { kind: 'network', message } };
    }
    if (failure !== null) {
      const message = `${origin} could not finish the answer: ${this.#filter.clean(failure).slice(0, 500)}`;
      return { kind: 'error', error: { kind: 'unavailable', message } };
    }
    const isRefused = this.#text === '' && refusal !== '';
    const { text, raw } = cutThoughts(this.#text, this.#writesThoughts);
    const answer: Answer = {
      text: isRefused ? this.#filter.clean(refusal) : text,
      finishReason: isRefused
        ? 'content-filter'
        : (this.#explainEnd(finishReason, usage) ?? 'other'),
      usage,
      latencyMs: performance.now() - this.#start,
      servedBy: servedBy === null ? this.#model : this.#filter.clean(servedBy),
      ...(this.#firstTokenMs === undefined ? {} : { firstTokenMs: this.#firstTokenMs }),
      ...(raw === undefined ? {} : { raw }),
      ...(changes.length === 0 ? {} : { changes }),
    };
    return { kind: 'end', answer };
  }

  /** llama.cpp's Responses API calls an answer complete that it has cut at its limit. */
  #explainEnd(reason: FinishReason | null, usage: Usage | null): FinishReason | null {
    const isFull = this.#limit !== undefined && usage !== null && usage.output >= this.#limit;
    return isFull && reason === 'stop' ? 'length' : reason;
  }
}
