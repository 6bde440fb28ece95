import type { Outcome } from '../run-event.ts';

/**
 * Combines the outcomes of a case's repeats: it passes if more than half of them pass, and is errored if its
 * missing repeats decide whether it does.
 */
export function combineOutcomes(repeats: readonly Outcome[]): Outcome {
  const count = (wanted: Outcome) => repeats.filter((outcome) => outcome === wanted).length;
  const [passed, errored] = [count('passed'), count('errored')];
  // Without any verdict nobody knows whether the missing ones have checks.
  if (errored > 0 && passed + count('failed') === 0) return 'errored';
  if (passed > repeats.length / 2) return 'passed';
  if (errored > 0 && passed + errored > repeats.length / 2) return 'errored';
  if (errored > 0 || repeats.includes('failed')) return 'failed';
  return repeats[0] === 'skipped' ? 'skipped' : passed > 0 ? 'failed' : 'no-checks';
}
