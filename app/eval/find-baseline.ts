import { sharesInterface, VSCODE_MODELS } from '#core/eval/compare/compare.ts';
import type { RunResults } from '#core/eval/compare/comparison.ts';
import { computeHashes, type Hashes } from '#core/eval/hashes.ts';
import { assessRun } from '#core/eval/report/assess-run.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import { promptIdOf } from '../prompt/prompt-input.ts';
import { readBaselinePrompt } from './baseline-prompt.ts';
import type { EvalWorld } from './eval-world.ts';
import {
  createBaselineAssessment,
  describePassedOver,
  originsOf,
  type PassedOverRun,
  type PickedRun,
  pickBaseline,
} from './pick-run.ts';
import { type PreparedEval, prepareEval } from './prepare-eval.ts';
import { readStoredResults } from './stored-results.ts';

/** What a run is compared with: a finished run, or a prompt that has to be run first. */
export type Baseline =
  | {
      readonly kind: 'stored';
      readonly results: RunResults;
      /** Newer runs that are not fit to compare with. */
      readonly passedOver: readonly PassedOverRun[];
    }
  | { readonly kind: 'to-run'; readonly prepared: PreparedEval };

export interface BaselineSearch {
  readonly world: EvalWorld;
  readonly signal: AbortSignal;
  /** What to do where no run of the baseline is stored. */
  readonly whenMissing: 'refuse' | 'run';
  /** With `last`: only runs that sent what has this hash. */
  readonly prompt?: Hashes['prompt'] | undefined;
}

/**
 * What `spec` specifies (`last`, a run's id, a prompt file, a published version or label, a git revision),
 * found before anything is called. Throws UserError when it does not exist or cannot be compared.
 */
export async function findBaseline(
  spec: string,
  prepared: PreparedEval,
  { world, signal, whenMissing, prompt: only }: BaselineSearch,
): Promise<Baseline> {
  const { input, plan, store, maxErrorRate } = prepared;
  const named = await findNamedRun(spec, prepared, only);
  if (named?.run) return await readStored(named.run, named.passedOver, prepared, signal);
  const before = await readBaselinePrompt(spec, input, world);
  const { prompt } = computeHashes(before.input.prompt);
  const runs = await store.list(promptIdOf(before.input));
  const { run: found, passedOver } = pickBaseline(runs, prepared, {
    prompt,
    model: before.input.prompt.model,
  });
  if (found) return await readStored(found, passedOver, prepared, signal);
  // Somebody else's run of it, if it was judged by the same evaluators.
  const attached = before.attached.findLast(
    (one) =>
      one.run.hashes.checks === plan.hashes.checks &&
      one.run.replay === prepared.isReplay &&
      sharesInterface(one.run, originsOf(plan)) &&
      assessRun('baseline', one, { maxErrorRate }).length === 0,
  );
  if (attached) return { kind: 'stored', results: attached, passedOver };
  if (whenMissing === 'refuse')
    throw new UserError(
      `${input.path}: no run of ${before.input.path} is fit to compare with${passedOver.length === 0 ? '' : ` (${describePassedOver(passedOver)})`}: --run-baseline runs it first, on the same cases.`,
    );
  const first = await prepareEval(before.input, prepared.options, world);
  if (!sharesInterface(originsOf(first.plan), originsOf(plan))) {
    first.close();
    throw new UserError(
      `${input.path}: only one of it and ${before.input.path} uses ${VSCODE_MODELS}. Run both on the same model with --model.`,
    );
  }
  return { kind: 'to-run', prepared: first };
}

/** The run that `last` or a run's id specifies; null when `spec` is neither. */
async function findNamedRun(
  spec: string,
  prepared: PreparedEval,
  prompt: Hashes['prompt'] | undefined,
): Promise<PickedRun | null> {
  const { store, input, options } = prepared;
  if (spec === 'last') {
    const runs = await store.list(promptIdOf(input));
    const { run, rescore, retryErrors } = options.resume ?? {};
    const except = run ?? (rescore || retryErrors ? runs[0]?.id : undefined);
    const last = pickBaseline(runs, prepared, {
      except,
      ...(prompt === undefined ? {} : { prompt }),
    });
    if (last.run) return last;
    const why = last.passedOver.length === 0 ? '' : `: ${describePassedOver(last.passedOver)}`;
    throw new UserError(`${input.path}: no earlier run is fit to compare with${why}.`);
  }
  if (!/^\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(spec)) return null;
  const named = (await store.list()).find(({ id }) => id === spec);
  if (!named?.summary)
    throw new UserError(`${input.path}: ${named?.error ?? `finished run ${spec} does not exist`}.`);
  const problems = createBaselineAssessment(prepared)(named.summary);
  if (problems.length > 0)
    throw new UserError(
      `${input.path}: run ${spec} is not fit to compare with: ${problems.map(({ text }) => text).join(', ')}.`,
    );
  return { run: named.summary.run, passedOver: [] };
}

async function readStored(
  run: RunHeader,
  passedOver: readonly PassedOverRun[],
  prepared: PreparedEval,
  signal: AbortSignal,
): Promise<Baseline> {
  return { kind: 'stored', results: await readResults(run, prepared, signal), passedOver };
}

async function readResults(
  { id, promptId, origins }: RunHeader,
  prepared: PreparedEval,
  signal: AbortSignal,
): Promise<RunResults> {
  const { plan, path } = prepared;
  // Reported before anything is called.
  if (!sharesInterface({ origins }, originsOf(plan)))
    throw new UserError(`${path}: only one of this run and ${id} uses ${VSCODE_MODELS}.`);
  const results = await readStoredResults({ promptId, id }, prepared, signal).catch(
    (error: Error) => ({ error: error.message }),
  );
  if ('error' in results) throw new UserError(`${path}: ${results.error}.`);
  const known = new Set(results.cases.map((one) => one.id));
  if (!plan.cases.some((one) => known.has(one.id)))
    throw new UserError(`${path}: run ${id} contains none of these cases; nothing to compare.`);
  return results;
}
