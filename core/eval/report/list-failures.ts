import type { FinishReason } from '../model.ts';
import type { CaseFacts } from './case-facts.ts';
import type { CaseLog, Failure } from './case-log.ts';
import type { CaseSummary } from './summary.ts';

/** A case that did not pass, of one model, with one of its repeats as the example. */
export interface CaseFailure extends CaseFacts {
  readonly model: string;
  /** It passed in the baseline. */
  readonly isNew: boolean;
  readonly passed: number;
  /** The number of repeats with a verdict. */
  readonly repeats: number;
  readonly isFlaky: boolean;
  /** The repeat that is shown, counted from 1; null if nothing is stored about it. */
  readonly repeat: number | null;
  readonly reasons: readonly FailureReason[];
  /** How the answer ended, unless it ended by itself. */
  readonly finishReason: FinishReason | null;
  /** What the answer should be: the row's `expected`, else what the failed checks ask for. */
  readonly wanted: string | null;
  /** The answer; null if there was none. */
  readonly got: string | null;
}

/** One reason why a case did not pass. */
export interface FailureReason {
  /** The name of the evaluator; null for a reason that lies in the answer itself. */
  readonly evaluator: string | null;
  readonly text: string;
  /** There is no verdict: the evaluator or its judge failed. */
  readonly isError: boolean;
  readonly expected: string | null;
  /** What was compared, if it is not the answer: a part of it, or a judge's reply. */
  readonly actual: string | null;
}

/** What failures are read from. */
export interface FailureSources {
  readonly cases: readonly CaseSummary[];
  readonly log: Pick<CaseLog, 'findFailure'>;
  readonly facts: ReadonlyMap<string, CaseFacts>;
  /** The model of cases that name none. */
  readonly model: string;
  /** Cases that passed in the baseline and fail now, by model. */
  readonly newlyFailed: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Lists the cases that failed, by model: those that passed in the baseline first, else in the order of
 * `cases`. The first model comes first: the others do not decide about the prompt.
 */
export function listFailures(sources: FailureSources): CaseFailure[] {
  const { cases, log, facts, model: only, newlyFailed } = sources;
  const found = cases.flatMap((one): CaseFailure[] => {
    const { id, model = only, outcome, passed, repeats, flaky } = one;
    if (outcome !== 'failed') return [];
    const failure = log.findFailure(id, model);
    const about = facts.get(id) ?? describeUnknownCase(one);
    return [
      {
        ...about,
        model,
        isNew: newlyFailed.get(model)?.has(id) ?? false,
        passed,
        repeats,
        isFlaky: flaky !== null && flaky > 0,
        ...describeFailure(failure, about),
      },
    ];
  });
  const models = [...new Set([only, ...found.map(({ model }) => model)])];
  return models.flatMap((model) => {
    const own = found.filter((one) => one.model === model);
    return [...own.filter(({ isNew }) => isNew), ...own.filter(({ isNew }) => !isNew)];
  });
}

/** A case that the file no longer has. */
export function describeUnknownCase({ id, tags }: Pick<CaseSummary, 'id' | 'tags'>): CaseFacts {
  return { id, name: id, file: '', line: null, input: [], expected: null, tags, must: false };
}

function describeFailure(
  failure: Failure | undefined,
  { expected }: CaseFacts,
): Pick<CaseFailure, 'repeat' | 'reasons' | 'finishReason' | 'wanted' | 'got'> {
  if (!failure)
    return { repeat: null, reasons: [], finishReason: null, wanted: expected, got: null };
  const { repeat, answer, finishReason = 'stop' } = failure;
  const reasons = listFailureReasons(failure);
  const asked = [...new Set(reasons.flatMap((reason) => reason.expected ?? []))];
  return {
    repeat: repeat + 1,
    reasons,
    finishReason: finishReason === 'stop' ? null : finishReason,
    wanted: expected ?? (asked.length === 0 ? null : asked.join('\n')),
    got: answer ?? null,
  };
}

/** Lists why a repeat did not pass, the reason that lies in its answer first. */
export function listFailureReasons({
  outcome,
  results,
  fault,
  error,
}: Pick<Failure, 'outcome' | 'results' | 'fault' | 'error'>): FailureReason[] {
  const own = (text: string, isError: boolean): FailureReason => ({
    evaluator: null,
    text,
    isError,
    expected: null,
    actual: null,
  });
  const first = fault !== undefined ? [own(fault, false)] : error ? [own(error.message, true)] : [];
  const reasons = [
    ...first,
    ...results.map(
      (result): FailureReason => ({
        evaluator: result.name,
        text: result.error ?? result.detail,
        isError: result.error !== undefined,
        expected: result.expected ?? null,
        actual: result.actual ?? null,
      }),
    ),
  ];
  if (reasons.length > 0 || outcome !== 'failed') return reasons;
  return [own('the score is below the case’s threshold', false)];
}

/** `greets: the answer does not contain "hello"`, on any number of lines. */
export function formatReason({ evaluator, text }: FailureReason): string {
  return evaluator === null ? text : `${evaluator}: ${text}`;
}
