import type { ModelApi } from '../models/model-api.ts';
import type { RequestChange } from '../models/request-change.ts';
import type { ModelTraits } from '../models/select-parameters.ts';
import type { Parameters, Role } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';

/** How a provider is called: what besides the request itself may decide the answer. */
export interface Connection {
  readonly api: ModelApi;
  /** The whole address with its query; empty for a model that the program itself has. */
  readonly address: string;
  /** Names of the headers that settings add, in lower case. */
  readonly headers?: readonly string[];
  /** Fields that settings add to the body of the request. */
  readonly body?: Readonly<Record<string, Json>>;
  /** What settings say of the model. */
  readonly traits?: ModelTraits;
}

/** One call of a chat model, ready to send. */
export interface ModelRequest {
  /** The name of the provider (`openai`, `lab`), and the origin of its key. */
  readonly provider: string;
  readonly origin: string;
  /** Absent: Chat Completions at the provider's address. */
  readonly connection?: Connection;
  /** The provider's id of the model. */
  readonly model: string;
  readonly messages: readonly { readonly role: Role; readonly content: string }[];
  readonly parameters: Parameters;
  readonly responseFormat?: string;
  /** The wrapper `{name, strict?, schema}` of `json_schema`. */
  readonly jsonSchema?: Json;
  /** The purpose of the call; neither sent nor hashed. */
  readonly why: Why;
}

/** `role` is `answer` or `judge:<evaluator name>`; `repeat` counts from 0. */
export interface Why {
  readonly case: string;
  readonly repeat: number;
  readonly role: string;
}

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool' | 'other';

/**
 * Token counts as the provider billed them. `input` includes `cachedInput` and `cacheWrite`; `output` includes
 * `reasoning`, also where the provider counts it apart.
 */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
  /** USD that the provider says it charged; only of providers that document such a field. */
  readonly charged?: number;
}

export interface Answer {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly usage: Usage | null;
  readonly latencyMs: number;
  readonly firstTokenMs?: number;
  /** The model id that the provider reported. */
  readonly servedBy: string;
  /** The text as it came, where thoughts were cut off from it. */
  readonly raw?: string;
  /** Parts of the prompt that were not sent as they stand; absent = none. */
  readonly changes?: readonly RequestChange[];
}

export type ModelErrorKind =
  /** The key is missing or rejected, or has no access to the model. */
  | 'auth'
  /** The account has no credit left. */
  | 'quota'
  /** There is no such model, or no such address. */
  | 'not-found'
  | 'rate-limit'
  | 'network'
  | 'timeout'
  /** The provider's filter refused the content. */
  | 'refused'
  /** The request itself is at fault. */
  | 'bad-request'
  | 'context-length'
  /** A replay has no answer to this request. */
  | 'not-recorded'
  | 'bad-answer'
  | 'unavailable';

export interface ModelError {
  readonly kind: ModelErrorKind;
  readonly status?: number;
  /** One line, without keys, that says what to do. */
  readonly message: string;
  readonly retryAfterMs?: number;
}

export type ModelPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'end';
      readonly answer: Answer;
      /** Only for a replay: where the answer is from, and when it was given (ISO 8601), if known. */
      readonly replayed?: { readonly source: 'recording' | 'sample'; readonly at?: string };
    }
  | { readonly kind: 'error'; readonly error: ModelError };

/**
 * The port to a language model. Streams `text` parts, then exactly one `end` or `error`. Makes one attempt:
 * the runner retries. If the signal aborts, the stream ends with an `error` part or throws the signal's
 * reason.
 */
export interface Model {
  complete(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

/** A line of a recording, or an entry of the response cache. `sample` = written by hand. */
export interface StoredAnswer {
  readonly v: 1;
  readonly key?: string;
  readonly why: Why;
  readonly model: string;
  readonly answer: Answer;
  readonly at: string;
  readonly source: 'model' | 'sample';
}
