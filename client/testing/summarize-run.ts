import type { Summary } from '#core/eval/report/summary.ts';
import { formatPercent } from '#core/format-percent.ts';

/** `46/50 passed (pass rate 92 %, …)`: a run in one line. */
export function summarizeRun({ totals, passRate }: Pick<Summary, 'totals' | 'passRate'>): string {
  const { passed, failed, errored, noChecks } = totals;
  const asked = passed + failed + errored;
  const errors = errored > 0 ? `, ${errored} errored` : '';
  const unchecked = noChecks > 0 ? `, ${noChecks} without checks` : '';
  const rate = passRate
    ? ` (pass rate ${formatPercent(passRate.value)}, 95 % CI ${formatPercent(passRate.low)} to ${formatPercent(passRate.high)})`
    : '';
  return `${passed}/${asked} passed${errors}${unchecked}${rate}`;
}
