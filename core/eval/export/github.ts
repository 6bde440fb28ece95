import { workflowCommand } from '../../workflow-command.ts';
import { formatJobName, type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/** Runs as workflow commands: GitHub shows one annotation per case that did not pass, at its row. */
export function renderGithubReport(records: readonly RunRecord[]): string {
  const lines = records.flatMap((record) => [
    ...record.jobs.flatMap((job) => renderAnnotation(job, record)),
    workflowCommand('notice', { title: 'promptsmith eval' }, formatTotals(record)),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

function renderAnnotation(job: JobRecord, { path, summary }: RunRecord): string[] {
  if (job.outcome === 'passed' || job.outcome === 'skipped') return [];
  const level = job.outcome === 'no-checks' ? 'warning' : 'error';
  const text =
    job.outcome === 'no-checks'
      ? 'no checks: nothing says what a good answer is'
      : listReasons(job).join('\n');
  const place = {
    file: job.file ?? path,
    line: job.line,
    title: `${job.outcome}: ${formatJobName(job, summary)}`,
  };
  return [workflowCommand(level, place, text)];
}

function formatTotals({ path, summary: { totals: t, passRate } }: RunRecord): string {
  const rate = passRate
    ? `, pass rate ${percent(passRate.value)} (95 % interval ${percent(passRate.low)}–${percent(passRate.high)})`
    : '';
  return `${path}: ${t.passed} passed, ${t.failed} failed, ${t.errored} errored, ${t.skipped} skipped${rate}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
