import type { BaselineChoice, EvalRequest } from '#app/eval/prepare-eval.ts';

/** How prompts are evaluated; what is absent is as their files and settings say. */
export interface EvalManner {
  readonly baseline?: BaselineChoice;
  readonly options?: EvalRequest['options'];
  /** Only what errored in the last run. */
  readonly retryErrors?: boolean;
  /** Asks nothing and says nothing: what would cost more than this many USD is left out. */
  readonly quietUpTo?: number;
  /** Hears how far it is: `12 of 50 · $0.01`. */
  readonly progress?: (text: string) => void;
}
