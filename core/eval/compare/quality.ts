import type { Hash } from '../../hash.ts';
import type { Summary } from '../report/report.ts';
import type { Comparison } from './compare.ts';
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
 * Summarizes the newest run of a prompt with this hash of what is sent, else its newest run. `runs` are
 * sorted, newest first. Null if no run has a verdict.
 */
export function summarizeQuality(runs: readonly ComparedSummary[], prompt: Hash): Quality | null {
  const judged = runs.filter(({ end, passRate }) => end === 'done' && passRate !== null);
  const own = judged.find(({ run }) => run.hashes.prompt === prompt);
  const shown = own ?? judged[0];
  if (!shown?.passRate) return null;
  const { totals: t, run, passRate } = shown;
  const all = t.passed + t.failed + t.errored;
  const comparisons = shown.comparisons ?? (shown.comparison ? [shown.comparison] : []);
  const verdicts = [...new Set(comparisons.map(({ verdict }) => verdict))];
  const parts = [
    `${t.passed}/${all} passed, ≥ ${Math.floor(passRate.low * 100)} %`,
    ...(t.errored > 0 ? [`${t.errored} errored`] : []),
    ...verdicts,
  ];
  const stale = own === undefined;
  return {
    label: `${stale ? 'stale: ' : ''}${parts.join(' · ')}`,
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
