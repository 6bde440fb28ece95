import type { EvaluatorResult } from '#core/eval/run-event.ts';
import type { Role, VariableType } from '#core/prompt/document.ts';

/** A field of the form. */
export interface Field {
  readonly name: string;
  readonly type: VariableType;
  readonly description: string;
  readonly required: boolean;
  /** The values it may have, as texts; empty = any. */
  readonly options: readonly string[];
  readonly value: string;
  /** The value is not of the type; null when it is. */
  readonly problem: string | null;
}

/** The prompt as it will be sent. */
export interface PromptView {
  readonly uri: string;
  readonly title: string;
  readonly models: readonly string[];
  /** The revision that the working copy is compared with; null = none. */
  readonly revision: string | null;
  readonly cases: readonly string[];
  /** What the cases are called for display, in the same order. */
  readonly caseNames: readonly string[];
  readonly case: string | null;
  readonly fields: readonly Field[];
  /** What was typed, by variable. */
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly { readonly role: Role; readonly content: string }[];
  /** How many of the messages belong to the conversation that was continued. */
  readonly turns: number;
  /** Why it cannot be sent; null when it can. */
  readonly problem: string | null;
  /** `≈ 120 tokens · ≈ $0.0003`; empty while it is being counted. */
  readonly forecast: string;
}

export type Phase = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

/** One answer, with everything but its text. */
export interface AnswerView {
  readonly title: string;
  readonly phase: Phase;
  /** What happened on the way: retries, another provider, parameters that were not sent. */
  readonly notes: readonly string[];
  readonly error: string | null;
  /** What can be done about the error. */
  readonly remedy?: string;
  /** The key of its provider can be set. */
  readonly needsKey?: boolean;
  /** Label and figure. */
  readonly figures: readonly (readonly [string, string])[];
  /** What the answer is as JSON; null when the prompt asks for text. */
  readonly json: { readonly ok: boolean; readonly verdict: string } | null;
  readonly checks: readonly CheckView[];
}

export interface CheckView
  extends Pick<EvaluatorResult, 'name' | 'passed' | 'detail' | 'expected' | 'actual' | 'error'> {}

/** What the playground is sent. */
export type ToPlayground =
  | { readonly kind: 'prompt'; readonly prompt: PromptView }
  | { readonly kind: 'nothing'; readonly reason: string }
  /** Replaces all answers, with their text so far. */
  | { readonly kind: 'answers'; readonly answers: readonly { view: AnswerView; text: string }[] }
  | { readonly kind: 'text'; readonly index: number; readonly text: string }
  /** Discards the text so far. */
  | { readonly kind: 'clear'; readonly index: number }
  | { readonly kind: 'answer'; readonly index: number; readonly view: AnswerView };

/** What the playground sends. */
export type FromPlayground =
  | { readonly kind: 'ready' }
  | { readonly kind: 'value'; readonly name: string; readonly value: string }
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'run' | 'stop' | 'models' | 'revision' | 'history' | 'copy' | 'restart' }
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'save' | 'check' | 'diff' | 'open' | 'key'; readonly index: number };

/** What opens the page again after VS Code was closed. */
export interface PlaygroundState {
  readonly uri: string;
  readonly case: string | null;
  readonly models: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}
