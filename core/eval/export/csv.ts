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
  'latencyMs',
  'inputTokens',
  'outputTokens',
  'costUsd',
  'cached',
] as const;

/** Runs as CSV (RFC 4180), a row per call. No cell can be taken for a formula. */
export function renderCsvReport(records: readonly RunRecord[]): string {
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
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet runs what begins like a formula (OWASP, "CSV Injection").
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
