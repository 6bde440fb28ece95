import { formatPercent, formatPercentNumber } from '../../format-percent.ts';
import { formatCount } from '../../models/figures.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Verdict } from '../compare/decide-verdict.ts';
import { summarizeVerdict } from '../compare/summarize-verdict.ts';
import type { LeftOut } from '../run-event.ts';
import { type AcceptanceResult, describeAcceptancePart } from './acceptance.ts';
import { type Conclusion, describeMissingJobs } from './conclude-run.ts';
import { isPartialRun } from './is-partial-run.ts';
import type { ModelResult, PassRate, Summary } from './summary.ts';

/** A sentence of the result. `open`: neither good nor bad. */
export interface ResultSentence {
  readonly tone: 'good' | 'bad' | 'open';
  readonly text: string;
}

/** What the sentences are about. */
export interface DescribedResult {
  readonly summary: Summary;
  readonly conclusion: Conclusion;
  readonly acceptance: AcceptanceResult;
  /** The first model compared with the baseline; null: there is none. */
  readonly comparison: Comparison | null;
  /** What people call the baseline. */
  readonly baseline: string | null;
}

/**
 * Says whether a run is good, the answer first: its conclusion with the pass rate, unless it is a
 * regression, then the verdict, then what qualifies both.
 */
export function describeResult(result: DescribedResult): ResultSentence[] {
  const { summary, conclusion, comparison, baseline } = result;
  const own: ResultSentence = {
    tone: TONES[conclusion.kind],
    text: `${describeConclusion(result)}${describeSource(summary)}`,
  };
  const verdict: ResultSentence[] = comparison
    ? [
        {
          tone: VERDICT_TONES[comparison.verdict],
          text: summarizeVerdict(comparison, baseline ?? comparison.base),
        },
      ]
    : [];
  const isRegression = comparison?.verdict === 'regression' && conclusion.kind !== 'inconclusive';
  const leftOut = describeLeftOut(summary);
  return [
    ...(isRegression ? [...verdict, own] : [own, ...verdict]),
    ...(leftOut === null ? [] : [{ tone: 'open', text: leftOut } as const]),
  ];
}

/** The pass rate of a model with its interval: `97.9 %, 95 % CI 89.1–99.6 %`. */
export function formatPassRate({ value, low, high }: PassRate): string {
  return `${formatPercent(value)}, 95 % CI ${formatPercentNumber(low)}–${formatPercent(high)}`;
}

const TONES = {
  accepted: 'good',
  'not-accepted': 'bad',
  undecided: 'open',
  inconclusive: 'open',
} as const satisfies Record<Conclusion['kind'], ResultSentence['tone']>;

const VERDICT_TONES = {
  regression: 'bad',
  improvement: 'good',
  equivalent: 'good',
  underpowered: 'open',
  'no-evidence': 'open',
  incomplete: 'open',
} as const satisfies Record<Verdict, ResultSentence['tone']>;

function describeConclusion({ summary, conclusion, acceptance }: DescribedResult): string {
  const { totals, passRate, run } = summary;
  const counts = { cases: totals, jobs: totals.jobs, passRate };
  const isPart = isPartialRun(summary);
  const cases = describePasses(counts, run.repeat, isPart ? 'selected' : '');
  switch (conclusion.kind) {
    case 'accepted':
      return isPart ? cases : `Accepted: ${cases}`;
    case 'not-accepted':
      return `${isPart ? '' : 'Not accepted: '}${cases}${describeOtherReason(acceptance)}`;
    case 'undecided':
      return `Undecided: ${conclusion.reason}`;
    case 'inconclusive':
      return `Inconclusive: ${conclusion.reason}${describeProgress(summary)}`;
    default:
      return conclusion satisfies never;
  }
}

/** How far a run came that did not end: ` after 2 of 6 answers`. */
function describeProgress({ end, totals, run }: Summary): string {
  if (end === 'done') return '';
  return ` after ${totals.jobs.answered} of ${run.cases * run.repeat} answers`;
}

/** `47 of 48 cases pass (97.9 %, 95 % CI 89.1–99.6 %)`; `which` cases, if not all. */
export function describePasses(
  { cases, jobs, passRate }: Pick<ModelResult, 'cases' | 'jobs' | 'passRate'>,
  repeat: number,
  which = '',
): string {
  const { passed, failed } = cases;
  if (!passRate) return cases.noChecks > 0 ? 'no case has checks' : 'no case was checked';
  const isMissing = jobs.answered < jobs.asked;
  const kinds = [which, isMissing ? 'answered' : ''].filter((kind) => kind !== '').join(' ');
  const noun = `${kinds === '' ? '' : `${kinds} `}${passed + failed === 1 ? 'case passes' : 'cases pass'}`;
  const rate = `${repeat > 1 ? 'pass rate ' : ''}${formatPassRate(passRate)}`;
  const missing = isMissing ? `; ${describeMissingJobs(jobs)}` : '';
  return `${formatCount(passed)} of ${formatCount(passed + failed)} ${noun} (${rate})${missing}`;
}

/** The first criterion that failed, where the pass rate does not already say so. */
function describeOtherReason({ parts }: AcceptanceResult): string {
  const failed = parts.filter(({ met }) => met === false);
  const isSaid = failed.some(({ name }) => name === 'passRate' || name === 'cases');
  const [first] = failed;
  return first && !isSaid ? `; ${describeAcceptancePart(first)}` : '';
}

function describeSource({ answers: { model, cache, recording, sample } }: Summary): string {
  if (sample > 0)
    return model + cache + recording > 0 ? ', partly on sample answers' : ', on sample answers';
  return recording > 0 ? ', on recorded answers' : '';
}

/** `Only 3 of 48 cases were selected; left out: 45 by the filter`; null if the run has all. */
function describeLeftOut({ run: { leftOut, cases } }: Summary): string | null {
  if (!leftOut) return null;
  const parts = (Object.keys(LEFT_OUT) as (keyof LeftOut)[]).flatMap((key) =>
    leftOut[key] > 0 ? [`${leftOut[key]} ${LEFT_OUT[key]}`] : [],
  );
  const count = Object.values(leftOut).reduce((sum, n) => sum + n, 0);
  if (count === 0) return null;
  return `Only ${cases} of ${cases + count} cases were selected; left out: ${parts.join(', ')}`;
}

const LEFT_OUT: Readonly<Record<keyof LeftOut, string>> = {
  only: 'without `only`',
  filter: 'by the filter',
  shard: 'in other shards',
  holdout: 'with the tag holdout',
};
