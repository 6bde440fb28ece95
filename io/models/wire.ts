import type { FinishReason, ModelRequest, Usage } from '#core/eval/model.ts';
import type { RequestChange } from '#core/models/request-change.ts';
import type { Adaptation } from './adaptation.ts';
import type { Endpoint } from './endpoint.ts';
import type { Ending, KeepAliveFetch } from './keep-alive-fetch.ts';

/** An interface of model providers: how a request is built and an answer is read. */
export interface Wire {
  /** Loads the package of the interface. The key is the transport's. */
  open(endpoint: Endpoint, transport: KeepAliveFetch): Promise<WireClient>;
}

export interface WireClient {
  /** Sends a request. Resolves once the server has begun to answer. Rejects with the package's error. */
  send(built: BuiltRequest, signal: AbortSignal): Promise<SentRequest>;
  build(request: ModelRequest, adaptation: Adaptation): BuiltRequest;
  read(): AnswerReader;
}

export interface BuiltRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly changes: readonly RequestChange[];
}

export interface SentRequest {
  readonly events: AsyncIterable<unknown>;
  readonly ending: Ending;
}

/** Reads the events of one answer. Its texts may contain keys that the server echoes. */
export interface AnswerReader {
  /** Takes an event in and returns the text of the answer that it adds. */
  add(event: unknown): string;
  /** What the events said. */
  readonly state: AnswerState;
}

export interface AnswerState {
  /** At least one event was part of an answer. */
  readonly isBegun: boolean;
  /** The provider said how the answer ended; null = it did not. */
  readonly finishReason: FinishReason | null;
  /** Why the provider could not finish the answer. */
  readonly failure: string | null;
  /** The text of a refusal that is no part of the answer. */
  readonly refusal: string;
  readonly usage: Usage | null;
  readonly servedBy: string | null;
}
