import type { Plan } from '../plan/plan.ts';
import type { RunPorts } from '../ports.ts';
import type { AnswerEvent } from '../run-event.ts';
import type { RetryPolicy } from './caller.ts';
import { listJudges } from './judges.ts';
import type { StopRule } from './stop-rule.ts';

/** What an earlier part of the same run has left behind. */
export interface EarlierPart {
  /** The header is not the one that is stored: the run says `start` once more. */
  readonly restart?: boolean;
  /** Jobs that are scored already. */
  isDone(job: string): boolean;
  /** An answer that was not scored any more: it is judged without a call. */
  findAnswer(job: string): AnswerEvent | undefined;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Calls at a time to a provider; default 4. */
  readonly concurrency?: number | ((provider: string) => number);
  /** Calls a minute to a provider; default: as many as come. */
  readonly requestsPerMinute?: (provider: string) => number | undefined;
  readonly retry?: RetryPolicy;
  /** USD; the run ends before a call that could cross it. */
  readonly maxCost?: number;
  /** Runs under a cost limit although a price is unknown. */
  readonly allowUnknownCost?: boolean;
  /** Ends the run when enough is known; not for one that goes on. */
  readonly stop?: StopRule;
  /** Goes on with this run: no second `start`, nothing done twice. */
  readonly earlier?: EarlierPart;
}

/** Why a run cannot start, or null when it can. */
export function findRunProblem(plan: Plan, ports: RunPorts, options: RunOptions): string | null {
  if (plan.models.length === 0) return 'no model: give `model` in the file, or --model';
  if (options.maxCost === undefined || options.allowUnknownCost) return null;
  const unknown = [...plan.models.map((m) => m.id), ...listJudges(plan)].filter(
    (id) => ports.costOf(id, { input: 1000, output: 1000 }) === null,
  );
  if (unknown.length === 0) return null;
  return `there is a cost limit, but no price for ${[...new Set(unknown)].join(', ')}: add it under \`models\` in .promptsmith.yaml, or pass --allow-unknown-cost`;
}
