import type { Answer, Connection, Model, ModelRequest, Usage } from './model.ts';

/** The port to the clock, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason if it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** `groups` are the capture groups, unmatched ones undefined. */
export type RegexMatch =
  | {
      readonly kind: 'match';
      readonly text: string;
      readonly groups: readonly (string | undefined)[];
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'timeout' };

/** The port to a regular expression engine with a limit of processor time. */
export interface BoundedRegex {
  /** The pattern and its flags must be valid (see `validateRegex`). */
  exec(pattern: string, flags: string, text: string): RegexMatch;
  /** Runs other work that a hostile text could slow down, with a time limit, maybe twice. Throws what it throws. */
  within<T>(
    work: () => T,
  ): { readonly kind: 'done'; readonly value: T } | { readonly kind: 'timeout' };
}

/** The target of a model's calls: `provider` and `origin` determine the key, `model` is the provider's id. */
export interface ModelTarget {
  /** The id as the prompt file spells it. */
  readonly id: string;
  readonly provider: string;
  readonly origin: string;
  readonly model: string;
  /** Absent: Chat Completions. */
  readonly connection?: Connection;
}

/** An answer and when the model gave it (ISO 8601). */
export interface CachedAnswer {
  readonly answer: Answer;
  readonly at: string;
}

/** The port to cached answers, by the whole request. Neither method rejects. */
export interface AnswerCache {
  get(request: ModelRequest): Promise<CachedAnswer | null>;
  put(request: ModelRequest, answer: CachedAnswer): Promise<void>;
}

/** The ports of a run. */
export interface RunPorts {
  readonly model: Model;
  /** Without it, every answer is requested. */
  readonly cache?: AnswerCache;
  readonly clock: Clock;
  /** A random number in [0, 1), for the jitter of retries. */
  random(): number;
  readonly regex: BoundedRegex;
  /** The number of tokens of a text for a model id; null if it is unknown. */
  countTokens(text: string, model: string): number | null;
  /** The cost of a call in USD; null if the price is unknown. */
  costOf(model: string, usage: Usage): number | null;
  /** The target of a judge's model id, or why it cannot be called. */
  resolveModel(id: string): ModelTarget | { readonly error: string };
}
