import { derivePromptId } from '#core/eval/ids.ts';
import type { PromptSummary, SummaryParams, SummaryResult } from '#core/protocol.ts';
import type { Analysis } from '../analysis.ts';
import type { Feature } from '../feature.ts';
import { createTokenReport } from '../language/report.ts';

/** Custom request for the status bar: tokens, cost and the number of findings. */
export const summary: Feature = {
  name: 'summary',
  capabilities: () => ({}),
  register: ({ connection, guard, documents, runs }) =>
    connection.onRequest(
      'promptsmith/summary',
      guard.handler('summary', null as SummaryResult, async ({ uri }: SummaryParams) => {
        const known = documents.analysis(uri);
        if (known?.kind === 'prompt') await runs.load(known.prompt, known.file);
        const analysis = documents.analysis(uri);
        return analysis?.kind === 'prompt' ? summarizePrompt(analysis) : null;
      }),
    ),
};

export function summarizePrompt(analysis: Analysis): PromptSummary {
  const { prompt, file, findings } = analysis;
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of file.ignored ? [] : findings) counts[severity]++;
  const report = prompt.kind === 'prompt' ? createTokenReport(analysis) : null;
  return {
    path: file.path,
    promptId: derivePromptId(file.path, prompt.id),
    rows: prompt.rows.length,
    report,
    isCounting: prompt.kind === 'prompt' && report === null,
    ...counts,
  };
}
