import { checkBudget } from '#app/eval/check-budget.ts';
import type { EvalWorld } from '#app/eval/eval-world.ts';
import { advanceToPlan, evaluatePrompt, type WaitingEval } from '#app/eval/evaluate-prompt.ts';
import { type EditorEval, requestEval } from '#app/eval/request-eval.ts';
import { findMonthProblem } from '#app/eval/spending-booking.ts';
import { findPrompt } from '#app/prompt/find-prompt.ts';
import type { PromptFile } from '#app/prompt/open-input.ts';
import { UserError } from '#core/user-error.ts';
import { type EvalBlocker, toBlocker } from './eval-blocker.ts';

/** An eval that waits for its start, or why it cannot run. */
export type PromptPlan =
  | { readonly kind: 'waiting'; readonly waiting: WaitingEval }
  | { readonly kind: 'blocked'; readonly blocker: EvalBlocker };

export interface PlanContext {
  readonly world: Omit<EvalWorld, 'openPrompt'>;
  readonly signal: AbortSignal;
}

/** Plans the eval of a prompt. What the user can fix is a value; other errors are thrown. */
export async function planPrompt(
  prompt: PromptFile,
  wanted: EditorEval,
  { world, signal }: PlanContext,
): Promise<PromptPlan> {
  try {
    const request = await requestEval(prompt, wanted);
    const openPrompt = (path: string) => findPrompt(path, prompt.cwd);
    const events = evaluatePrompt(request, { ...world, openPrompt }, signal);
    const waiting = await advanceToPlan(events);
    if (!waiting) return blocked('no-cases', `${request.input.path}: ${NO_CASES}`);
    const { estimate, prepared } = waiting.planned;
    const { project, settings } = prepared.input;
    const record = estimate.isFree || estimate.calls === 0 ? null : await world.openSpending?.();
    const exceeded =
      record && (await findMonthProblem(record, { root: project.root, settings }, estimate.cost));
    const problem = checkBudget(estimate, exceeded ?? null);
    if (!problem) return { kind: 'waiting', waiting };
    await events.return();
    return blocked(problem.code, `${prepared.path}: ${problem.message}.`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'blocked', blocker: toBlocker(error) };
  }
}

const NO_CASES = 'no golden cases to run: add rows under `testData` or `testFiles`.';

function blocked(code: EvalBlocker['code'], message: string): PromptPlan {
  return { kind: 'blocked', blocker: { code, message } };
}
