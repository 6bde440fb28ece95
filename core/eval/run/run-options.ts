import type { Plan } from '../plan/plan.ts';
import type { RunPorts } from '../ports.ts';
import type { AnswerEvent, EndReason } from '../run-event.ts';
import type { CallLimits } from './caller.ts';
import { listJudges } from './judges.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Spending } from './spending.ts';
import type { StopRule } from './stop-rule.ts';

/** The stored results of an earlier part of the same run. */
export interface EarlierPart {
  /** True if the header differs from the stored one: the run emits `start` again. */
  readonly restart?: boolean;
  /** How the earlier part ended, if no further job is asked now: the run then ends the same way. */
  readonly ended?: { readonly reason: EndReason; readonly early: boolean };
  /** True for a job that already has a score. */
  isDone(job: string): boolean;
  /** A stored answer without a score. It is judged without a call. */
  findAnswer(job: string): AnswerEvent | undefined;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Concurrent calls per provider; default 4. */
  readonly concurrency?: number | ((provider: string) => number);
  /** Calls per minute and provider; default: no limit. */
  readonly requestsPerMinute?: (provider: string) => number | undefined;
  /** Tokens per minute and provider; default: no limit. */
  readonly tokensPerMinute?: (provider: string) => number | undefined;
  /** Calls of a request beyond the first, by provider; default: as `retry` says. */
  readonly retries?: (provider: string) => number | undefined;
  readonly retry?: RetryPolicy;
  /** USD. The run ends before a call that could exceed it. */
  readonly maxCost?: number;
  /** Counts what the run spends and keeps it under `maxCost`; default: the run's own. */
  readonly spending?: Spending;
  /** Runs with a cost limit even if a price is unknown. */
  readonly allowUnknownCost?: boolean;
  /** Stops the run early. Not for a resumed run. */
  readonly stop?: StopRule;
  /** Resumes this run: without a second `start`, and without repeating jobs. */
  readonly earlier?: EarlierPart;
}

/** Why a run cannot start; null if it can. */
export function findRunProblem(plan: Plan, ports: RunPorts, options: RunOptions): string | null {
  if (plan.models.length === 0) return 'no model: set `model` in the file, or pass --model';
  if (options.maxCost === undefined || options.allowUnknownCost) return null;
  const unknown = [...plan.models.map((m) => m.id), ...listJudges(plan)].filter(
    (id) => ports.costOf(id, { input: 1000, output: 1000 }) === null,
  );
  if (unknown.length === 0) return null;
  return `the cost limit needs a price for ${[...new Set(unknown)].join(', ')}: add it under \`models\` in .promptsmith.yaml, or pass --allow-unknown-cost`;
}

/** The limits per provider that options set. */
export function readRateLimits({
  requestsPerMinute,
  tokensPerMinute,
  retries,
}: RunOptions): Omit<CallLimits, 'concurrency'> {
  return {
    ...(requestsPerMinute ? { requestsPerMinute } : {}),
    ...(tokensPerMinute ? { tokensPerMinute } : {}),
    ...(retries ? { retries } : {}),
  };
}
