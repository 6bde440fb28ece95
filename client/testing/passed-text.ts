import type { Summary } from '#core/eval/report/report.ts';
import { formatPercent } from '#core/format-percent.ts';

/** `46/50 passed`: one line for a notice. */
export function passedText({ totals, passRate }: Summary): string {
  const { passed, failed, errored, noChecks } = totals;
  const asked = passed + failed + errored;
  const errors = errored > 0 ? `, ${errored} errored` : '';
  const unchecked = noChecks > 0 ? `, ${noChecks} without checks` : '';
  const rate = passRate
    ? ` (pass rate ${formatPercent(passRate.value)}, 95 % interval ${formatPercent(passRate.low)} to ${formatPercent(passRate.high)})`
    : '';
  return `${passed}/${asked} passed${errors}${unchecked}${rate}`;
}
