import { formatCsvRow } from '../../printing/csv.ts';
import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { listReasons, type RunRecord } from './run-record.ts';

const COLUMNS = [
  'path',
  'case',
  'model',
  'repeat',
  'tags',
  'outcome',
  'score',
  'evaluators',
  'reasons',
  'answer',
  'finishReason',
  'fault',
  'source',
  'latencyMs',
  'inputTokens',
  'outputTokens',
  'costUsd',
  'cached',
  'name',
  'file',
  'line',
] as const;

/** Renders runs as CSV (RFC 4180), one row per call. No cell can be interpreted as a formula. */
export function renderCsvReport(records: readonly RunRecord[]): SafeText<'csv'> {
  const rows = records.flatMap(({ report, jobs }) =>
    jobs.map((job) => [
      report.path,
      job.case,
      job.model,
      job.repeat + 1,
      job.tags.join(', '),
      job.outcome,
      job.score,
      job.results.map(({ name, score }) => `${name}=${score ?? '?'}`).join('; '),
      listReasons(job).join('\n'),
      job.answer?.text ?? '',
      job.answer?.finishReason ?? '',
      job.fault?.code ?? '',
      job.source ?? '',
      job.answer?.latencyMs ?? null,
      job.answer?.usage?.input ?? null,
      job.answer?.usage?.output ?? null,
      job.cost,
      String(job.cached),
      job.name,
      job.file,
      job.line,
    ]),
  );
  return joinSafe([COLUMNS, ...rows].map(formatCsvRow));
}
