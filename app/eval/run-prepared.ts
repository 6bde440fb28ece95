import type { RunResults } from '#core/eval/compare/comparison.ts';
import { nameCases } from '#core/eval/plan/name-case.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { CaseLog } from '#core/eval/report/case-log.ts';
import { judgeRun } from '#core/eval/report/judge-run.ts';
import type { Report } from '#core/eval/report/report.ts';
import type { CaseSummary, Summary } from '#core/eval/report/summary.ts';
import { redactEvent, redactScores } from '#core/eval/run/redaction.ts';
import { run } from '#core/eval/run/run.ts';
import { findRunProblem, type RunOptions } from '#core/eval/run/run-options.ts';
import { Spending } from '#core/eval/run/spending.ts';
import type { StopRule } from '#core/eval/run/stop-rule.ts';
import { UserError } from '#core/user-error.ts';
import { readStoredRuns } from '#io/runs/run-store.ts';
import type { RunWriter } from '#io/runs/run-writer.ts';
import { beginRun } from './begin-run.ts';
import type { EvalOutcome, RunProgress, RunSource } from './eval-event.ts';
import type { PreparedEval } from './prepare-eval.ts';
import type { SpendingBooking } from './spending-booking.ts';

export interface RunControl {
  readonly signal: AbortSignal;
  /** Ends the run when enough is known. */
  readonly stop?: StopRule | undefined;
  /** Counts what the run costs, and says how much this month may still cost. */
  readonly booking?: SpendingBooking | null;
}

/**
 * Runs a prepared eval and stores it: yields every event of the run once it is stored, without the prompt's
 * secrets, and returns the outcome. Throws UserError when it cannot start.
 */
export async function* runPrepared(
  source: RunSource,
  { signal, stop, booking = null }: RunControl,
): AsyncGenerator<RunProgress, EvalOutcome> {
  yield { kind: 'run-planned', ...source };
  const { prepared } = source;
  const { plan, ports, path, hideSecrets } = prepared;
  const limits = readLimits(prepared, booking?.rest ?? null);
  const spending = new Spending(limits.maxCost ?? null);
  const options: RunOptions = { signal, ...limits, ...(booking ? { spending } : {}) };
  const problem = findRunProblem(plan, ports, options);
  if (problem !== null) throw new UserError(`${path}: ${problem}.`);
  const { header, earlier, report, log, writer } = await beginRun(prepared);
  const events = run(plan, header, ports, {
    ...options,
    ...(earlier ? { earlier } : {}),
    ...(stop ? { stop } : {}),
  });
  const hideReason = (text: string) => hideSecrets(prepared.redaction?.redactReason(text) ?? text);
  const masked = redactScores(events, hideSecrets, hideReason);
  try {
    for await (const event of readStoredRuns(masked, redactingWriter(writer, prepared), report)) {
      const shown = redactEvent(event, hideSecrets);
      log.add(shown);
      yield { kind: 'run-step', ...source, event: shown, report };
    }
  } finally {
    booking?.addRun(spending);
  }
  const outcome = judgeOutcome(prepared, report, log);
  yield { kind: 'run-finished', ...source, outcome };
  return outcome;
}

/** `rest`: USD that this month may still cost; null = no limit. It cannot hold back calls without a price. */
function readLimits(prepared: PreparedEval, rest: number | null): Omit<RunOptions, 'signal'> {
  const { access, options, input, costLimit, isFree, runEstimate } = prepared;
  const isPriced = runEstimate.unknownPrices.length === 0;
  const limits = [costLimit?.usd, isPriced ? rest : null].filter((limit) => limit != null);
  return {
    concurrency: (provider) =>
      options.concurrency ?? access.concurrency(provider) ?? input.settings.eval.concurrency ?? 4,
    requestsPerMinute: (provider) => access.requestsPerMinute(provider),
    tokensPerMinute: (provider) => access.tokensPerMinute(provider),
    retries: (provider) => access.retries(provider),
    ...(limits.length === 0 ? {} : { maxCost: Math.min(...limits) }),
    // A price matters only for calls: with all answers cached none is left.
    allowUnknownCost: (options.allowUnknownCost ?? false) || isFree || isPriced,
  };
}

/** Writes events without the values that the project excludes from being stored. */
function redactingWriter(writer: RunWriter, { redaction }: PreparedEval): RunWriter {
  if (!redaction) return writer;
  return {
    append: (event) => writer.append(redaction.redact(event)),
    close: (summary) => writer.close(summary),
  };
}

function judgeOutcome(
  { plan, maxErrorRate, hideSecrets }: PreparedEval,
  report: Report,
  log: CaseLog,
): EvalOutcome {
  const summary = report.summary();
  if (!summary) throw new Error('a run without a start event');
  const cases = sortAsPlanned(report.cases(plan.cases), plan);
  return {
    summary,
    cases,
    names: nameCases(plan.cases, hideSecrets),
    log,
    results: toResults(summary, cases, log),
    ...judgeRun(summary, cases, plan, maxErrorRate),
  };
}

function toResults(
  { run: header, totals, results }: Summary,
  cases: readonly CaseSummary[],
  log: CaseLog,
): RunResults {
  const cached = header.replay ? {} : { cachedShare: totals.cachedShare };
  return { run: header, cases, servedBy: [...log.servedBy], results, ...cached };
}

/** Cases end in any order; reports show them in the order of the file, unknown ones last. */
export function sortAsPlanned(
  cases: readonly CaseSummary[],
  { cases: planned }: Pick<Plan, 'cases'>,
): CaseSummary[] {
  const place = new Map(planned.map(({ id }, i) => [id, i]));
  const last = planned.length;
  return [...cases].sort((a, b) => (place.get(a.id) ?? last) - (place.get(b.id) ?? last));
}
