import type { CancellationToken, Event, Uri } from 'vscode';
import type { FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import type { EvalRunOptions } from './eval-run-options.ts';

/** A finished eval of a prompt, with its plan. */
export interface EvaluatedPrompt {
  readonly uri: Uri;
  readonly planned: PlannedEval;
  readonly finished: FinishedEval;
}

/** Evaluates prompts by their files, whole or the cases of these ids. */
export interface PromptEvaluator {
  readonly onDidFinish: Event<EvaluatedPrompt>;
  evaluate(
    uris: readonly Uri[],
    options?: EvalRunOptions,
    ids?: ReadonlySet<string>,
    token?: CancellationToken,
  ): Promise<readonly EvaluatedPrompt[]>;
}
