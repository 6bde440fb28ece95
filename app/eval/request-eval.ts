import { parseJobId } from '#core/eval/ids.ts';
import { UserError } from '#core/user-error.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { type PromptInput, promptIdOf } from '../prompt/prompt-input.ts';
import { filterByIds } from './case-filter.ts';
import type { BaselineChoice } from './choose-baseline.ts';
import type { EvalOptions } from './eval-options.ts';
import type { EvalRequest } from './evaluate-prompt.ts';

/** How an editor evaluates a prompt. */
export interface EditorEval {
  /** Case ids; null: all but the holdout. */
  readonly ids: ReadonlySet<string> | null;
  readonly baseline: BaselineChoice;
  readonly options: Pick<EvalOptions, 'models' | 'repeat' | 'replay' | 'maxCost' | 'cache'>;
  /** Only the cases of the newest run that errored, as part of that run. */
  readonly retryErrors: boolean;
}

/** A request for a prompt as the editor has it. Throws UserError when its project cannot be used, or nothing errored. */
export async function requestEval(
  prompt: PromptFile,
  { ids, baseline, options, retryErrors }: EditorEval,
): Promise<EvalRequest> {
  const input = await openInput(prompt);
  // As on the command line: what was sent before is not paid for again.
  const cached = { cache: true, ...options };
  return {
    input,
    baseline,
    options: retryErrors
      ? { ...cached, ...(await readErroredCases(input)) }
      : { ...cached, filter: filterByIds(ids) },
  };
}

/** Options that send the errored cases of the newest run again. */
async function readErroredCases(input: PromptInput): Promise<EvalOptions> {
  const store = openRunStore(input.project.root);
  const promptId = promptIdOf(input);
  const [last] = await store.list(promptId);
  if (!last?.summary) throw new UserError(`${input.path}: no run is stored yet.`);
  const jobs = new Set<string>();
  for await (const event of store.events(promptId, last.id)) {
    if (event.t !== 'score') continue;
    if (event.outcome === 'errored') jobs.add(event.job);
    else jobs.delete(event.job);
  }
  const ids = new Set([...jobs].flatMap((job) => parseJobId(job)?.case ?? []));
  if (ids.size === 0) throw new UserError(`${input.path}: no case of the last run errored.`);
  const { models, repeat, replay } = last.summary.run;
  return {
    models,
    repeat,
    replay,
    filter: { ids },
    resume: { run: last.id, retryErrors: true },
  };
}
