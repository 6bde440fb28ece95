import type { Outcome } from '../run-event.ts';

/**
 * What the repeats of a case come to: it passes when more than half of them do, and is errored when more
 * than half are.
 */
export function combineOutcomes(repeats: readonly Outcome[]): Outcome {
  const count = (wanted: Outcome) => repeats.filter((outcome) => outcome === wanted).length;
  const [passed, errored] = [count('passed'), count('errored')];
  if (passed > repeats.length / 2) return 'passed';
  if (errored > repeats.length / 2) return 'errored';
  if (repeats.includes('failed')) return 'failed';
  if (errored > 0) return passed > 0 ? 'failed' : 'errored';
  return repeats[0] === 'skipped' ? 'skipped' : passed > 0 ? 'failed' : 'no-checks';
}
