import type { BaselineChoice } from '#app/eval/choose-baseline.ts';
import type { EditorEval } from '#app/eval/request-eval.ts';

/** How prompts are evaluated; what is absent is taken from their files and settings. */
export interface EvalRunOptions {
  readonly baseline?: BaselineChoice;
  readonly options?: EditorEval['options'];
  /** Only the cases that errored in the last run. */
  readonly retryErrors?: boolean;
  /** Shows no dialogs; evals that are expected to cost more than this many USD are skipped. */
  readonly quietUpTo?: number;
  /** Receives the progress: `12 of 50 · $0.01`. */
  readonly progress?: (text: string) => void;
}
