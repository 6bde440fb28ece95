import { createPlan } from '#core/eval/plan/plan.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { collectRows, type PromptInput } from '../prompt/prompt-input.ts';
import { filterByIds } from './case-filter.ts';
import type { BaselineChoice } from './choose-baseline.ts';
import { type ContinuedRun, continueRun } from './continue-run.ts';
import type { EvalOptions } from './eval-options.ts';
import type { EvalRequest } from './evaluate-prompt.ts';

/** How an editor evaluates a prompt. */
export interface EditorEval {
  /** Case ids; null: all but the holdout. */
  readonly ids: ReadonlySet<string> | null;
  readonly baseline: BaselineChoice;
  readonly options: Pick<EvalOptions, 'models' | 'repeat' | 'replay' | 'maxCost' | 'cache'>;
  /** The stored run that goes on: its cases and models are asked, and only what it has no answer for. */
  readonly continues: ContinuedRun | null;
}

/**
 * A request for a prompt as the editor has it. Throws UserError when its project cannot be used, or when the
 * run to continue has all its answers.
 */
export async function requestEval(
  prompt: PromptFile,
  { ids, baseline, options, continues }: EditorEval,
): Promise<EvalRequest> {
  const input = await openInput(prompt);
  // As on the command line: what was sent before is not paid for again.
  const cached = { cache: true, ...options };
  if (continues) {
    const run = await continueRun(input, continues);
    return { input, baseline: run.baseline, options: { ...cached, ...run.options } };
  }
  const isPartial = ids !== null && leavesOutCases(input, ids);
  return {
    input,
    // A run of some cases is about these only.
    baseline: isPartial ? { kind: 'none' } : baseline,
    options: { ...cached, filter: filterByIds(isPartial ? ids : null) },
  };
}

/** Whether these ids are not all cases that a whole run asks. */
function leavesOutCases(input: PromptInput, ids: ReadonlySet<string>): boolean {
  const plan = { rows: collectRows(input), models: [] };
  const selected = createPlan(input.prompt, { ...plan, filter: filterByIds(ids) });
  const whole = createPlan(input.prompt, { ...plan, filter: filterByIds(null) });
  const known = new Set(selected.cases.map(({ id }) => id));
  return (
    whole.cases.length !== selected.cases.length || whole.cases.some(({ id }) => !known.has(id))
  );
}
