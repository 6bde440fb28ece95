import { type Baseline, prepareBaseline } from '#app/eval/baseline.ts';
import { compareWith, marginOf, resultsOf } from '#app/eval/comparison.ts';
import type { EvalOptions, EvalWorld, RunAgain } from '#app/eval/options.ts';
import { type EvalOutcome, EvalSession } from '#app/eval/session.ts';
import { filterOf } from '#app/eval/setup.ts';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { type Comparison, compareModels, type RunResults } from '#core/eval/compare/compare.ts';
import { EarlyStop } from '#core/eval/compare/early-stop.ts';
import type { CaseFilter } from '#core/eval/plan/plan.ts';
import { type Arguments, type CommandContext, UsageError } from './command.ts';
import { confirm } from './eval-confirm.ts';
import type { Judged } from './eval-exit.ts';
import { printForecast, printRun } from './reporters/eval-plain.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { progressLine } from './reporters/progress.ts';
import {
  printAcceptance,
  printComparisons,
  printDetectable,
  printGate,
} from './reporters/verdict-plain.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** A prompt made ready, with what it is compared with. */
export interface Ready {
  readonly session: EvalSession;
  readonly baseline: Baseline | null;
  readonly margin: number;
}

/** A finished run with everything that is said of it. */
export interface Finished extends EvalOutcome, Judged {
  readonly comparisons: readonly Comparison[];
  /** Whose run it was compared with; null without a baseline. */
  readonly basePrompt: string | null;
  /** Its models beside the first of them; only without a baseline. */
  readonly models: readonly Comparison[];
}

/** Whatever cannot run is said before the first call of any prompt. */
export async function prepareAll(
  inputs: readonly PromptInput[],
  args: Arguments,
  context: CommandContext,
): Promise<Ready[]> {
  const { terminal, environment, cwd, signal } = context;
  const options = optionsOf(args, environment);
  const world: EvalWorld = {
    env: environment,
    trusted: args.texts('trust'),
    cwd,
    tool: `promptsmith ${version}`,
  };
  const spec = args.text('baseline');
  const ready: Ready[] = [];
  for (const input of inputs) {
    if (input.prompt.kind === 'too-large')
      throw new UsageError(
        `${input.path}: ${input.prompt.problems[0]?.message ?? 'it is too large'}`,
      );
    if (input.prompt.kind !== 'prompt') continue;
    if (input.file === null && (options.replay || options.record))
      throw new UsageError('recordings belong to a file: standard input has none.');
    const session = await EvalSession.prepare(input, options, world);
    const held = session.heldOut.length;
    if (held > 0)
      terminal.note(
        `${session.path}: ${pluralize(held, 'holdout case')} left out; --holdout runs them too`,
      );
    if (session.cases === 0) {
      terminal.note(
        `${session.path}: no golden cases to run (testData and testFiles are empty, or --filter fits none)`,
      );
      continue;
    }
    const whenMissing = args.flag('run-baseline') ? 'run' : 'refuse';
    const baseline =
      spec === undefined
        ? null
        : await prepareBaseline(spec, session, whenMissing, options, world, signal);
    ready.push({ session, baseline, margin: marginOf(session, args.number('margin')) });
  }
  if (ready.length === 0)
    throw new UsageError('no golden cases to run: add rows under `testData` or `testFiles`.');
  return ready;
}

/** Runs a prompt, and before it its baseline where that has to run. Null when it was not confirmed. */
export async function runOne(
  { session, baseline, margin }: Ready,
  args: Arguments,
  context: CommandContext,
  isQuiet: boolean,
): Promise<Finished | null> {
  const { terminal } = context;
  const run = (one: EvalSession, stop?: EarlyStop) =>
    runSession(one, margin, args, context, isQuiet, stop);
  let base: RunResults | null = baseline?.kind === 'stored' ? baseline.results : null;
  if (baseline?.kind === 'to-run') {
    const before = await run(baseline.session);
    if (!before) return null;
    // A baseline that was cut off is nothing to compare with.
    if (before.summary.end !== 'done')
      return { ...before, comparisons: [], basePrompt: null, models: [] };
    base = resultsOf(before);
    if (!isQuiet) terminal.print();
  }
  if (base && !isQuiet) announceGate(base, session, margin, args, terminal);
  const stop = base && args.flag('stop-early') ? new EarlyStop(session.plan, base) : undefined;
  const outcome = await run(session, stop);
  if (!outcome) return null;
  const comparisons = base ? await compareWith(base, outcome, session, margin, stop) : [];
  const isWhole = outcome.summary.end === 'done';
  const models = base || !isWhole ? [] : compareModels(resultsOf(outcome), { margin });
  if (!isQuiet) printComparisons([...comparisons, ...models], terminal);
  return { ...outcome, comparisons, basePrompt: base?.run.promptId ?? null, models };
}

/** Only where the exit code hangs on more than single cases. */
function announceGate(
  base: RunResults,
  { plan }: EvalSession,
  margin: number,
  args: Arguments,
  terminal: Terminal,
): void {
  const policy = args.text('fail-on') ?? 'any';
  const known = new Map(base.cases.map((one) => [one.id, one]));
  const cases = plan.cases.flatMap(({ id, must, skip }) => {
    const before = known.get(id);
    if (skip || !before) return [];
    return [{ must, base: { passed: before.passed, repeats: before.repeats } }];
  });
  const about = { cases, repeats: plan.repeat, margin };
  const { passRate } = plan.document.acceptance ?? {};
  const asksMore = passRate !== undefined || cases.some(({ must }) => must);
  if (policy === 'inferior')
    printGate({ preset: 'non-inferior', ...about }, '--fail-on inferior', terminal);
  else if (policy === 'any' && asksMore) {
    const rate = passRate === undefined ? {} : { passRate };
    printGate({ preset: 'no-regression', ...about, ...rate }, 'what the file asks for', terminal);
  }
}

async function runSession(
  session: EvalSession,
  margin: number,
  args: Arguments,
  context: CommandContext,
  isQuiet: boolean,
  stop?: EarlyStop,
): Promise<EvalOutcome | null> {
  const { terminal, signal } = context;
  if (!isQuiet) {
    printForecast(session, terminal);
    printDetectable(session.plan, margin, terminal);
  }
  if (!(await confirm(session, args, context))) return null;
  const started = performance.now();
  const outcome = await session
    .run(
      signal,
      (event, report) => {
        if (event.t === 'score')
          terminal.status(progressLine(session.path, report, performance.now() - started));
      },
      stop,
    )
    .finally(() => terminal.status(''));
  if (session.cacheProblem !== null) terminal.note(`${session.path}: ${session.cacheProblem}`);
  if (isQuiet) return outcome;
  printRun(outcome.summary, outcome.cases, outcome.log, terminal);
  if (outcome.acceptance && (outcome.hasAcceptance || !outcome.acceptance.met))
    printAcceptance(outcome.acceptance, terminal);
  return outcome;
}

function optionsOf(args: Arguments, environment: CommandContext['environment']): EvalOptions {
  const isGate = args.flag('holdout') || Boolean(environment.CI);
  const again = againOf(args);
  const numbers = {
    repeat: 'repeat',
    seed: 'seed',
    maxCost: 'max-cost',
    concurrency: 'concurrency',
  };
  const given = Object.entries(numbers).flatMap(([key, option]) => {
    const value = args.number(option);
    return value === undefined ? [] : [[key, value]];
  });
  const judge = args.text('judge');
  return {
    models: args.texts('model'),
    candidates: args.flag('candidates'),
    filter: { ...filterOf(args.texts('filter'), isGate), ...shardIn(args) },
    allowMissing: args.flag('allow-missing'),
    replay: args.flag('replay'),
    record: args.flag('record'),
    cache: !args.flag('no-cache'),
    allowUnknownCost: args.flag('allow-unknown-cost'),
    ...Object.fromEntries(given),
    ...(judge === undefined ? {} : { judge }),
    ...(args.text('compat') === 'gh-models' ? { compat: 'gh-models' } : {}),
    ...(again ? { again } : {}),
  };
}

function shardIn(args: Arguments): Pick<CaseFilter, 'shard'> {
  const text = args.text('shard');
  if (text === undefined) return {};
  const [, index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!index || !of || index > of)
    throw new UsageError(`--shard ${text}: write 2/5 for the second of five parts.`);
  return { shard: { index, of } };
}

function againOf(args: Arguments): RunAgain | null {
  const [retryErrors, rescore] = [args.flag('retry-errors'), args.flag('rescore')];
  if (!args.flag('resume') && !retryErrors && !rescore) return null;
  const run = args.text('resume') || undefined;
  return { retryErrors, rescore, ...(run === undefined ? {} : { run }) };
}
