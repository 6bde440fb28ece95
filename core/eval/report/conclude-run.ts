import type { AcceptanceResult } from './acceptance.ts';
import type { JobCounts, Summary, Totals } from './summary.ts';

/** The largest share of missing answers of a conclusive run, unless the settings or the file set it. */
export const MAX_ERROR_RATE = 0.02;

/**
 * What a run says about its prompt. `inconclusive`: it did not end, or too many answers are missing.
 * `undecided`: the missing answers decide. Neither is accepted, and neither has failed.
 */
export type Conclusion =
  | { readonly kind: 'accepted' | 'not-accepted' }
  | {
      readonly kind: 'undecided' | 'inconclusive';
      /** A clause in lower case without a period. */
      readonly reason: string;
    };

/** What a conclusion is about. */
export interface ConcludedRun extends Pick<Summary, 'end'> {
  readonly totals: Pick<Totals, 'jobs'>;
  /** Cases of the plan that were not asked, as after a resumption with a filter. */
  readonly unasked?: number;
}

/** Concludes what a run says about its prompt on its first model. `maxErrorRate` is a share from 0 to 1. */
export function concludeRun(
  { end, totals: { jobs }, unasked = 0 }: ConcludedRun,
  { met }: Pick<AcceptanceResult, 'met'>,
  maxErrorRate: number,
): Conclusion {
  if (end !== 'done') return { kind: 'inconclusive', reason: describeEnd(end) };
  if (unasked > 0)
    return {
      kind: 'inconclusive',
      reason: `${unasked} ${unasked === 1 ? 'case has' : 'cases have'} not been asked`,
    };
  if (exceedsErrorRate(jobs, maxErrorRate))
    return { kind: 'inconclusive', reason: describeMissingJobs(jobs) };
  if (met === null)
    return { kind: 'undecided', reason: `${describeUndecided(jobs)}, which decide the result` };
  return { kind: met ? 'accepted' : 'not-accepted' };
}

/** Counts the cases of the plan without any result. A run that stopped early leaves them out by intention. */
export function countUnasked({
  run,
  early,
  totals: t,
}: Pick<Summary, 'run' | 'early' | 'totals'>): number {
  if (early) return 0;
  return Math.max(0, run.cases - t.passed - t.failed - t.errored - t.noChecks - t.skipped);
}

/** True if too many answers are missing for any conclusion. */
export function exceedsErrorRate({ asked, answered }: JobCounts, maxErrorRate: number): boolean {
  return asked > 0 && (asked - answered) / asked > maxErrorRate + 1e-9;
}

/** Where every answer has a verdict, judges left out scores that only a metric needs. */
function describeUndecided(jobs: JobCounts): string {
  return jobs.answered < jobs.asked ? describeMissingJobs(jobs) : 'scores of a judge are missing';
}

/** `8 of 24 answers are missing`. */
export function describeMissingJobs({ asked, answered }: JobCounts): string {
  const missing = asked - answered;
  return `${missing} of ${asked} answers ${missing === 1 ? 'is' : 'are'} missing`;
}

/** Why a run did not end as planned: `the run was canceled`. */
export function describeEnd(end: Exclude<Summary['end'], 'done'>): string {
  switch (end) {
    case 'cancelled':
      return 'the run was canceled';
    case 'budget':
      return 'the run stopped at its cost limit';
    case 'failed':
      return 'the run failed';
    case null:
      return 'the run was interrupted';
    default:
      return end satisfies never;
  }
}
