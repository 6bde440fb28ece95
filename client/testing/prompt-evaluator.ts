import type { CancellationToken, Event, Uri } from 'vscode';
import type { FinishedEval, ReadyEval } from '#app/eval/prepare-eval.ts';
import type { EvalManner } from './eval-manner.ts';

/** A finished eval of a prompt, with what it was asked for. */
export interface EvaluatedPrompt {
  readonly uri: Uri;
  readonly ready: ReadyEval;
  readonly finished: FinishedEval;
}

/** Evaluates prompts by their files, whole or the cases of these ids. */
export interface PromptEvaluator {
  readonly onDidFinish: Event<EvaluatedPrompt>;
  evaluate(
    uris: readonly Uri[],
    manner?: EvalManner,
    ids?: ReadonlySet<string>,
    token?: CancellationToken,
  ): Promise<EvaluatedPrompt[]>;
}
