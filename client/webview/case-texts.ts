import type { ResultRow } from '../results/messages.ts';

/** `2/3 flaky`, and how many repeats have no answer. */
export function describeRepeats({ passed, repeats, flaky, missing }: ResultRow): string {
  const none = missing > 0 ? [`${missing} missing`] : [];
  const shown = repeats > 0 || missing === 0 ? [`${passed}/${repeats}`] : [];
  return [...shown, ...((flaky ?? 0) > 0 ? ['flaky'] : []), ...none].join(' ');
}

/** An outcome with its own sign, so that color is not the only distinction. */
export function formatOutcome(outcome: ResultRow['outcome']): string {
  switch (outcome) {
    case 'passed':
      return `✓ passed`;
    case 'failed':
      return `✗ failed`;
    case 'errored':
      return `! no answer`;
    case 'skipped':
      return `– skipped`;
    case 'no-checks':
      return `? no checks`;
    default:
      return outcome satisfies never;
  }
}

/** A difference of shares in points, with its direction. */
export function formatChange(change: number | null): string {
  if (change === null || change === 0) return '';
  return change > 0 ? `▲ +${Math.round(change * 100)}` : `▼ −${Math.round(-change * 100)}`;
}
