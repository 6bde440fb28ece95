import { join } from 'node:path';
import type { Model } from '#core/eval/model.ts';
import type { CaseFilter, Plan } from '#core/eval/plan/plan.ts';
import type { ModelTarget, RunPorts } from '#core/eval/ports.ts';
import type { CaseSummary } from '#core/eval/report/report.ts';
import { listJudges } from '#core/eval/run/judges.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { costOfUsage } from '#core/models/cost.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import type { Counter } from '#core/tokens/counter.ts';
import { UserError } from '#core/user-error.ts';
import {
  readRecordings,
  recordingModel,
  recordingsPath,
  replayModel,
} from '#io/models/recordings.ts';
import { ResponseCache } from '#io/models/response-cache.ts';
import { boundedRegex } from '#io/regex.ts';
import { systemClock } from '#io/system-clock.ts';
import { MAX_TEST_ROWS } from '#io/test-files.ts';
import type { ModelAccess } from '../models/access.ts';
import { accessModel } from '../models/access-model.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';
import { PromptKnowledge, today } from '../prompt/prompt-knowledge.ts';
import type { EvalOptions } from './options.ts';

/** The models to run on. Throws UserError when there is none. */
export function modelsOf(
  { model, candidates }: Pick<PromptDocument, 'model' | 'candidates'>,
  { models = [], candidates: all = false }: Pick<EvalOptions, 'models' | 'candidates'>,
  path: string,
): readonly string[] {
  if (models.length > 0) return models;
  const ids = [...(model === null ? [] : [model]), ...(all ? candidates.map(({ id }) => id) : [])];
  if (ids.length === 0)
    throw new UserError(`${path}: no model: add \`model:\` to the file, or give --model.`);
  return [...new Set(ids)];
}

/** Where calls of a model go. Throws UserError when no provider serves it. */
export function targetOf(
  id: string,
  access: ModelAccess,
  isReplay: boolean,
  path: string,
): ModelTarget {
  const target = access.target(id);
  if (!('error' in target)) return target;
  // A replay calls nobody: it needs no provider.
  if (isReplay) return { id, provider: 'recordings', origin: 'recordings', model: id };
  throw new UserError(`${path}: ${target.error}.`);
}

/** Which part of the cases runs, as a run's header has it. */
export function shardIn({ filter }: Pick<EvalOptions, 'filter'>): Pick<RunHeader, 'shard'> {
  const { shard } = filter ?? {};
  return shard ? { shard: `${shard.index}/${shard.of}` } : {};
}

/** Throws UserError when a run that is to go on has other cases than those asked for. */
export function checkShard(
  { id, shard }: RunHeader,
  asked: Pick<RunHeader, 'shard'>,
  path: string,
): void {
  if (shard === asked.shard) return;
  throw new UserError(
    `${path}: ${id} ${shard === undefined ? 'is no shard: leave --shard out' : `is the shard ${shard}: go on with --shard ${shard}`}.`,
  );
}

/** Throws UserError when `variants` make more cases than are run. */
export function checkSize({ cases }: Plan, path: string): void {
  if (cases.length <= MAX_TEST_ROWS) return;
  throw new UserError(
    `${path}: \`variants\` make ${cases.length} cases of its rows; at most ${MAX_TEST_ROWS} are run.`,
  );
}

/** Every model and judge must be callable before the first case is paid for. */
export function requireKeys(made: Plan, access: ModelAccess, path: string): void {
  const targets = [...made.models, ...listJudges(made).map((id) => access.target(id))];
  for (const target of targets) {
    if ('error' in target) throw new UserError(`${path}: ${target.error}.`);
    const missing = access.missing(target.provider);
    if (missing) throw new UserError(`${path}: ${missing.error}.`, missing.remedy);
  }
}

/** The model, recorded or replayed as asked; `close` lets go of its connections. */
export async function openModel(
  { file }: PromptInput,
  access: ModelAccess,
  isReplay: boolean,
  isRecorded: boolean,
): Promise<{ model: Model; close: () => void }> {
  if (file !== null && isReplay) {
    const recordings = await readRecordings(recordingsPath(file)).catch((error: Error) => {
      throw new UserError(`${error.message}.`);
    });
    return { model: replayModel(recordings), close: () => {} };
  }
  const model = accessModel(access);
  const recorded =
    file !== null && isRecorded ? recordingModel(model, recordingsPath(file), systemClock) : model;
  return { model: recorded, close: () => model.close() };
}

/**
 * The answers of earlier runs; null where they are not wanted: beside recordings, which are answers of
 * their own, and where the project lets some values not be stored.
 */
export function openCache(
  { project, settings }: PromptInput,
  { cache = false, replay = false, record = false }: EvalOptions,
): ResponseCache | null {
  if (!cache || replay || record || (settings.runs.redact ?? []).length > 0) return null;
  return new ResponseCache(join(project.root, '.promptsmith'), systemClock);
}

/** What a run needs of the world: prices and token tables are loaded. */
export async function portsFor(
  made: Plan,
  { settings }: Pick<PromptInput, 'settings'>,
  access: ModelAccess,
  isReplay: boolean,
  model: Model,
  cache: ResponseCache | null,
  knowledge = new PromptKnowledge(today()),
): Promise<RunPorts> {
  const models = await knowledge.catalogue(settings.models);
  const counters = new Map<string, Counter>();
  for (const id of [...made.models.map((target) => target.id), ...listJudges(made)])
    counters.set(id, await knowledge.counter(id, models));
  return {
    model,
    ...(cache ? { cache } : {}),
    clock: systemClock,
    random: Math.random,
    regex: boundedRegex(),
    countTokens: (text, id) => counters.get(id)?.count(text) ?? null,
    costOf: (id, usage) => costOfUsage(usage, models.find(id)?.prices ?? null),
    resolveModel: (id) => {
      const target = access.target(id);
      return 'error' in target && isReplay
        ? { id, provider: 'recordings', origin: 'recordings', model: id }
        : target;
    },
  };
}

/** The figures that a run makes from the means of metrics, as its header has them. */
export function derivedIn({ document }: Plan): Pick<RunHeader, 'derived'> {
  const named = document.derivedMetrics.map(({ name, text }) => [name, text] as const);
  return named.length === 0 ? {} : { derived: Object.fromEntries(named) };
}

/** Cases with this tag run in gates and in CI only, so that nobody tunes a prompt to them. */
export const HOLDOUT = 'holdout';

/** Reads `--filter`. Holdout cases stay out unless `isGate`, or unless the filter names their tag. */
export function filterOf(filters: readonly string[], isGate: boolean): CaseFilter {
  const tags = filters
    .filter((filter) => filter.startsWith('tag:'))
    .map((filter) => filter.slice(4));
  const names = filters.filter((filter) => !filter.startsWith('tag:'));
  return {
    ...(names.length > 0 ? { names } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(isGate || tags.includes(HOLDOUT) ? {} : { withoutTags: [HOLDOUT] }),
  };
}

/** What is said where a run cannot begin to be stored: nothing has been called yet. */
export function notKept(path: string, error: NodeJS.ErrnoException): string {
  return error.code === undefined
    ? `${path}: ${error.message}.`
    : `${path}: the run cannot be kept, so nothing was called: ${error.message}. Runs are kept in .promptsmith of the project.`;
}

/** Cases end in any order; reports show them as the file does. */
export function inFileOrder(
  cases: readonly CaseSummary[],
  { cases: planned }: Plan,
): CaseSummary[] {
  const place = new Map(planned.map(({ id }, i) => [id, i]));
  return [...cases].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}
