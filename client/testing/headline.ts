import type { EvalOutcome, FinishedEval } from '#app/eval/eval-event.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { formatPValue } from '#core/eval/compare/describe-verdict.ts';
import { summarizeVerdict } from '#core/eval/compare/summarize-verdict.ts';
import { type AcceptanceResult, describeAcceptancePart } from '#core/eval/report/acceptance.ts';
import type { Conclusion } from '#core/eval/report/conclude-run.ts';
import { isPartialRun } from '#core/eval/report/is-partial-run.ts';
import type { CaseCounts, Summary } from '#core/eval/report/summary.ts';
import type { EndReason } from '#core/eval/run-event.ts';

/** What a finished eval says, on one line. */
export interface Headline {
  readonly text: string;
  /** `warning`: it is a regression, not accepted, or says nothing about the prompt. */
  readonly tone: 'good' | 'neutral' | 'warning';
}

type Finished = Pick<FinishedEval, 'outcome' | 'comparisons'>;

/** Writes the headline of a finished eval; `baseline` is the name of what it was compared with. */
export function writeHeadline(
  { outcome, comparisons }: Finished,
  baseline: string | null,
): Headline {
  const { summary, conclusion } = outcome;
  if (isPartialRun(summary)) return { text: describeSelection(outcome), tone: 'neutral' };
  if (summary.end !== 'done')
    return {
      text: `${describeCut(summary)}; nothing is decided`,
      tone: summary.end === 'cancelled' ? 'neutral' : 'warning',
    };
  const [own] = comparisons;
  const isKnown = conclusion.kind === 'accepted' || conclusion.kind === 'not-accepted';
  const compared = own && isKnown ? describeChange(own, baseline ?? 'the baseline') : '';
  const isLed = own && isKnown && (own.verdict === 'regression' || own.verdict === 'improvement');
  const parts = [
    ...(isLed
      ? [compared, describeAcceptance(own, conclusion)]
      : [describeConclusion(outcome), compared]),
    describeModels(summary),
    describeSource(summary),
  ];
  return {
    text: parts.filter((part) => part !== '').join(' · '),
    tone: chooseTone(conclusion, own),
  };
}

/** `Canceled after 4 of 10 cases`. */
export function describeCut({ end, totals, run }: Pick<Summary, 'end' | 'totals' | 'run'>): string {
  const done = countAsked(totals);
  const cases = `after ${done} of ${run.cases} ${run.cases === 1 ? 'case' : 'cases'}`;
  return end === 'done' ? `Done ${cases}` : `${describeStop(end)} ${cases}`;
}

/** `7 of 10 cases pass`; cases without an answer are not counted. */
export function describePasses({ passed, failed }: CaseCounts): string {
  const checked = passed + failed;
  return `${passed} of ${checked} ${checked === 1 ? 'case passes' : 'cases pass'}`;
}

function describeStop(end: Exclude<EndReason, 'done'> | null): string {
  switch (end) {
    case 'cancelled':
      return 'Canceled';
    case 'budget':
      return 'Stopped at the cost limit';
    case 'failed':
      return 'Stopped by an error';
    case null:
      return 'Interrupted';
    default:
      return end satisfies never;
  }
}

function countAsked({ passed, failed, errored, noChecks, skipped }: CaseCounts): number {
  return passed + failed + errored + noChecks + skipped;
}

/** A run of some cases is about these only. */
function describeSelection({ summary, cases, names }: EvalOutcome): string {
  const { totals, run } = summary;
  const [only] = cases;
  const cut = summary.end === 'done' ? '' : `${describeCut(summary)}: `;
  if (run.cases === 1 && only && cut === '')
    return `${names.get(only.id) ?? only.id} ${OUTCOMES[only.outcome]}`;
  const missing = totals.errored > 0 ? `, ${totals.errored} without an answer` : '';
  return `${cut}${totals.passed} of ${countAsked(totals)} selected cases passed${missing}`;
}

/** How a case came out, after its name. */
export const OUTCOMES = {
  passed: 'passed',
  failed: 'failed',
  errored: 'has no answer',
  'no-checks': 'was not checked',
  skipped: 'was skipped',
} as const;

function describeConclusion({ summary, acceptance, conclusion, names }: EvalOutcome): string {
  const passes = describePasses(summary.totals);
  switch (conclusion.kind) {
    case 'accepted':
      return summary.passRate ? `Accepted: ${passes}` : 'No case was checked';
    case 'not-accepted':
      return `Not accepted: ${describeMiss(acceptance, names, passes)}`;
    case 'undecided':
      return `Undecided: ${conclusion.reason}`;
    case 'inconclusive':
      return `Inconclusive: ${conclusion.reason}`;
    default:
      return conclusion satisfies never;
  }
}

function describeMiss(
  { parts }: AcceptanceResult,
  names: EvalOutcome['names'],
  passes: string,
): string {
  const [first, ...others] = parts.filter(({ met }) => met === false);
  if (!first || first.name === 'cases') return passes;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${describeAcceptancePart(first, names)}${more}`;
}

function describeChange(comparison: Comparison, baseline: string): string {
  const { verdict, p, pAdjusted, missing } = comparison;
  switch (verdict) {
    case 'regression':
    case 'improvement':
      return summarizeVerdict(comparison, baseline);
    case 'equivalent':
      return `equivalent to ${baseline}`;
    case 'underpowered':
    case 'no-evidence':
      return `no significant change vs ${baseline} (${formatPValue(pAdjusted ?? p)})`;
    case 'incomplete': {
      const count = missing.base + missing.candidate;
      return `no verdict vs ${baseline}: ${count} ${count === 1 ? 'answer is' : 'answers are'} missing`;
    }
    default:
      return verdict satisfies never;
  }
}

function describeAcceptance({ verdict }: Comparison, { kind }: Conclusion): string {
  if (kind === 'not-accepted') return verdict === 'regression' ? '' : 'not accepted';
  return 'accepted';
}

/** `other/model: 8 of 10`, for each further model. */
function describeModels({ results }: Summary): string {
  return results
    .slice(1)
    .map(({ model, cases: { passed, failed } }) => `${model}: ${passed} of ${passed + failed}`)
    .join(', ');
}

/** Most answers were not asked for now. */
function describeSource({ run, totals, answers }: Summary): string {
  if (run.replay) return answers.sample > 0 ? 'sample answers' : 'recorded answers';
  return totals.cachedShare > 0.5 ? 'from cache' : '';
}

function chooseTone({ kind }: Conclusion, own: Comparison | undefined): Headline['tone'] {
  if (kind !== 'accepted' || own?.verdict === 'regression') return 'warning';
  return own?.verdict === 'incomplete' ? 'neutral' : 'good';
}
