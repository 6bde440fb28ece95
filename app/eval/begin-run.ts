import { createRunId } from '#core/eval/ids.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { Report } from '#core/eval/report/report.ts';
import type { EarlierPart } from '#core/eval/run/run-options.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import type { RunWriter } from '#io/runs/run-writer.ts';
import { pathInProject, promptIdOf } from '../prompt/prompt-input.ts';
import { findResumable } from './adopt-run.ts';
import type { ResumeRequest } from './eval-options.ts';
import { findResumeProblem } from './find-resume-problem.ts';
import type { PreparedEval } from './prepare-eval.ts';
import { resumeRun } from './resume-run.ts';

/** A run that is stored from now on. */
export interface BegunRun {
  readonly header: RunHeader;
  /** What the run has done before, where it is resumed. */
  readonly earlier?: EarlierPart;
  /** The run so far. */
  readonly report: Report;
  readonly writer: RunWriter;
}

/** Starts a new run, or the stored one that is resumed. Throws UserError when it cannot be stored or resumed. */
export async function beginRun(prepared: PreparedEval): Promise<BegunRun> {
  const { store, path } = prepared;
  const { resume } = prepared.options;
  const begun = resume
    ? await resumeStored(prepared, resume)
    : { header: createHeader(prepared), report: new Report() };
  const { header } = begun;
  const writer = await (resume
    ? store.reopen(header.promptId, header.id)
    : store.create(header)
  ).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      error.code === undefined
        ? `${path}: ${error.message}.`
        : `${path}: the run cannot be stored in .promptsmith of the project, so nothing was called: ${error.message}.`,
    );
  });
  return { ...begun, writer };
}

function createHeader(prepared: PreparedEval): RunHeader {
  const { input, plan, options, isReplay, isFree, runEstimate, tool } = prepared;
  const path = pathInProject(input);
  const now = new Date();
  const { hashes, models, repeat, seed, judge, cases } = plan;
  return {
    id: createRunId(now, Math.random()),
    promptId: promptIdOf(input),
    path,
    hashes,
    models: models.map((model) => model.id),
    model: plan.document.model,
    ...(judge === null ? {} : { judge }),
    origins: [...new Set(models.map(({ origin }) => origin))],
    repeat,
    seed,
    tool,
    at: now.toISOString(),
    ...(isFree || !runEstimate.cost ? {} : { expectedCost: runEstimate.cost.median }),
    replay: isReplay,
    cases: cases.length,
    leftOut: plan.leftOut,
    ...(plan.allowMissing ? { allowMissing: true as const } : {}),
    ...readDerived(plan),
    ...readShard(options),
  };
}

async function resumeStored(
  { path, input, store, plan, options, redaction }: PreparedEval,
  request: ResumeRequest,
): Promise<Omit<BegunRun, 'writer'>> {
  const id = promptIdOf(input);
  const runs = await store.list(id);
  const last = findResumable(runs, request);
  const { run: wanted, rescore = false, retryErrors = false } = request;
  if (!last)
    throw new UserError(
      wanted === undefined
        ? `${path}: no unfinished run to resume.`
        : `${path}: run ${wanted} does not exist.`,
    );
  const resumed = await resumeRun(store, { promptId: id, id: last.id }, plan.hashes, {
    rescore,
    retryErrors,
    redaction,
    derived: readDerived(plan),
  }).catch((error: Error) => ({ error: error.message }));
  if ('error' in resumed) throw new UserError(`${path}: ${resumed.error}.`);
  const problem = findResumeProblem(resumed.header, { ...plan, ...readShard(options) });
  if (problem !== null) throw new UserError(`${path}: ${last.id} ${problem}.`);
  return resumed;
}

/** The part of the cases that runs, as a run's header stores it. */
function readShard({ filter }: PreparedEval['options']): Pick<RunHeader, 'shard'> {
  const { shard } = filter ?? {};
  return shard ? { shard: `${shard.index}/${shard.of}` } : {};
}

/** The metrics computed from the means of others, as a run's header stores them. */
function readDerived({ document }: Plan): Pick<RunHeader, 'derived'> {
  const named = document.derivedMetrics.map(({ name, text }) => [name, text] as const);
  return named.length === 0 ? {} : { derived: Object.fromEntries(named) };
}
