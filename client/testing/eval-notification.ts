import type { FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import { describeVerdicts } from './describe-eval.ts';
import { summarizeRun } from './summarize-run.ts';

/** What a notification about an eval needs. */
export interface NotifiedEval {
  readonly path: string;
  /** What it was compared with; null: nothing. */
  readonly baseline: string | null;
  readonly finished: Pick<FinishedEval, 'outcome' | 'comparisons'>;
}

/** The notification about finished evals: a line for each; a warning where one is a regression or not accepted. */
export function summarizeEvals(evals: readonly NotifiedEval[]): {
  readonly isWarning: boolean;
  readonly message: string;
} {
  return { isWarning: evals.some(isBad), message: evals.map(summarizeEval).join('\n') };
}

function isBad({ finished: { outcome, comparisons } }: NotifiedEval): boolean {
  return (
    outcome.conclusion.kind === 'not-accepted' ||
    comparisons.some(({ verdict }) => verdict === 'regression')
  );
}

/** `support/triage: 46/50 passed`, or with its verdict. */
function summarizeEval({ path, baseline, finished }: NotifiedEval): string {
  const { summary } = finished.outcome;
  const verdict = describeVerdicts(finished.comparisons);
  const versus = baseline === null ? '' : `vs ${baseline}: `;
  const result = verdict === null ? summarizeRun(summary) : `${versus}${verdict}`;
  const incomplete = summary.end === 'done' ? '' : ` (incomplete: ${summary.end ?? 'cut off'})`;
  return `${path}: ${result}${incomplete}`;
}

/** What is notified about an eval. */
export function toNotified(planned: PlannedEval, finished: FinishedEval): NotifiedEval {
  return { path: planned.prepared.path, baseline: planned.chosen?.name ?? null, finished };
}
