import { collectStoredSources } from '#app/eval/report-sources.ts';
import { sortAsPlanned } from '#app/eval/run-prepared.ts';
import type { PromptFile } from '#app/prompt/open-input.ts';
import { renderCsvReport } from '#core/eval/export/csv.ts';
import { renderHtmlReport } from '#core/eval/export/html.ts';
import { renderJsonReport } from '#core/eval/export/json.ts';
import { renderJunitReport } from '#core/eval/export/junit.ts';
import { renderMarkdownReport } from '#core/eval/export/markdown.ts';
import { recordRun } from '#core/eval/export/run-record.ts';
import { UserError } from '#core/user-error.ts';
import { createSecretMask } from '#io/secrets.ts';
import { openRun } from './open-run.ts';

/** The formats of exported runs, named as on the command line. */
export type ExportFormat = 'html' | 'markdown' | 'csv' | 'junit' | 'json';

/** Exports a stored run as text. Throws UserError when the rows of the file have changed since. */
export async function exportRun(
  prompt: PromptFile,
  run: string,
  format: ExportFormat,
): Promise<string> {
  const { input, path, plan: made, summary, store, report } = await openRun(prompt, run);
  if (made.hashes.data !== summary.run.hashes.data)
    throw new UserError(
      `${path}: its test rows have changed since run ${run}: evaluate it again, then export.`,
    );
  const cases = sortAsPlanned(report.cases(made.cases), made);
  const { comparisons, ...own } = summary;
  const { models, repeat } = summary.run;
  const targets = models.map((id) => ({ id, provider: '', origin: '', model: id }));
  const sources = collectStoredSources({
    input,
    plan: { ...made, models: targets, repeat },
    summary: own,
    cases,
    comparisons,
    hidden: await createSecretMask(made.document),
  });
  const events = store.events(summary.run.promptId, run);
  const records = [await recordRun(sources, events)];
  switch (format) {
    case 'html':
      return renderHtmlReport(records);
    case 'markdown':
      return renderMarkdownReport(records);
    case 'json':
      return renderJsonReport(records);
    case 'csv':
      return renderCsvReport(records);
    case 'junit':
      return renderJunitReport(records);
    default:
      return format satisfies never;
  }
}
