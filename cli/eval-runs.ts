import { type Comparison, compareRuns, MARGIN, type RunResults } from '#core/eval/compare.ts';
import { type Arguments, type CommandContext, UsageError } from './command.ts';
import { type Baseline, prepareBaseline } from './eval-baseline.ts';
import type { Judged } from './eval-exit.ts';
import { type EvalOutcome, EvalSession } from './eval-session.ts';
import type { Input } from './inputs.ts';
import { printRun } from './reporters/eval-plain.ts';
import { printAcceptance, printComparisons, printDetectable } from './reporters/verdict-plain.ts';

/** A prompt made ready, with what it is compared with. */
export interface Ready {
  readonly session: EvalSession;
  readonly baseline: Baseline | null;
  readonly margin: number;
}

/** A finished run with everything that is said of it. */
export interface Finished extends EvalOutcome, Judged {
  readonly comparisons: readonly Comparison[];
}

/** Whatever cannot run is said before the first call of any prompt. */
export async function prepareAll(
  inputs: readonly Input[],
  args: Arguments,
  context: CommandContext,
): Promise<Ready[]> {
  const ready: Ready[] = [];
  for (const input of inputs) {
    if (input.prompt.kind !== 'prompt') continue;
    const session = await EvalSession.prepare(input, args, context);
    if (session.cases === 0) {
      context.terminal.note(
        `${session.path}: no golden cases to run (testData and testFiles are empty, or --filter fits none)`,
      );
      continue;
    }
    const baseline = await prepareBaseline(session, input, args, context);
    const margin = args.number('margin') ?? input.settings.eval.margin ?? MARGIN;
    ready.push({ session, baseline, margin });
  }
  if (ready.length === 0)
    throw new UsageError('no golden cases to run: add rows under `testData` or `testFiles`.');
  return ready;
}

/** Runs a prompt, and before it its baseline where that has to run. Null when it was not confirmed. */
export async function runOne(
  { session, baseline, margin }: Ready,
  context: CommandContext,
  isJson: boolean,
): Promise<Finished | null> {
  const { terminal } = context;
  let base: RunResults | null = baseline?.t === 'stored' ? baseline.results : null;
  if (baseline?.t === 'to-run') {
    const before = await runSession(baseline.session, margin, context, isJson);
    if (!before) return null;
    // A baseline that was cut off is nothing to compare with.
    if (before.summary.end !== 'done') return { ...before, comparisons: [] };
    base = resultsOf(before);
    if (!isJson) terminal.print();
  }
  const outcome = await runSession(session, margin, context, isJson);
  if (!outcome) return null;
  // Of a run that was cut off the rest could say the opposite.
  if (!base || outcome.summary.end !== 'done') return { ...outcome, comparisons: [] };
  const compared = compareRuns(base, resultsOf(outcome), { margin });
  if ('error' in compared) throw new UsageError(`${session.path}: ${compared.error}.`);
  const finished = { ...outcome, comparisons: compared };
  await session.store.saveSummary({ ...outcome.summary, ...comparisonOf(finished) });
  if (!isJson) printComparisons(compared, terminal);
  return finished;
}

async function runSession(
  session: EvalSession,
  margin: number,
  context: CommandContext,
  isJson: boolean,
): Promise<EvalOutcome | null> {
  const { terminal } = context;
  if (!isJson) {
    session.announce(terminal);
    printDetectable(session.plan, margin, terminal);
  }
  if (!(await session.confirm(context))) return null;
  const outcome = await session.run(context);
  if (isJson) return outcome;
  printRun(outcome.summary, outcome.cases, outcome.log, terminal);
  if (outcome.acceptance && (outcome.hasAcceptance || !outcome.acceptance.met))
    printAcceptance(outcome.acceptance, terminal);
  return outcome;
}

function resultsOf({ summary, cases, log }: EvalOutcome): RunResults {
  return { run: summary.run, cases, servedBy: [...log.servedBy] };
}

/** One comparison, or a list of them where the run has several models. */
export function comparisonOf({
  comparisons,
}: Pick<Finished, 'comparisons'>):
  | { comparison?: Comparison }
  | { comparisons: readonly Comparison[] } {
  const [only] = comparisons;
  if (comparisons.length > 1) return { comparisons };
  return only ? { comparison: only } : {};
}
