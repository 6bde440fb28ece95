import { commands, type Uri, window } from 'vscode';
import type { Continuation } from '#app/eval/find-continuation.ts';
import { toNotified, writeNotification } from './eval-notification.ts';
import type { EvalRunOptions } from './eval-run-options.ts';
import type { EvaluatedPrompt, PromptEvaluator } from './prompt-evaluator.ts';

/** What continues a run, as its button. */
export const CONTINUATION_LABELS: Readonly<Record<Continuation, string>> = {
  resume: 'Resume',
  retry: 'Retry Unanswered',
};

/** Evaluates prompts with progress, and shows the results in a notification. */
export async function evaluateAndNotify(
  parts: { readonly evals: PromptEvaluator },
  uris: readonly Uri[],
  options: EvalRunOptions,
  ids?: ReadonlySet<string>,
): Promise<readonly EvaluatedPrompt[]> {
  const done = await parts.evals.evaluate(uris, { ...options, showsProgress: true }, ids);
  // The caller does not wait until the notification is dismissed.
  if (done.length > 0) void notify(parts, done);
  return done;
}

/** Asks only what a stored run has no answer for, and shows the result in a notification. */
export async function continueAndNotify(
  parts: { readonly evals: PromptEvaluator },
  uri: Uri,
  run: string,
): Promise<readonly EvaluatedPrompt[]> {
  return await evaluateAndNotify(parts, [uri], { continues: { run } });
}

async function notify(
  parts: { readonly evals: PromptEvaluator },
  done: readonly EvaluatedPrompt[],
): Promise<void> {
  const show = 'Show Results';
  const { isWarning, message, continuation } = writeNotification(
    done.map(({ planned, finished }) => toNotified(planned, finished)),
  );
  const buttons = [show, ...(continuation === null ? [] : [CONTINUATION_LABELS[continuation]])];
  const chosen = await (isWarning
    ? window.showWarningMessage(message, ...buttons)
    : window.showInformationMessage(message, ...buttons));
  const [first] = done;
  if (!first || chosen === undefined) return;
  const { id } = first.finished.outcome.summary.run;
  if (chosen === show) await commands.executeCommand('promptsmith.showResults', first.uri, id);
  else await continueAndNotify(parts, first.uri, id);
}
