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
  'listReasons',
  'answer',
  'latencyMs',
  'inputTokens',
  'outputTokens',
  'costUsd',
  'cached',
] as const;

/** Renders runs as CSV (RFC 4180), one row per call. No cell can be interpreted as a formula. */
export function renderCsvReport(records: readonly RunRecord[]): SafeText<'csv'> {
  const rows = records.flatMap(({ path, jobs }) =>
    jobs.map((job) => [
      path,
      job.case,
      job.model,
      job.repeat + 1,
      job.tags.join(', '),
      job.outcome,
      job.score,
      job.results.map(({ name, score }) => `${name}=${score ?? '?'}`).join('; '),
      listReasons(job).join('\n'),
      job.answer?.text ?? '',
      job.answer?.latencyMs ?? null,
      job.answer?.usage?.input ?? null,
      job.answer?.usage?.output ?? null,
      job.cost,
      String(job.cached),
    ]),
  );
  return joinSafe([COLUMNS, ...rows].map(formatCsvRow));
}
