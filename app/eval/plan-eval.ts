import { createPlan, type Plan } from '#core/eval/plan/plan.ts';
import type { ModelTarget } from '#core/eval/ports.ts';
import { listJudges } from '#core/eval/run/judges.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { UserError } from '#core/user-error.ts';
import { MAX_TEST_ROWS } from '#io/test-files.ts';
import type { ModelAccess } from '../models/access.ts';
import { collectRows, type PromptInput } from '../prompt/prompt-input.ts';
import type { EvalOptions } from './eval-options.ts';

/**
 * The cases and models of an eval. Throws UserError when there is no model, when a model or a judge cannot be
 * called, and when there are too many cases.
 */
export function planEval(input: PromptInput, options: EvalOptions, access: ModelAccess): Plan {
  const { prompt, settings, path } = input;
  const isReplay = options.replay ?? false;
  const judge = options.judge ?? settings.eval.judge;
  const models = chooseModels(prompt, options);
  if (models.length === 0)
    throw new UserError(`${path}: no model: add \`model:\` to the file, or pass --model.`);
  const planned = createPlan(prompt, {
    rows: collectRows(input),
    models: models.map((id) => {
      const target = findTarget(access, id, isReplay);
      if ('error' in target) throw new UserError(`${path}: ${target.error}.`);
      return target;
    }),
    repeat: options.repeat ?? settings.eval.repeat ?? 1,
    seed: options.seed ?? 0,
    filter: options.filter ?? {},
    ...(options.allowMissing ? { allowMissing: true } : {}),
    ...(judge === undefined ? {} : { judge }),
    ...(options.compat ? { compat: options.compat } : {}),
  });
  checkSize(planned, path);
  return planned;
}

/** Where calls of a model go. A replay calls nobody: it needs no provider. */
export function findTarget(
  access: ModelAccess,
  id: string,
  isReplay: boolean,
): ReturnType<ModelAccess['target']> {
  const target = access.target(id);
  if (!('error' in target) || !isReplay) return target;
  return { id, provider: 'recordings', origin: 'recordings', model: id } satisfies ModelTarget;
}

/** The ids of the models to run on. */
function chooseModels(
  { model, candidates }: Pick<PromptDocument, 'model' | 'candidates'>,
  options: Pick<EvalOptions, 'models' | 'candidates'>,
): readonly string[] {
  if (options.models && options.models.length > 0) return options.models;
  const others = options.candidates ? candidates.map(({ id }) => id) : [];
  return [...new Set([...(model === null ? [] : [model]), ...others])];
}

function checkSize({ cases }: Plan, path: string): void {
  if (cases.length <= MAX_TEST_ROWS) return;
  throw new UserError(
    `${path}: \`variants\` expand its rows to ${cases.length} cases; the maximum is ${MAX_TEST_ROWS}.`,
  );
}

/** Every model and judge must be callable before the first case is paid for. Throws UserError if one is not. */
export function requireKeys(planned: Plan, access: ModelAccess, path: string): void {
  const targets = [...planned.models, ...listJudges(planned).map((id) => access.target(id))];
  for (const target of targets) {
    if ('error' in target) throw new UserError(`${path}: ${target.error}.`);
    const missing = access.missing(target.provider);
    if (missing) throw new UserError(`${path}: ${missing.error}.`, missing.remedy);
  }
}
