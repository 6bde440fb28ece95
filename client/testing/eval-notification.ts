import type { FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import { type Continuation, findContinuation } from '#app/eval/find-continuation.ts';
import { type Headline, writeHeadline } from './headline.ts';

/** What a notification about an eval needs. */
export interface NotifiedEval {
  readonly path: string;
  /** What it was compared with; null: nothing. */
  readonly baseline: string | null;
  readonly finished: Pick<FinishedEval, 'outcome' | 'comparisons'>;
}

/** The notification about finished evals. */
export interface EvalNotification {
  readonly isWarning: boolean;
  /** One line for each eval; with its path if there are several. */
  readonly message: string;
  /** How the only eval can go on; null if nothing is missing. */
  readonly continuation: Continuation | null;
}

/** Writes the notification about finished evals. */
export function writeNotification(evals: readonly NotifiedEval[]): EvalNotification {
  const lines = evals.map(({ path, baseline, finished }): Headline => {
    const headline = writeHeadline(finished, baseline);
    return evals.length === 1 ? headline : { ...headline, text: `${path}: ${headline.text}` };
  });
  const [only, ...others] = evals;
  return {
    isWarning: lines.some(({ tone }) => tone === 'warning'),
    message: lines.map(({ text }) => text).join('\n'),
    continuation:
      only && others.length === 0 ? findContinuation(only.finished.outcome.summary) : null,
  };
}

/** What is notified about an eval. */
export function toNotified(planned: PlannedEval, finished: FinishedEval): NotifiedEval {
  return { path: planned.prepared.path, baseline: planned.chosen?.name ?? null, finished };
}
