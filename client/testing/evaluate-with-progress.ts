import { commands, ProgressLocation, type Uri, window } from 'vscode';
import { summarizeEvals, toNotified } from './eval-notification.ts';
import type { EvalRunOptions } from './eval-run-options.ts';
import type { EvaluatedPrompt, PromptEvaluator } from './prompt-evaluator.ts';

/** Evaluates prompts with a progress notification that can cancel. */
export async function evaluateWithProgress(
  { evals }: { readonly evals: PromptEvaluator },
  uris: readonly Uri[],
  options: EvalRunOptions,
  ids?: ReadonlySet<string>,
): Promise<EvaluatedPrompt[]> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Evaluating', cancellable: true },
    (progress, token) =>
      evals.evaluate(
        uris,
        { ...options, progress: (message) => progress.report({ message }) },
        ids,
        token,
      ),
  );
}

/** The same, and shows the results in a notification. */
export async function evaluateAndNotify(
  parts: { readonly evals: PromptEvaluator },
  uris: readonly Uri[],
  options: EvalRunOptions,
  ids?: ReadonlySet<string>,
): Promise<EvaluatedPrompt[]> {
  const done = await evaluateWithProgress(parts, uris, options, ids);
  // The caller does not wait until the notification is dismissed.
  if (done.length > 0) void notify(done);
  return done;
}

async function notify(done: readonly EvaluatedPrompt[]): Promise<void> {
  const show = 'Show Results';
  const { isWarning, message } = summarizeEvals(
    done.map(({ planned, finished }) => toNotified(planned, finished)),
  );
  const chosen = await (isWarning
    ? window.showWarningMessage(message, show)
    : window.showInformationMessage(message, show));
  const [first] = done;
  if (chosen === show && first)
    await commands.executeCommand(
      'promptsmith.showResults',
      first.uri,
      first.finished.outcome.summary.run.id,
    );
}
