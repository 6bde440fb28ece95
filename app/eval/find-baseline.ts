import { type RunResults, sharesInterface, VSCODE_MODELS } from '#core/eval/compare/compare.ts';
import { computeHashes } from '#core/eval/hashes.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { UserError } from '#core/user-error.ts';
import { promptIdOf } from '../prompt/prompt-input.ts';
import { readBaselinePrompt } from './baseline-prompt.ts';
import type { EvalWorld } from './eval-world.ts';
import { originsOf, pickLastRun, pickRunOf } from './pick-run.ts';
import { type PreparedEval, prepareEval } from './prepare-eval.ts';
import { readStoredResults } from './stored-results.ts';

/** What a run is compared with: a finished run, or a prompt that has to be run first. */
export type Baseline =
  | { readonly kind: 'stored'; readonly results: RunResults }
  | { readonly kind: 'to-run'; readonly prepared: PreparedEval };

export interface BaselineSearch {
  readonly world: EvalWorld;
  readonly signal: AbortSignal;
  /** What to do where no run of the baseline is stored. */
  readonly whenMissing: 'refuse' | 'run';
}

/**
 * What `spec` specifies (`last`, a run's id, a prompt file, a published version or label, a git revision),
 * found before anything is called. Throws UserError when it does not exist or cannot be compared.
 */
export async function findBaseline(
  spec: string,
  prepared: PreparedEval,
  { world, signal, whenMissing }: BaselineSearch,
): Promise<Baseline> {
  const { input, plan, store } = prepared;
  const named = await findNamedRun(spec, prepared);
  if (named) return { kind: 'stored', results: await readResults(named, prepared, signal) };
  const before = await readBaselinePrompt(spec, input, world);
  const { prompt } = computeHashes(before.input.prompt);
  const found = pickRunOf(prompt, await store.list(promptIdOf(before.input)), plan);
  if (found) return { kind: 'stored', results: await readResults(found, prepared, signal) };
  // Somebody else's run of it, if it was judged by the same evaluators.
  const attached = before.attached.findLast(
    ({ end, run }) =>
      end === 'done' &&
      run.hashes.checks === plan.hashes.checks &&
      sharesInterface(run, originsOf(plan)),
  );
  if (attached) return { kind: 'stored', results: attached };
  if (whenMissing === 'refuse')
    throw new UserError(
      `${input.path}: no finished run of ${before.input.path} is stored: --run-baseline runs it first, on the same cases.`,
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
  { store, input, plan, options }: PreparedEval,
): Promise<RunHeader | null> {
  if (spec === 'last') {
    const runs = await store.list(promptIdOf(input));
    const { run, rescore, retryErrors } = options.resume ?? {};
    const last = pickLastRun(runs, plan, run ?? (rescore || retryErrors ? runs[0]?.id : undefined));
    if (last) return last;
    throw new UserError(`${input.path}: no earlier finished run to compare with.`);
  }
  if (!/^\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(spec)) return null;
  const named = (await store.list()).find(({ id }) => id === spec);
  if (!named?.summary)
    throw new UserError(`${input.path}: ${named?.error ?? `finished run ${spec} does not exist`}.`);
  return named.summary.run;
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
