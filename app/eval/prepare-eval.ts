import type { Comparison, RunResults } from '#core/eval/compare/compare.ts';
import { computeHashes } from '#core/eval/hashes.ts';
import { derivePromptId, parseJobId } from '#core/eval/ids.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import type { Evaluator } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { UserError } from '#core/user-error.ts';
import { readTextFile, resolvePath } from '#io/files.ts';
import { RunStore } from '#io/runs/run-store.ts';
import { findChangedPrompts } from '../prompt/changed-prompts.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { collectRows, type PromptInput, pathInProject } from '../prompt/prompt-input.ts';
import { type Baseline, prepareBaseline } from './baseline.ts';
import { type GoldenCase, goldenCases } from './cases.ts';
import { compareWith, marginOf, resultsOf } from './comparison.ts';
import { defaultBaselines } from './default-baseline.ts';
import type { EvalEstimate } from './estimate.ts';
import type { EvalOptions, EvalWorld } from './options.ts';
import { type EvalOutcome, EvalSession } from './session.ts';
import { HOLDOUT } from './setup.ts';

/** What a run is compared with. */
export type BaselineChoice =
  | { readonly kind: 'none' }
  /**
   * What is in production, else the file at HEAD, when they send something else; else the last run. Nothing
   * is run for it unless `runs`.
   */
  | { readonly kind: 'default'; readonly runs: boolean }
  /** `last`, a run's id, a prompt file, a git revision; run first where no run of it is stored. */
  | { readonly kind: 'named'; readonly spec: string };

export interface EvalRequest extends PromptFile {
  /** Case ids; null: all but the holdout. */
  readonly ids: ReadonlySet<string> | null;
  readonly baseline: BaselineChoice;
  readonly options: Pick<EvalOptions, 'models' | 'repeat' | 'replay' | 'maxCost' | 'cache'>;
  /** Only the cases of the newest run that errored, as part of that run. */
  readonly retryErrors: boolean;
}

/** An eval that can begin. */
export interface ReadyEval {
  readonly session: EvalSession;
  readonly baseline: Baseline | null;
  /** What is compared with, in words. */
  readonly baselineName: string | null;
  readonly margin: number;
  readonly estimate: EvalEstimate;
  /** Case ids that run; the others of the file stay out. */
  readonly ids: ReadonlySet<string>;
}

export interface FinishedEval {
  readonly outcome: EvalOutcome;
  readonly comparisons: readonly Comparison[];
}

/** Cases of the file and of its test files. */
export async function casesOf(prompt: PromptFile): Promise<GoldenCase[]> {
  const input = await openInput(prompt);
  const rows = collectRows(input);
  const texts = new Map<string | null, string>([[null, prompt.text]]);
  for (const file of new Set(rows.flatMap((row) => row.file ?? []))) {
    const read = await readTextFile(resolvePath(input.project.root, file));
    if ('text' in read) texts.set(file, read.text);
  }
  return goldenCases(rows, (file) => texts.get(file)).map((one) => ({
    ...one,
    file: one.file === null ? null : resolvePath(input.project.root, one.file),
  }));
}

/** Everything that has to be known before money is spent. Throws UserError when it cannot run. */
export async function prepareEval(
  request: EvalRequest,
  world: Omit<EvalWorld, 'cwd'>,
  signal: AbortSignal,
): Promise<ReadyEval> {
  const input = await openInput(request);
  const [problem] = input.tests.problems.filter(({ severity }) => severity === 'error');
  if (problem) throw new UserError(`${input.path}: ${problem.message}.`);
  const own = { ...world, cwd: request.cwd };
  const options = await optionsOf(request, input);
  const session = await EvalSession.prepare(input, options, own);
  try {
    if (session.cases === 0)
      throw new UserError(
        `${input.path}: no golden cases to run: add rows under \`testData\` or \`testFiles\`.`,
      );
    const found = await baselineOf(request.baseline, session, options, own, signal);
    return {
      session,
      baseline: found?.baseline ?? null,
      baselineName: found?.name ?? null,
      margin: marginOf(session),
      estimate: estimateOf([
        session,
        ...(found?.baseline.kind === 'to-run' ? [found.baseline.session] : []),
      ]),
      ids: new Set(session.plan.cases.map(({ id }) => id)),
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** Runs the baseline where it has to run, then the prompt, and compares. */
export async function runEval(
  { session, baseline, margin }: ReadyEval,
  signal: AbortSignal,
  each: (event: RunEvent, isBaseline: boolean) => void,
): Promise<FinishedEval> {
  let base: RunResults | null = baseline?.kind === 'stored' ? baseline.results : null;
  if (baseline?.kind === 'to-run') {
    const before = await baseline.session
      .run(signal, (event) => each(event, true))
      .finally(() => signal.aborted && session.close());
    if (before.summary.end !== 'done') {
      session.close();
      return { outcome: before, comparisons: [] };
    }
    base = resultsOf(before);
  }
  const outcome = await session.run(signal, (event) => each(event, false));
  const comparisons = base ? await compareWith(base, outcome, session, margin) : [];
  return { outcome, comparisons };
}

/** Lets go of an eval that is not run after all. */
export function closeEval({ session, baseline }: ReadyEval): void {
  session.close();
  if (baseline?.kind === 'to-run') baseline.session.close();
}

/** USD that the runs of a prompt's project have spent since a time in ms; unknown prices count nothing. */
export async function spentSince({ session }: ReadyEval, time: number): Promise<number> {
  const runs = await session.store.list();
  return runs.reduce((sum, { summary }) => {
    if (!summary || summary.run.replay || Date.parse(summary.run.at) < time) return sum;
    return sum + (summary.totals.cost ?? 0);
  }, 0);
}

/** Whether a prompt sends something else now than a stored run sent. */
export async function isStale(prompt: PromptFile, run: string): Promise<boolean> {
  const stored = (await storedRuns(prompt)).find(({ id }) => id === run);
  return stored?.summary?.run.hashes.prompt !== computeHashes(parsePrompt(prompt.text)).prompt;
}

/** The models that a prompt needs, and the project that says where they are. */
export async function modelsOf(prompt: PromptFile) {
  const { project, settings, prompt: parsed } = await openInput(prompt);
  const ids = [parsed.model, settings.eval.judge, ...parsed.evaluators.map(judgeNamed)];
  return {
    project: { root: project.root, settings },
    ids: ids.filter((id) => id !== null && id !== undefined),
  };
}

/** Whether a prompt or a test file of it says something else than at HEAD. Throws UserError without a HEAD. */
export async function hasChanged(prompt: PromptFile): Promise<boolean> {
  return (await findChangedPrompts([await openInput(prompt)], 'HEAD')).length > 0;
}

/** The stored runs of a prompt, newest first. */
export async function storedRuns(prompt: PromptFile) {
  const input = await openInput(prompt);
  const store = new RunStore(resolvePath(input.project.root, '.promptsmith'));
  return await store.list(derivePromptId(pathInProject(input), input.prompt.id));
}

async function optionsOf(request: EvalRequest, input: PromptInput): Promise<EvalOptions> {
  const { ids } = request;
  // As on the command line: what was asked before is not paid for again.
  const options = { cache: true, ...request.options };
  if (!request.retryErrors)
    return { ...options, filter: ids ? { ids } : { withoutTags: [HOLDOUT] } };
  const store = new RunStore(resolvePath(input.project.root, '.promptsmith'));
  const id = derivePromptId(pathInProject(input), input.prompt.id);
  const [last] = await store.list(id);
  if (!last?.summary) throw new UserError(`${input.path}: there is no run yet.`);
  const jobs = new Set<string>();
  for await (const event of store.events(id, last.id)) {
    if (event.t !== 'score') continue;
    if (event.outcome === 'errored') jobs.add(event.job);
    else jobs.delete(event.job);
  }
  const errored = new Set([...jobs].flatMap((job) => parseJobId(job)?.case ?? []));
  if (errored.size === 0)
    throw new UserError(`${input.path}: no case of the last run ended in an error.`);
  const { run } = last.summary;
  return {
    ...options,
    models: run.models,
    repeat: run.repeat,
    replay: run.replay,
    filter: { ids: errored },
    again: { run: last.id, retryErrors: true },
  };
}

async function baselineOf(
  choice: BaselineChoice,
  session: EvalSession,
  options: EvalOptions,
  world: EvalWorld,
  signal: AbortSignal,
): Promise<{ baseline: Baseline; name: string } | null> {
  switch (choice.kind) {
    case 'none':
      return null;
    case 'named': {
      const { spec } = choice;
      return {
        baseline: await prepareBaseline(spec, session, 'run', options, world, signal),
        name: spec,
      };
    }
    case 'default':
      return await defaultBaseline(choice.runs, session, options, world, signal);
    default:
      return choice satisfies never;
  }
}

/** Nobody asked for it by name: what cannot be compared is passed over. */
async function defaultBaseline(
  runs: boolean,
  session: EvalSession,
  options: EvalOptions,
  world: EvalWorld,
  signal: AbortSignal,
): Promise<{ baseline: Baseline; name: string } | null> {
  const whenMissing = runs ? 'run' : 'refuse';
  for (const { spec, name } of await defaultBaselines(session.input, session.plan.hashes.prompt)) {
    try {
      const baseline = await prepareBaseline(spec, session, whenMissing, options, world, signal);
      return { baseline, name };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return null;
}

function estimateOf(sessions: readonly EvalSession[]): EvalEstimate {
  const paid = sessions.filter(({ isFree }) => !isFree);
  const unknown = new Set(paid.flatMap(({ forecast }) => forecast.unknownPrices));
  const sum = (of: (one: EvalSession) => number) => paid.reduce((total, one) => total + of(one), 0);
  return {
    isFree: paid.length === 0,
    calls: sum(({ forecast: { calls } }) => calls.answers + calls.judges),
    cost: unknown.size > 0 ? null : sum(({ forecast }) => forecast.cost?.median ?? 0),
    highest: unknown.size > 0 ? null : sum(({ forecast }) => forecast.cost?.max ?? 0),
    unknownPrices: [...unknown],
    limit: sessions[0]?.maxCost ?? null,
    confirmAbove: sessions[0]?.input.settings.eval.confirmAbove ?? null,
  };
}

function judgeNamed({ body }: Evaluator): string | null {
  return body.type === 'llm' ? body.modelId : null;
}
