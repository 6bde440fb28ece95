import type { UserError } from '#core/user-error.ts';

/** Why a prompt cannot be evaluated. */
export interface EvalBlocker {
  readonly code:
    | 'not-on-disk'
    | 'no-cases'
    | 'key'
    | 'consent'
    | 'run-limit'
    | 'month-budget'
    | 'month-setting'
    | 'other';
  readonly message: string;
}

/** What removes a blocker. */
export type EvalFix = 'set-key' | 'allow-origin' | 'replay' | 'open-budget-setting';

/** The buttons of the fixes. */
export const FIX_LABELS: Readonly<Record<EvalFix, string>> = {
  'set-key': 'Set API Key…',
  'allow-origin': 'Allow…',
  replay: 'Use Recorded Answers',
  'open-budget-setting': 'Open Settings',
};

/** The blocker that an error of planning amounts to. */
export function toBlocker({ message, remedy }: Pick<UserError, 'message' | 'remedy'>): EvalBlocker {
  return { code: remedy ?? 'other', message };
}

/** What the user can do about a blocker, the most direct fix first. */
export function listFixes({ code }: EvalBlocker, hasRecordings: boolean): EvalFix[] {
  switch (code) {
    case 'key':
    case 'consent':
      return [
        code === 'key' ? 'set-key' : 'allow-origin',
        ...(hasRecordings ? (['replay'] as const) : []),
      ];
    case 'month-setting':
      return ['open-budget-setting'];
    case 'not-on-disk':
    case 'no-cases':
    case 'run-limit':
    case 'month-budget':
    case 'other':
      return [];
    default:
      return code satisfies never;
  }
}
