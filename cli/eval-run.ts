import { totalEstimate } from '#app/eval/estimate-eval.ts';
import type { FinishedEval } from '#app/eval/eval-event.ts';
import type { EvalWorld } from '#app/eval/eval-world.ts';
import { advanceToPlan, evaluatePrompt, type WaitingEval } from '#app/eval/evaluate-prompt.ts';
import { describeExceededLimit } from '#app/eval/month-limits.ts';
import { findMonthProblem } from '#app/eval/spending-booking.ts';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { UserError } from '#core/user-error.ts';
import { type CommandContext, UsageError } from './command.ts';
import type { EvalArguments } from './eval-arguments.ts';
import { confirmCost } from './eval-confirm.ts';
import { EvalPrinter } from './reporters/eval-printer.ts';

/** An eval that waits, with the printer of its events. */
export interface PrintedEval extends WaitingEval {
  readonly printer: EvalPrinter;
}

/** Plans every prompt: whatever cannot run is reported before the first call of any. */
export async function planEvals(
  inputs: readonly PromptInput[],
  { request, detail }: EvalArguments,
  world: EvalWorld,
  { terminal, signal }: CommandContext,
): Promise<PrintedEval[]> {
  const waiting: PrintedEval[] = [];
  try {
    for (const input of inputs) {
      if (!isEvaluable(input)) continue;
      const printer = new EvalPrinter(terminal, detail);
      const events = evaluatePrompt({ ...request, input }, world, signal);
      const one = await advanceToPlan(events, (event) => printer.show(event));
      if (one) waiting.push({ ...one, printer });
    }
    await checkMonth(waiting, world);
  } catch (error) {
    await closeEvals(waiting);
    throw error;
  }
  if (waiting.length === 0)
    throw new UsageError('no golden cases to run: add rows under `testData` or `testFiles`.');
  return waiting;
}

/** Throws UserError when the evals together would exceed a budget of the month. */
async function checkMonth(evals: readonly PrintedEval[], world: EvalWorld): Promise<void> {
  const paid = evals.filter(({ planned: { estimate } }) => !estimate.isFree && estimate.calls > 0);
  const roots = new Set(paid.map(({ planned }) => planned.prepared.input.project.root));
  for (const root of roots) {
    const own = paid.filter(({ planned }) => planned.prepared.input.project.root === root);
    const [first] = own;
    const record = await world.openSpending?.();
    if (!first || !record) return;
    const { path, input } = first.planned.prepared;
    const { cost } = totalEstimate(own.map(({ planned }) => planned.estimate));
    const exceeded = await findMonthProblem(record, { root, settings: input.settings }, cost);
    const name = own.length === 1 ? path : `${own.length} prompts`;
    if (exceeded) throw new UserError(`${name}: ${describeExceededLimit(exceeded, cost)}.`);
  }
}

/** Runs a planned eval and prints it. Null when its cost was not confirmed. */
export async function runEval(
  { events, printer }: PrintedEval,
  { assumesYes }: EvalArguments,
  context: CommandContext,
): Promise<FinishedEval | null> {
  try {
    for await (const event of events) {
      printer.show(event);
      if (event.kind === 'finished') return event;
      if (event.kind !== 'run-planned') continue;
      if (!(await confirmCost(event.prepared, assumesYes, context))) return null;
    }
  } finally {
    context.terminal.status('');
  }
  return null;
}

/** Closes the connections of evals, whether they ran or not. */
export async function closeEvals(evals: readonly WaitingEval[]): Promise<void> {
  for (const { events } of evals) await events.return();
}

function isEvaluable({ prompt, path }: PromptInput): boolean {
  if (prompt.kind === 'too-large')
    throw new UsageError(`${path}: ${prompt.problems[0]?.message ?? 'it is too large'}`);
  return prompt.kind === 'prompt';
}
