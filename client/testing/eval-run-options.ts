import type { BaselineChoice } from '#app/eval/choose-baseline.ts';
import type { ContinuedRun } from '#app/eval/continue-run.ts';
import type { EditorEval } from '#app/eval/request-eval.ts';

/** How prompts are evaluated; what is absent is taken from their files and settings. */
export interface EvalRunOptions {
  readonly baseline?: BaselineChoice;
  readonly options?: EditorEval['options'];
  /** Continues a stored run instead of starting a new one. */
  readonly continues?: ContinuedRun;
  /** Shows no dialogs; evals that are expected to cost more than this many USD are skipped. */
  readonly quietUpTo?: number;
  /** Shows a notification with the progress, which can cancel. */
  readonly showsProgress?: boolean;
  /** Receives the progress: `12 of 50 · $0.01`. */
  readonly progress?: (text: string) => void;
}
