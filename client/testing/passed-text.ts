import type { Summary } from '#core/eval/report/report.ts';

/** `46/50 passed`: one line for a notice. */
export function passedText({ totals, passRate }: Summary): string {
  const { passed, failed, errored, noChecks } = totals;
  const asked = passed + failed + errored;
  const errors = errored > 0 ? `, ${errored} errored` : '';
  const unchecked = noChecks > 0 ? `, ${noChecks} without checks` : '';
  const rate = passRate
    ? ` (pass rate ${share(passRate.value)}, 95 % interval ${share(passRate.low)} to ${share(passRate.high)})`
    : '';
  return `${passed}/${asked} passed${errors}${unchecked}${rate}`;
}

function share(value: number): string {
  return `${Math.round(value * 100)} %`;
}
