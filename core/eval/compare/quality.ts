import type { Hash } from '../../hash.ts';
import { assessRun, findResult } from '../report/assess-run.ts';
import { describeMissingJobs, exceedsErrorRate, MAX_ERROR_RATE } from '../report/conclude-run.ts';
import type { ModelResult, Summary } from '../report/summary.ts';
import type { Comparison } from './comparison.ts';
import { describeVerdict } from './describe-verdict.ts';

/** The result of a prompt's last run, as a label and in detail. */
export interface Quality {
  /** `49/50 passed, ≥ 89 % · equivalent`; starts with `stale:` if the prompt has changed since. */
  readonly label: string;
  /** One sentence each. */
  readonly details: readonly string[];
  readonly stale: boolean;
}

/** A stored summary with the comparisons added to it. */
export type ComparedSummary = Summary & {
  readonly comparison?: Comparison;
  readonly comparisons?: readonly Comparison[];
};

/**
 * Summarizes the newest whole run of a prompt on its own model: the newest with this hash of what is sent,
 * else the newest of all. `runs` are sorted, newest first. Null if there is none with an answer.
 */
export function summarizeQuality(
  runs: readonly ComparedSummary[],
  prompt: Hash,
  maxErrorRate: number = MAX_ERROR_RATE,
): Quality | null {
  const whole = runs.flatMap((run) => {
    const result = findResult(run, run.run.model);
    const demand = { maxErrorRate: 1, model: run.run.model ?? null };
    return result && result.jobs.asked > 0 && assessRun('result', run, demand).length === 0
      ? [{ ...run, result }]
      : [];
  });
  const own = whole.find(({ run }) => run.hashes.prompt === prompt);
  const shown = own ?? whole[0];
  if (!shown) return null;
  const { run, result } = shown;
  const comparisons = shown.comparisons ?? (shown.comparison ? [shown.comparison] : []);
  const verdicts = comparisons.filter(({ model }) => model === undefined || model === result.model);
  const stale = own === undefined;
  return {
    label: `${stale ? 'stale: ' : ''}${[describeResult(result, maxErrorRate), ...verdicts.map(({ verdict }) => verdict)].join(' · ')}`,
    details: [
      ...(stale ? ['The prompt has changed since this run.'] : []),
      ...comparisons.map(
        (one) =>
          `${one.model ? `${one.model}: ` : ''}${describeVerdict(one)} (compared with run ${one.base})`,
      ),
      `Run ${run.id} on ${run.models.join(', ')}${run.repeat > 1 ? `, ${run.repeat} repeats` : ''}${run.replay ? ', from recordings' : ''}.`,
    ],
    stale,
  };
}

/** `49/50 passed, ≥ 89 %`, or why that says nothing about the prompt. */
function describeResult({ cases, jobs, passRate }: ModelResult, maxErrorRate: number): string {
  if (exceedsErrorRate(jobs, maxErrorRate) || !passRate)
    return jobs.answered < jobs.asked ? `inconclusive: ${describeMissingJobs(jobs)}` : 'no checks';
  const passed = `${cases.passed}/${cases.passed + cases.failed} passed, ≥ ${Math.floor(passRate.low * 100)} %`;
  return cases.errored > 0 ? `${passed} · ${describeMissingJobs(jobs)}` : passed;
}
