import { EarlyStop } from '#core/eval/compare/early-stop.ts';
import { UserError } from '#core/user-error.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';
import { type BaselineChoice, chooseBaseline } from './choose-baseline.ts';
import { chooseMargin, compareOutcome } from './compare-outcome.ts';
import { type EvalEstimate, estimateEval } from './estimate-eval.ts';
import type { EvalEvent, PlannedEval } from './eval-event.ts';
import type { EvalOptions } from './eval-options.ts';
import type { EvalWorld } from './eval-world.ts';
import { askGate, type FailPolicy } from './gate-question.ts';
import { type PreparedEval, prepareEval } from './prepare-eval.ts';
import { runPrepared } from './run-prepared.ts';
import { SpendingBooking } from './spending-booking.ts';

/** What is asked of an eval. */
export interface EvalRequest {
  readonly input: PromptInput;
  readonly options: EvalOptions;
  readonly baseline: BaselineChoice;
  /** 0 to 1; default: the project's. */
  readonly margin?: number | undefined;
  /** Ends the run as soon as it is better or worse than the baseline beyond doubt. */
  readonly stopsEarly?: boolean;
  /** What the run has to meet; reported as `gate` where it is given. */
  readonly failOn?: FailPolicy;
}

/**
 * Evaluates a prompt: finds its baseline, runs that first where it has to, runs the golden cases, stores
 * the run and compares it. Nothing is called before the event that follows `planned` is requested, and no
 * run starts before the event that follows its `run-planned` is; ending the iteration there spends nothing.
 * Connections are closed at the end of the iteration, however it ends. Throws UserError when the prompt
 * cannot be evaluated.
 */
export async function* evaluatePrompt(
  request: EvalRequest,
  world: EvalWorld,
  signal: AbortSignal,
): AsyncGenerator<EvalEvent, void> {
  const { input, options, failOn, stopsEarly = false } = request;
  const prepared = await prepareEval(input, options, world);
  const opened = [prepared];
  let booking: SpendingBooking | null = null;
  try {
    const { path, plan, heldOut } = prepared;
    if (heldOut > 0) yield { kind: 'held-out', path, cases: heldOut };
    if (plan.cases.length === 0) {
      yield { kind: 'no-cases', path };
      return;
    }

    const chosen = await chooseBaseline(request.baseline, prepared, world, signal);
    const first = chosen?.baseline.kind === 'to-run' ? chosen.baseline.prepared : null;
    if (first) opened.push(first);
    const margin = chooseMargin(prepared, request.margin);
    const estimate = estimateEval(prepared, first);
    yield { kind: 'planned', prepared, chosen, margin, estimate };

    booking = await bookRun(prepared, estimate, world);
    let base = chosen?.baseline.kind === 'stored' ? chosen.baseline.results : null;
    if (first) {
      const outcome = yield* runPrepared(
        { role: 'baseline', prepared: first },
        { signal, booking },
      );
      // A baseline that was cut off is not compared with.
      if (outcome.summary.end !== 'done') {
        yield {
          kind: 'finished',
          prepared,
          outcome,
          comparisons: [],
          baseline: null,
          basePrompt: null,
          models: [],
        };
        return;
      }
      base = outcome.results;
    }

    const question = base && failOn ? askGate(failOn, plan, { base, margin }) : null;
    if (question) yield { kind: 'gate', question };
    const stop = base && stopsEarly ? new EarlyStop(plan, base) : undefined;
    const outcome = yield* runPrepared({ role: 'prompt', prepared }, { signal, stop, booking });
    const compared = await compareOutcome(
      outcome,
      { base, baseName: chosen?.name, margin, stop },
      prepared,
    );
    const baseline = chosen && base ? { name: chosen.name, results: base } : null;
    yield { kind: 'finished', prepared, outcome, baseline, ...compared };
  } finally {
    for (const one of opened) one.close();
    await booking?.close();
  }
}

/** Sets the expected cost aside. Null where nothing is called, or nothing recorded. */
async function bookRun(
  { path, input: { project, settings } }: PreparedEval,
  { isFree, calls, cost }: EvalEstimate,
  { openSpending }: EvalWorld,
): Promise<SpendingBooking | null> {
  if (isFree || calls === 0 || !openSpending) return null;
  const book = async () =>
    SpendingBooking.open(await openSpending(), { root: project.root, settings }, 'eval', cost);
  return await book().catch((error: unknown) => {
    throw error instanceof UserError ? new UserError(`${path}: ${error.message}`) : error;
  });
}

/** An eval that waits before its first call. */
export interface WaitingEval {
  readonly planned: PlannedEval;
  /** The events after `planned`. End it with `return()` when it is not run. */
  readonly events: AsyncGenerator<EvalEvent, void>;
}

/** Advances an eval to its plan. Null when it has no cases; `show` gets the events up to the plan. */
export async function advanceToPlan(
  events: AsyncGenerator<EvalEvent, void>,
  show: (event: EvalEvent) => void = () => {},
): Promise<WaitingEval | null> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    show(next.value);
    if (next.value.kind === 'planned') return { planned: next.value, events };
  }
  return null;
}
