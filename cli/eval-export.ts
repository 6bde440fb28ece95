import type { FinishedEval } from '#app/eval/eval-event.ts';
import type { WaitingEval } from '#app/eval/evaluate-prompt.ts';
import { collectReportSources } from '#app/eval/report-sources.ts';
import { renderCsvReport } from '#core/eval/export/csv.ts';
import { renderGhModelsReport } from '#core/eval/export/gh-models.ts';
import { renderGithubReport } from '#core/eval/export/github.ts';
import { renderHtmlReport } from '#core/eval/export/html.ts';
import { renderJsonReport } from '#core/eval/export/json.ts';
import { renderJunitReport } from '#core/eval/export/junit.ts';
import { renderMarkdownReport } from '#core/eval/export/markdown.ts';
import { type RunRecord, recordRun } from '#core/eval/export/run-record.ts';
import { writeTextFile } from '#io/write-file.ts';
import { UsageError } from './command.ts';

const REPORTS: Readonly<Record<string, (records: readonly RunRecord[]) => string>> = {
  json: renderJsonReport,
  markdown: renderMarkdownReport,
  junit: renderJunitReport,
  html: renderHtmlReport,
  csv: renderCsvReport,
  github: renderGithubReport,
  'gh-models': (records) => records.map(renderGhModelsReport).join(''),
};

/** Names of the formats, besides plain text. */
export const EXPORTS: readonly string[] = Object.keys(REPORTS);

/** A report that is written to a file. */
export interface ReportFile {
  readonly format: string;
  readonly file: string;
}

/** Reads `junit=report.xml`. */
export function readReport(text: string): ReportFile {
  const [, format = '', file = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (EXPORTS.includes(format)) return { format, file };
  throw new UsageError(
    `--report ${text} is not valid: pass format=file, with one of the formats ${EXPORTS.join(', ')}.`,
  );
}

/** Writes a report whole or not at all. Throws UsageError when it cannot. */
export async function writeReport(file: string, text: string): Promise<void> {
  await writeTextFile(file, text).catch((error: Error) => {
    throw new UsageError(`${file} could not be written: ${error.message}.`);
  });
}

/** Throws UsageError, before the first call, when the format cannot represent these evals. */
export function checkExport(format: string, evals: readonly WaitingEval[]): void {
  const models = evals[0]?.planned.prepared.plan.models.length ?? 0;
  if (format === 'gh-models' && (evals.length > 1 || models > 1))
    throw new UsageError('--format gh-models supports a single prompt and a single model.');
}

/** Finished runs as a text of this format. The answers are read back from the run store. */
export async function exportRuns(
  format: string,
  finished: readonly FinishedEval[],
): Promise<string> {
  const records: RunRecord[] = [];
  for (const one of finished) {
    const { store } = one.prepared;
    const { run } = one.outcome.summary;
    records.push(await recordRun(collectReportSources(one), store.events(run.promptId, run.id)));
  }
  return REPORTS[format]?.(records) ?? '';
}
