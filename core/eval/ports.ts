import type { Answer, Model, ModelRequest, Usage } from './model.ts';

/** Time, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
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

/** The port to a regular expression engine that gives up after a while. */
export interface BoundedRegex {
  /** The pattern and its flags must be valid (see `regexError`). */
  exec(pattern: string, flags: string, text: string): RegexMatch;
  /** Other work that a hostile text could make slow, under a limit too. Throws what the work throws. */
  within<T>(
    work: () => T,
  ): { readonly kind: 'done'; readonly value: T } | { readonly kind: 'timeout' };
}

/** Where a model's calls go: `provider` and `origin` own the key, `model` is the provider's own id. */
export interface ModelTarget {
  /** The id as the prompt file spells it. */
  readonly id: string;
  readonly provider: string;
  readonly origin: string;
  readonly model: string;
}

/** The port to answers that were given before, by the whole request. Neither method rejects. */
export interface AnswerCache {
  get(request: ModelRequest): Promise<Answer | null>;
  put(request: ModelRequest, answer: Answer): Promise<void>;
}

/** What a run needs of the world. */
export interface RunPorts {
  readonly model: Model;
  /** Without it every answer is asked for. */
  readonly cache?: AnswerCache;
  readonly clock: Clock;
  /** In [0, 1), for the jitter of retries. */
  random(): number;
  readonly regex: BoundedRegex;
  /** Tokens of a text for a model id; null when no count is known. */
  countTokens(text: string, model: string): number | null;
  /** USD of a call of a model id; null when its price is unknown. */
  costOf(model: string, usage: Usage): number | null;
  /** The target of a judge's model id, or why there is none. */
  resolveModel(id: string): ModelTarget | { readonly error: string };
}
