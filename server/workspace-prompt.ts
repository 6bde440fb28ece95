import { derivePromptId } from '#core/eval/ids.ts';
import { getRetirementState } from '#core/models/retirements.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import type { Analysis } from './analysis.ts';
import { createTokenReport } from './language/report.ts';
import { getDisplayName } from './prompt-entry.ts';

/** Describes a prompt for the list of all prompts. */
export function describeWorkspacePrompt(analysis: Analysis): WorkspacePrompt {
  const { prompt, uri, file, models, facts } = analysis;
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of file.ignored ? [] : analysis.findings) findings[severity]++;
  const report = createTokenReport(analysis);
  const retirement = models?.find(prompt.model)?.retirement;
  return {
    uri,
    path: file.path,
    promptId: derivePromptId(file.path, prompt.id),
    name: getDisplayName(analysis),
    model: prompt.model,
    retirement: retirement && facts.today ? getRetirementState(retirement, facts.today) : null,
    owner: readText(prompt.metadata.owner),
    feature: readText(prompt.metadata.feature),
    tags: prompt.tags,
    cases: prompt.rows.length,
    hasTestFiles: prompt.testFiles.length > 0,
    tokens: report && { count: report.tokens.call.median, exact: report.exact },
    costPerCall: report?.cost?.call.median ?? null,
    costPerMonth: report?.cost?.perMonth ?? null,
    ...findings,
  };
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
