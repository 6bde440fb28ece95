import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type RunResults, sharesInterface, VSCODE_MODELS } from '#core/eval/compare/compare.ts';
import { computeHashes } from '#core/eval/hashes.ts';
import { derivePromptId } from '#core/eval/ids.ts';
import type { Summary } from '#core/eval/report/report.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { UserError } from '#core/user-error.ts';
import { fileAtRevision } from '#io/git.ts';
import { Projects } from '../prompt/project.ts';
import { type PromptInput, pathInProject, readPromptInput } from '../prompt/prompt-input.ts';
import { openPublished, type PublishedInput, readReference } from '../registry/registry-input.ts';
import type { EvalOptions, EvalWorld } from './options.ts';
import { EvalSession } from './session.ts';
import { storedResults } from './stored-results.ts';

/** What a run is compared with: a finished run, or a prompt that has to be run first. */
export type Baseline =
  | { readonly kind: 'stored'; readonly results: RunResults }
  | { readonly kind: 'to-run'; readonly session: EvalSession };

/** What to do where no run of the baseline is stored. */
export type WhenMissing = 'refuse' | 'run';

/**
 * What `spec` names (`last`, a run's id, a prompt file, a published version or label, a git revision), found before anything is called.
 * Throws UserError when it is not there or its verdicts cannot be compared.
 */
export async function prepareBaseline(
  spec: string,
  session: EvalSession,
  whenMissing: WhenMissing,
  options: EvalOptions,
  world: EvalWorld,
  signal: AbortSignal,
): Promise<Baseline> {
  const { input } = session;
  const run = await runNamed(spec, session, options);
  if (run) return { kind: 'stored', results: await resultsOf(run, session, signal) };
  const published = await publishedNamed(spec, input, world);
  const before = published
    ? withCasesOf(input, published.input)
    : await inputNamed(spec, input, world.cwd);
  const found = await findRun(before, session);
  if (found) return { kind: 'stored', results: await resultsOf(found, session, signal) };
  // Somebody else's run of it, if it was judged by the same evaluators.
  const shared = published?.runs.findLast(
    ({ end, run }) =>
      end === 'done' &&
      run.hashes.checks === session.plan.hashes.checks &&
      sharesInterface(run, madeBy(session.plan)),
  );
  if (shared) return { kind: 'stored', results: shared };
  if (whenMissing === 'refuse')
    throw new UserError(
      `${input.path}: no finished run of ${before.path} is stored: --run-baseline runs it first, on the same cases.`,
    );
  const first = await EvalSession.prepare(before, options, world);
  if (!sharesInterface(madeBy(first.plan), madeBy(session.plan))) {
    first.close();
    throw new UserError(
      `${input.path}: only one of it and ${before.path} asks ${VSCODE_MODELS}. Give both the same model with --model.`,
    );
  }
  return { kind: 'to-run', session: first };
}

/** Where a run of the plan goes. */
function madeBy({ models }: EvalSession['plan']): Pick<RunHeader, 'origins'> {
  return { origins: models.map(({ origin }) => origin) };
}

/** The run that `last` or a run's id names; null when it is neither. */
async function runNamed(
  spec: string,
  { store, input, plan }: EvalSession,
  { again }: EvalOptions,
): Promise<RunHeader | null> {
  if (spec === 'last') {
    const runs = await store.list(idOf(input));
    // The run that goes on is no baseline of its own.
    const newest = again?.rescore || again?.retryErrors ? runs[0]?.id : undefined;
    const own = again?.run ?? newest;
    const done = runs.flatMap(({ id, summary }) =>
      summary?.end === 'done' && id !== own && sharesInterface(summary.run, madeBy(plan))
        ? [summary.run]
        : [],
    );
    // One case that was run alone is no run of the prompt.
    const last = done.find((run) => run.cases >= plan.cases.length) ?? done[0];
    if (last) return last;
    throw new UserError(`${input.path}: there is no earlier finished run to compare with.`);
  }
  if (!/^\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(spec)) return null;
  const named = (await store.list()).find(({ id }) => id === spec);
  if (!named?.summary)
    throw new UserError(`${input.path}: ${named?.error ?? `there is no finished run ${spec}`}.`);
  return named.summary.run;
}

/** The published version that `name@1.4.0`, or a version or label alone, names; null for anything else. */
async function publishedNamed(
  spec: string,
  input: PromptInput,
  world: EvalWorld,
): Promise<PublishedInput | null> {
  const reference = await readReference(spec, world.cwd, idOf(input));
  if (!reference) return null;
  const isCertain = spec.includes('@');
  // A word alone may as well be a git revision.
  if (!isCertain && input.file !== null && !('error' in (await fileAtRevision(input.file, spec))))
    return null;
  const found = await openPublished(reference, input.project, world);
  if (found || !isCertain) return found;
  throw new UserError(`${input.path}: ${spec} is not in the registry: see promptsmith log.`);
}

/** The prompt of another file or of a git revision, with the rows and evaluators of this one. */
async function inputNamed(spec: string, input: PromptInput, cwd: string): Promise<PromptInput> {
  const file = resolve(cwd, spec);
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) {
    const other = await readPromptInput(file, cwd, new Projects(cwd));
    if (other.prompt.kind !== 'prompt') throw new UserError(`${spec} is no prompt file.`);
    return withCasesOf(input, other);
  }
  if (input.file === null)
    throw new UserError(`standard input has no revision ${spec}: name a file.`);
  const read = await fileAtRevision(input.file, spec);
  if ('error' in read)
    throw new UserError(
      `${input.path}: ${spec} is no run, no file, no version or label, and no revision: ${read.error}.`,
    );
  const prompt = parsePrompt(read.text);
  if (prompt.kind !== 'prompt' || prompt.broken)
    throw new UserError(`${input.path} was no valid prompt file at ${spec}.`);
  return withCasesOf(input, { ...input, path: `${input.path} at ${spec}`, prompt });
}

function withCasesOf({ prompt, tests }: PromptInput, before: PromptInput): PromptInput {
  const { rows, evaluators } = prompt;
  return { ...before, prompt: { ...before.prompt, rows, evaluators, acceptance: null }, tests };
}

/** The newest finished run of just this prompt, those of all cases, the same models and evaluators first. */
async function findRun(
  before: PromptInput,
  { store, plan }: EvalSession,
): Promise<RunHeader | null> {
  const { prompt } = computeHashes(before.prompt);
  const runs = (await store.list(idOf(before))).flatMap(({ summary }) =>
    summary?.end === 'done' &&
    summary.run.hashes.prompt === prompt &&
    sharesInterface(summary.run, madeBy(plan))
      ? [summary.run]
      : [],
  );
  const models = plan.models.map(({ id }) => id).join();
  const fit = (run: RunHeader): number =>
    // A run of a few cases tells little of the others.
    (run.cases >= plan.cases.length ? 4 : 0) +
    (run.models.join() === models ? 2 : 0) +
    (run.hashes.checks === plan.hashes.checks ? 1 : 0);
  return runs.sort((a, b) => fit(b) - fit(a))[0] ?? null;
}

async function resultsOf(
  { id, promptId: prompt, origins }: Summary['run'],
  { store, plan, ports, path, redaction }: EvalSession,
  signal: AbortSignal,
): Promise<RunResults> {
  // Said before anything is called.
  if (!sharesInterface({ origins }, madeBy(plan)))
    throw new UserError(`${path}: only one of this run and ${id} asks ${VSCODE_MODELS}.`);
  const results = await storedResults(
    store,
    { promptId: prompt, id },
    plan,
    ports,
    signal,
    redaction,
  ).catch((error: Error) => ({ error: error.message }));
  if ('error' in results) throw new UserError(`${path}: ${results.error}.`);
  const known = new Set(results.cases.map((one) => one.id));
  if (!plan.cases.some((one) => known.has(one.id)))
    throw new UserError(`${path}: run ${id} has none of these cases: there is nothing to compare.`);
  return results;
}

function idOf(input: PromptInput): string {
  return derivePromptId(pathInProject(input), input.prompt.id);
}
