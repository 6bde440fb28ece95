import type { Model } from '#core/eval/model.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { listJudges } from '#core/eval/run/judges.ts';
import { priceUsage } from '#core/models/cost.ts';
import type { Counter } from '#core/tokens/counter.ts';
import { UserError } from '#core/user-error.ts';
import { getDataFolder } from '#io/data-folder.ts';
import {
  createRecordingModel,
  createReplayModel,
  getRecordingsPath,
  readRecordings,
} from '#io/models/recordings.ts';
import { ResponseCache } from '#io/models/response-cache.ts';
import { createBoundedRegex } from '#io/regex.ts';
import { systemClock } from '#io/system-clock.ts';
import type { ModelAccess } from '../models/access.ts';
import { createAccessModel } from '../models/access-model.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';
import { PromptKnowledge, today } from '../prompt/prompt-knowledge.ts';
import type { EvalOptions } from './eval-options.ts';
import { findTarget } from './plan-eval.ts';

/** What the ports of a run are made from. */
export interface PortSources {
  readonly settings: PromptInput['settings'];
  readonly access: ModelAccess;
  readonly model: Model;
  readonly cache?: ResponseCache | null;
  readonly isReplay?: boolean;
  /** Default: today's prices and token tables, loaded for this run. */
  readonly knowledge?: PromptKnowledge | undefined;
}

/** What a run needs from the outside: prices and token tables are loaded. */
export async function openPorts(planned: Plan, sources: PortSources): Promise<RunPorts> {
  const { settings, access, model, cache = null, isReplay = false } = sources;
  const { knowledge = new PromptKnowledge(today()) } = sources;
  const models = await knowledge.catalogue(settings.models);
  const counters = new Map<string, Counter>();
  for (const id of [...planned.models.map((target) => target.id), ...listJudges(planned)])
    counters.set(id, await knowledge.counter(id, models));
  return {
    model,
    ...(cache ? { cache } : {}),
    clock: systemClock,
    random: Math.random,
    regex: createBoundedRegex(),
    countTokens: (text, id) => counters.get(id)?.count(text) ?? null,
    costOf: (id, usage) => priceUsage(usage, models.find(id)?.prices ?? null),
    resolveModel: (id) => findTarget(access, id, isReplay),
  };
}

/** The model, recorded or replayed as the options request; `close` closes its connections. */
export async function openModel(
  { file }: Pick<PromptInput, 'file'>,
  { replay = false, record = false }: Pick<EvalOptions, 'replay' | 'record'>,
  access: ModelAccess,
): Promise<{ model: Model; close: () => void }> {
  if (file !== null && replay) {
    const recordings = await readRecordings(getRecordingsPath(file)).catch((error: Error) => {
      throw new UserError(`${error.message}.`);
    });
    return { model: createReplayModel(recordings), close: () => {} };
  }
  const model = createAccessModel(access);
  const recorded =
    file !== null && record
      ? createRecordingModel(model, getRecordingsPath(file), systemClock)
      : model;
  return { model: recorded, close: () => model.close() };
}

/**
 * The answers of earlier runs; null where they are not wanted: beside recordings, which are answers
 * themselves, and where the project excludes some values from being stored.
 */
export function openCache(
  { project, settings }: Pick<PromptInput, 'project' | 'settings'>,
  { cache = false, replay = false, record = false }: EvalOptions,
): ResponseCache | null {
  if (!cache || replay || record || (settings.runs.redact ?? []).length > 0) return null;
  return new ResponseCache(getDataFolder(project.root));
}
