import { formatPercent } from '../../format-percent.ts';
import { formatWorkflowCommand } from '../../printing/ci-log.ts';
import { joinSafe, type SafeText, trustText } from '../../printing/safe-text.ts';
import { formatJobName, type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/** Renders runs as workflow commands. GitHub shows an annotation at the row of each case that did not pass. */
export function renderGithubReport(records: readonly RunRecord[]): SafeText<'ci-log'> {
  const lines = records.flatMap((record) => [
    ...record.jobs.flatMap((job) => renderAnnotation(job, record)),
    formatWorkflowCommand('notice', { title: 'promptsmith eval' }, formatTotals(record)),
  ]);
  return joinSafe([...lines, trustText<'ci-log'>('')], '\n');
}

function renderAnnotation(job: JobRecord, { path, summary }: RunRecord): SafeText<'ci-log'>[] {
  if (job.outcome === 'passed' || job.outcome === 'skipped') return [];
  const level = job.outcome === 'no-checks' ? 'warning' : 'error';
  const text =
    job.outcome === 'no-checks'
      ? 'no checks: the case has no evaluators'
      : listReasons(job).join('\n');
  const place = {
    file: job.file ?? path,
    line: job.line,
    title: `${job.outcome}: ${formatJobName(job, summary)}`,
  };
  return [formatWorkflowCommand(level, place, text)];
}

function formatTotals({ path, summary: { totals: t, passRate } }: RunRecord): string {
  const rate = passRate
    ? `, pass rate ${formatPercent(passRate.value)} (95 % CI ${formatPercent(passRate.low)}–${formatPercent(passRate.high)})`
    : '';
  return `${path}: ${t.passed} passed, ${t.failed} failed, ${t.errored} errored, ${t.skipped} skipped${rate}`;
}
