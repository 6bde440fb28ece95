import { HOLDOUT } from '#core/eval/plan/holdout.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import { estimateRun, type RunEstimate } from '#core/eval/run/estimate-run.ts';
import { Redaction } from '#core/eval/run/redaction.ts';
import { UserError } from '#core/user-error.ts';
import type { ResponseCache } from '#io/models/response-cache.ts';
import { openRunStore, type RunStore } from '#io/runs/run-store.ts';
import { createSecretMask } from '#io/secrets.ts';
import type { ModelAccess } from '../models/access.ts';
import { readCallForecast } from '../prompt/forecast-prompt.ts';
import { collectRows, type PromptInput } from '../prompt/prompt-input.ts';
import { adoptRun } from './adopt-run.ts';
import type { EvalOptions, ResumeRequest } from './eval-options.ts';
import type { EvalWorld } from './eval-world.ts';
import { openCache, openModel, openPorts } from './open-ports.ts';
import { planEval, requireKeys } from './plan-eval.ts';
import { readResumed } from './resume-eval.ts';

/** USD above which a run is confirmed, where the settings do not set `eval.confirmAbove`. */
const CONFIRM_ABOVE = 0.1;

/** The most that a run may cost, USD, and what sets it. */
export interface CostLimit {
  readonly usd: number;
  readonly source: '--max-cost' | 'budget.maxCostPerRun';
}

/** One prompt's eval, ready to run: nothing is called yet. */
export interface PreparedEval {
  /** As reports show the file. */
  readonly path: string;
  readonly input: PromptInput;
  readonly options: EvalOptions;
  readonly plan: Plan;
  readonly ports: RunPorts;
  readonly access: ModelAccess;
  readonly cache: ResponseCache | null;
  /** The runs of the project. */
  readonly store: RunStore;
  readonly runEstimate: RunEstimate;
  /** What the project excludes from being stored; null: nothing. */
  readonly redaction: Redaction | null;
  /** Removes the secrets of the prompt from a text about the run. */
  readonly hideSecrets: (text: string) => string;
  /** The lowest of the cost limits that are set for the run; null: none. */
  readonly costLimit: CostLimit | null;
  /** The largest share of missing answers of a conclusive run, 0 to 1. */
  readonly maxErrorRate: number;
  /** USD above which the run is confirmed. */
  readonly confirmAbove: number;
  /** The stored run that is resumed; null: a new one begins. */
  readonly resumes: ResumeRequest | null;
  /** Answers come from recordings: nothing is called and nothing is spent. */
  readonly isReplay: boolean;
  /** Nothing is called, or nothing of it is spent: a replay, or a resumed run without a job left. */
  readonly isFree: boolean;
  /** Holdout cases that do not run. */
  readonly heldOut: number;
  /** Name and version of the program. */
  readonly tool: string;
  /** Closes connections. An eval that is not run has to be closed. */
  close(): void;
}

/**
 * Opens models, prices and token tables, and plans the cases; calls nothing. Throws UserError when something
 * is missing.
 */
export async function prepareEval(
  input: PromptInput,
  given: EvalOptions,
  world: EvalWorld,
): Promise<PreparedEval> {
  const { settings, project, prompt, path } = input;
  const store = openRunStore(project.root);
  const options = await adoptRun(input, given, store);
  const resumes = options.resume ?? null;
  checkInput(input, options);
  const access = await world.openAccess({ root: project.root, settings }).catch((error: Error) => {
    throw new UserError(error.message);
  });
  const planned = planEval(input, options, access);
  const redacted = settings.runs.redact ?? [];
  const redaction = redacted.length === 0 ? null : new Redaction(redacted, planned);
  const hideSecrets = await createSecretMask(prompt);
  const shared = { path, input, options, plan: planned, store, redaction, hideSecrets };
  const resumed = resumes && (await readResumed(shared, resumes));
  const { model, close } = await openModel(input, options, access);
  const cache = openCache(input, options);
  const isReplay = options.replay ?? false;
  const { knowledge } = world;
  const ports = await openPorts(planned, { settings, access, model, cache, isReplay, knowledge });
  const runEstimate = estimateRun(planned, ports, {
    forecast: await readCallForecast(input, options.judge),
    ...(cache ? { isCached: (request) => cache.has(request) } : {}),
    ...(resumed ? { earlier: resumed.earlier } : {}),
  });
  const isFree = isReplay || (resumed !== null && isCallFree(runEstimate));
  if (!isFree) requireKeys(planned, access, path);
  return {
    ...shared,
    resumes,
    ports,
    access,
    cache,
    runEstimate,
    costLimit: findCostLimit(options, prompt),
    maxErrorRate: chooseMaxErrorRate(input),
    confirmAbove: settings.eval.confirmAbove ?? CONFIRM_ABOVE,
    isReplay,
    isFree,
    heldOut: countHeldOut(input, options),
    tool: world.tool,
    close,
  };
}

function isCallFree({ calls }: RunEstimate): boolean {
  return calls.answers + calls.judges === 0;
}

/** The limit of the settings, which a file may tighten. */
export function chooseMaxErrorRate({
  settings,
  prompt,
}: Pick<PromptInput, 'settings' | 'prompt'>): number {
  const own = prompt.acceptance?.errorRate ?? Number.POSITIVE_INFINITY;
  return Math.min(settings.eval.errorRate ?? MAX_ERROR_RATE, own);
}

function checkInput({ path, file, settings, tests }: PromptInput, options: EvalOptions): void {
  if (file === null && (options.replay || options.record))
    throw new UserError(`${path}: recordings belong to a file, which this prompt does not have.`);
  const problem = tests.problems.find(({ severity }) => severity === 'error');
  if (problem)
    throw new UserError(
      `${path}: its test files have errors, so cases would be missing: ${problem.message}.`,
    );
  const redacted = settings.runs.redact ?? [];
  if (options.record && redacted.length > 0)
    throw new UserError(
      `${path}: recordings contain whole answers, but \`runs.redact\` excludes the values of ${redacted.join(', ')} from being stored.`,
    );
}

function findCostLimit(
  { maxCost }: EvalOptions,
  { budget }: PromptInput['prompt'],
): CostLimit | null {
  const own = budget?.maxCostPerRun;
  if (own !== undefined && own <= (maxCost ?? own))
    return { usd: own, source: 'budget.maxCostPerRun' };
  return maxCost === undefined ? null : { usd: maxCost, source: '--max-cost' };
}

function countHeldOut(input: PromptInput, { filter }: EvalOptions): number {
  if (!filter?.withoutTags?.includes(HOLDOUT)) return 0;
  return collectRows(input).filter(({ meta }) => meta.tags.includes(HOLDOUT)).length;
}
