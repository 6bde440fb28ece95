import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunResults } from '#core/eval/compare.ts';
import { hashesOf } from '#core/eval/hashes.ts';
import { promptId } from '#core/eval/ids.ts';
import type { Summary } from '#core/eval/report.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { fileAtRevision } from '#io/git.ts';
import { storedResults } from '#io/stored-results.ts';
import { type Arguments, type CommandContext, UsageError } from './command.ts';
import { EvalSession } from './eval-session.ts';
import { type Input, pathInProject, readInputs } from './inputs.ts';

/** What a run is compared with: a finished run, or a prompt that has to be run first. */
export type Baseline =
  | { readonly t: 'stored'; readonly results: RunResults }
  | { readonly t: 'to-run'; readonly session: EvalSession };

/**
 * What `--baseline` names, found before anything is called; null without it. Throws UsageError when it is
 * not there or its verdicts cannot be compared.
 */
export async function prepareBaseline(
  session: EvalSession,
  input: Input,
  args: Arguments,
  context: CommandContext,
): Promise<Baseline | null> {
  const spec = args.text('baseline');
  if (spec === undefined) return null;
  const run = await runNamed(spec, session, input, args);
  if (run) return { t: 'stored', results: await resultsOf(run, session, context) };
  const before = await inputNamed(spec, input, context);
  const found = await findRun(before, session);
  if (found) return { t: 'stored', results: await resultsOf(found, session, context) };
  if (!args.flag('run-baseline'))
    throw new UsageError(
      `${input.path}: no finished run of ${before.path} is stored: --run-baseline runs it first, on the same cases.`,
    );
  return { t: 'to-run', session: await EvalSession.prepare(before, args, context) };
}

/** The run that `last` or a run's id names; null when it is neither. */
async function runNamed(
  spec: string,
  { store }: EvalSession,
  input: Input,
  args: Arguments,
): Promise<RunHeader | null> {
  if (spec === 'last') {
    const runs = await store.list(idOf(input));
    const again = args.flag('rescore') || args.flag('retry-errors') ? runs[0]?.id : undefined;
    // The run that goes on is no baseline of its own.
    const own = args.text('resume') || again;
    const last = runs.find(({ id, summary }) => summary?.end === 'done' && id !== own);
    if (last?.summary) return last.summary.run;
    throw new UsageError(`${input.path}: there is no earlier finished run to compare with.`);
  }
  if (!/^\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(spec)) return null;
  const named = (await store.list()).find(({ id }) => id === spec);
  if (!named?.summary)
    throw new UsageError(`${input.path}: ${named?.error ?? `there is no finished run ${spec}`}.`);
  return named.summary.run;
}

/** The prompt of another file or of a git revision, with the rows and evaluators of this one. */
async function inputNamed(spec: string, input: Input, context: CommandContext): Promise<Input> {
  const isFile = await stat(resolve(context.cwd, spec)).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) {
    const [other] = await readInputs([spec], context);
    if (other?.prompt.kind !== 'prompt') throw new UsageError(`${spec} is no prompt file.`);
    return withCasesOf(input, other);
  }
  if (input.file === null)
    throw new UsageError(`standard input has no revision ${spec}: name a file.`);
  const read = await fileAtRevision(input.file, spec);
  if ('error' in read)
    throw new UsageError(
      `${input.path}: --baseline ${spec} is no run, no file and no revision: ${read.error}.`,
    );
  const prompt = parsePrompt(read.text);
  if (prompt.kind !== 'prompt' || prompt.broken)
    throw new UsageError(`${input.path} was no valid prompt file at ${spec}.`);
  return withCasesOf(input, { ...input, path: `${input.path} at ${spec}`, prompt });
}

function withCasesOf({ prompt, tests }: Input, before: Input): Input {
  const { rows, evaluators } = prompt;
  return { ...before, prompt: { ...before.prompt, rows, evaluators, acceptance: null }, tests };
}

/** The newest finished run of just this prompt, those of the same models and evaluators first. */
async function findRun(before: Input, { store, plan }: EvalSession): Promise<RunHeader | null> {
  const { prompt } = hashesOf(before.prompt);
  const runs = (await store.list(idOf(before))).flatMap(({ summary }) =>
    summary?.end === 'done' && summary.run.hashes.prompt === prompt ? [summary.run] : [],
  );
  const models = plan.models.map(({ id }) => id).join();
  const fit = (run: RunHeader): number =>
    (run.models.join() === models ? 2 : 0) + (run.hashes.checks === plan.hashes.checks ? 1 : 0);
  return runs.sort((a, b) => fit(b) - fit(a))[0] ?? null;
}

async function resultsOf(
  { id, promptId: prompt }: Summary['run'],
  { store, plan, ports, path }: EvalSession,
  { signal }: CommandContext,
): Promise<RunResults> {
  const results = await storedResults(store, { promptId: prompt, id }, plan, ports, signal).catch(
    (error: Error) => ({ error: error.message }),
  );
  if ('error' in results) throw new UsageError(`${path}: ${results.error}.`);
  const known = new Set(results.cases.map((one) => one.id));
  if (!plan.cases.some((one) => known.has(one.id)))
    throw new UsageError(
      `${path}: run ${id} has none of these cases: there is nothing to compare.`,
    );
  return results;
}

function idOf(input: Input): string {
  return promptId(pathInProject(input), input.prompt.id);
}
