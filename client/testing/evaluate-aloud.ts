import { commands, ProgressLocation, type Uri, window } from 'vscode';
import type { EvalManner } from './eval-manner.ts';
import { passedText } from './passed-text.ts';
import type { EvaluatedPrompt, PromptEvaluator } from './prompt-evaluator.ts';
import { verdictLine } from './run-text.ts';

/** Evaluates prompts with a progress notice that can cancel, and says what came out. */
export async function evaluateAloud(
  parts: { readonly evals: PromptEvaluator },
  uris: readonly Uri[],
  manner: EvalManner,
  ids?: ReadonlySet<string>,
): Promise<EvaluatedPrompt[]> {
  const done = await evaluateShown(parts, uris, manner, ids);
  // What it says must not wait for whoever reads it.
  if (done.length > 0) void say(done);
  return done;
}

/** The same for those who say themselves what follows from it. */
export async function evaluateShown(
  { evals }: { readonly evals: PromptEvaluator },
  uris: readonly Uri[],
  manner: EvalManner,
  ids?: ReadonlySet<string>,
): Promise<EvaluatedPrompt[]> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Evaluating', cancellable: true },
    (progress, token) =>
      evals.evaluate(
        uris,
        { ...manner, progress: (message) => progress.report({ message }) },
        ids,
        token,
      ),
  );
}

async function say(done: readonly EvaluatedPrompt[]): Promise<void> {
  const show = 'Show Results';
  const isBad = done.some(
    ({ finished: { outcome, comparisons } }) =>
      outcome.acceptance?.met === false ||
      comparisons.some(({ verdict }) => verdict === 'regression'),
  );
  const message = done.map(lineOf).join('\n');
  const chosen = await (isBad
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

/** `support/triage: 46/50 passed · regression: …`. */
function lineOf({ ready, finished: { outcome, comparisons } }: EvaluatedPrompt): string {
  const { summary } = outcome;
  const verdict = verdictLine(comparisons);
  const versus = ready.baselineName === null ? '' : `vs ${ready.baselineName}: `;
  const said = verdict === null ? passedText(summary) : `${versus}${verdict}`;
  const cut = summary.end === 'done' ? '' : ` (cut off: ${summary.end ?? ''})`;
  return `${ready.session.path}: ${said}${cut}`;
}
