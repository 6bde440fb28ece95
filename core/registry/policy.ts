import type { GatePreset } from '../eval/compare/gate-chance.ts';
import type { Evidence } from '../eval/report/assess-run.ts';
import { MAX_ERROR_RATE } from '../eval/report/conclude-run.ts';
import type { Severity } from '../lint/engine/rule.ts';
import type { Settings } from '../settings.ts';

/** A promotion policy: what a version needs before a label moves to it, as under `promotion` in the settings. */
export interface Policy {
  readonly gate: 'any' | GatePreset;
  /** The largest share of missing answers, 0 to 1. */
  readonly maxErrorRate: number;
  /** Where answers may come from. */
  readonly evidence: Evidence;
  /** The largest age of an answer in days. */
  readonly maxAnswerAge: number;
  /** A label that the version must have or have had; null = none. */
  readonly after: string | null;
  /** The largest cost per call as a multiple of the label's version; null = any. */
  readonly maxCostFactor: number | null;
  /** Findings of this severity or above block the promotion. */
  readonly lint: Severity | 'off';
  /** Required approvals by people other than the author; whoever promotes gives one. */
  readonly approvals: number;
}

const MAX_ANSWER_AGE_DAYS = 30;

/** Resolves the policy of a label. Without one in the settings, `production` has the gate `no-regression`, other labels none. */
export function resolvePolicy(label: string, { promotion }: Pick<Settings, 'promotion'>): Policy {
  const given = Object.hasOwn(promotion, label) ? (promotion[label] as Partial<Policy>) : null;
  const isGuarded = given !== null || label === 'production';
  return {
    gate: given?.gate ?? (isGuarded ? 'no-regression' : 'any'),
    maxErrorRate: given?.maxErrorRate ?? MAX_ERROR_RATE,
    evidence: given?.evidence ?? 'model',
    maxAnswerAge: given?.maxAnswerAge ?? MAX_ANSWER_AGE_DAYS,
    after: given?.after ?? null,
    maxCostFactor: given?.maxCostFactor ?? null,
    lint: given?.lint ?? (isGuarded ? 'error' : 'off'),
    approvals: given?.approvals ?? 0,
  };
}
