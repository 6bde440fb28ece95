import type { EvalOutcome } from '#app/eval/session.ts';
import { renderCsvReport } from '#core/eval/export/csv.ts';
import { renderGhModelsReport } from '#core/eval/export/gh-models.ts';
import { renderGithubReport } from '#core/eval/export/github.ts';
import { renderHtmlReport } from '#core/eval/export/html.ts';
import { renderJunitReport } from '#core/eval/export/junit.ts';
import { type RunRecord, recordRun } from '#core/eval/export/run-record.ts';
import { writeTextFile } from '#io/write-file.ts';
import { UsageError } from './command.ts';
import type { Ready } from './eval-runs.ts';

const REPORTS: Readonly<Record<string, (records: readonly RunRecord[]) => string>> = {
  junit: renderJunitReport,
  html: renderHtmlReport,
  csv: renderCsvReport,
  github: renderGithubReport,
  'gh-models': (records) => records.map(renderGhModelsReport).join(''),
};

/** Names of the formats for other programs, besides JSON. */
export const EXPORTS: readonly string[] = Object.keys(REPORTS);

/** Reads `junit=report.xml`. */
export function readReport(text: string): { readonly format: string; readonly file: string } {
  const [, format = '', file = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (format === 'json' || EXPORTS.includes(format)) return { format, file };
  throw new UsageError(
    `--report ${text} is not known: write format=file, the format being one of json, ${EXPORTS.join(', ')}.`,
  );
}

/** Writes a report whole or not at all. Throws UsageError when it cannot. */
export async function writeReport(file: string, text: string): Promise<void> {
  await writeTextFile(file, text).catch((error: Error) => {
    throw new UsageError(`${file} could not be written: ${error.message}.`);
  });
}

/** Says before the first call what the format cannot hold. */
export function checkExport(format: string, ready: readonly Ready[]): void {
  const models = ready[0]?.session.plan.models.length ?? 0;
  if (format === 'gh-models' && (ready.length > 1 || models > 1))
    throw new UsageError('--format gh-models holds one prompt and one model: name one of each.');
}

/** Finished runs as a text of this format. The answers are read back from the run store. */
export async function exportRuns(
  format: string,
  ready: readonly Ready[],
  finished: readonly EvalOutcome[],
): Promise<string> {
  const records: RunRecord[] = [];
  for (const [i, { summary, cases }] of finished.entries()) {
    const session = ready[i]?.session;
    if (!session) continue;
    const { path, plan, store, hidden } = session;
    const events = store.events(summary.run.promptId, summary.run.id);
    records.push(await recordRun({ path, summary, cases }, plan, events, hidden));
  }
  return REPORTS[format]?.(records) ?? '';
}
