import { assessRun } from '#core/eval/report/assess-run.ts';
import type { Summary } from '#core/eval/report/summary.ts';

/** Whether a run asked only some cases of its prompt: it is about those, and decides nothing else. */
export function isPartialRun(summary: Summary): boolean {
  return assessRun('result', summary, { maxErrorRate: 1 }).some(({ code }) => code === 'partial');
}
