import type { GateResult } from '#core/registry/promote.ts';

/** What the user can do about a refused promotion. */
export type RefusalAction = 'evaluate' | 'approve' | 'override';

/** Why a promotion is refused, and what the user can do about it. */
export interface Refusal {
  readonly message: string;
  readonly actions: readonly RefusalAction[];
}

/**
 * Describes a refused promotion of `version` (`name@version`). `canEvaluate`: the working copy has just this
 * content, so that an eval of it counts.
 */
export function describeRefusal(
  version: string,
  label: string,
  { demands }: Pick<GateResult, 'demands'>,
  canEvaluate: boolean,
): Refusal {
  const unmet = demands.filter(({ met }) => !met);
  const misses = (name: string) => unmet.some((demand) => demand.name === name);
  return {
    message: `Cannot promote ${version} to ${label}: ${unmet.map(({ text }) => text).join('; ')}`,
    actions: [
      ...(canEvaluate && (misses('eval') || misses('verdict')) ? (['evaluate'] as const) : []),
      ...(misses('approvals') ? (['approve'] as const) : []),
      'override',
    ],
  };
}

/** The line below a label: the first demand of its policy that is not met. */
export function describePolicyState({ demands }: Pick<GateResult, 'demands'>): string {
  const unmet = demands.find(({ met }) => !met);
  return unmet ? `$(error) ${unmet.text}` : '$(pass) policy satisfied';
}

/** Reads names that are separated by commas. */
export function parseApprovers(text: string): string[] {
  return text.split(',').flatMap((name) => name.trim() || []);
}
