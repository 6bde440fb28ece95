import { listConnections } from '#core/eval/connections.ts';
import { createRunId } from '#core/eval/ids.ts';
import { CaseLog } from '#core/eval/report/case-log.ts';
import { Report } from '#core/eval/report/report.ts';
import type { EarlierPart } from '#core/eval/run/run-options.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import type { RunWriter } from '#io/runs/run-writer.ts';
import { pathInProject, promptIdOf } from '../prompt/prompt-input.ts';
import type { PreparedEval } from './prepare-eval.ts';
import { readDerived, readResumed, readShard } from './resume-eval.ts';

/** A run that is stored from now on. */
export interface BegunRun {
  readonly header: RunHeader;
  /** What the run has done before, where it is resumed. */
  readonly earlier?: EarlierPart;
  /** The run so far. */
  readonly report: Report;
  readonly log: CaseLog;
  readonly writer: RunWriter;
}

/** Starts a new run, or the stored one that is resumed. Throws UserError when it cannot be stored or resumed. */
export async function beginRun(prepared: PreparedEval): Promise<BegunRun> {
  const { store, path, input, resumes } = prepared;
  const refuse = (error: NodeJS.ErrnoException): never => {
    throw new UserError(
      error.code === undefined
        ? `${path}: ${error.message}.`
        : `${path}: the run cannot be stored in .promptsmith of the project, so nothing was called: ${error.message}.`,
    );
  };
  if (!resumes) {
    const header = createHeader(prepared);
    const writer = await store.create(header).catch(refuse);
    return { header, report: new Report(), log: new CaseLog(), writer };
  }
  const writer = await store.reopen(promptIdOf(input), resumes.run ?? '').catch(refuse);
  try {
    // Another process may have written it until it was locked.
    return { ...(await readResumed(prepared, resumes)), writer };
  } catch (error) {
    await writer.close(null);
    throw error;
  }
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
    connections: listConnections(models),
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
