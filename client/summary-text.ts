import { formatCount, formatDollars } from '#core/models/figures.ts';
import { formatApproximation } from '#core/models/render-token-report.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import type { PromptSummary } from '#core/protocol.ts';
import type { Severity } from '#core/settings.ts';

const ICONS = { error: '$(error)', warning: '$(warning)', info: '$(info)' } as const;
const NOUNS = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' } as const;

/** What the status bar shows of a prompt: `1,240 tokens · ≈ $0.0003/call · $(warning) 2`. */
export function formatSummary(summary: PromptSummary): string {
  const { report } = summary;
  const findings = (['error', 'warning', 'info'] as const)
    .filter((severity) => summary[severity] > 0)
    .map((severity) => `${ICONS[severity]} ${summary[severity]}`);
  const figures = report ? [formatTokens(report), formatCallCost(report)] : [];
  return [...figures.filter((text) => text !== ''), findings.join(' ') || '$(check)'].join(' · ');
}

/** The same in words, for screen readers. */
export function describeSummary(summary: PromptSummary): string {
  const { report } = summary;
  const findings = (['error', 'warning', 'info', 'hint'] as const satisfies readonly Severity[])
    .filter((severity) => summary[severity] > 0)
    .map(
      (severity) => `${summary[severity]} ${NOUNS[severity]}${summary[severity] === 1 ? '' : 's'}`,
    );
  const figures = report ? [formatTokens(report), formatCallCost(report)] : [];
  const parts = [...figures.filter((text) => text !== ''), findings.join(', ') || 'no findings'];
  return `Prompt: ${parts.join(', ')}`;
}

/** `1,240 tokens` of the median call. */
export function formatTokens(report: TokenReport): string {
  return `${formatApproximation(report)}${formatCount(report.tokens.call.median)} tokens`;
}

/** The cost of the median call; empty if no model is set. */
export function formatCallCost({ cost, model }: TokenReport): string {
  if (!cost) return model === null ? '' : 'cost unknown';
  return `≈ ${formatDollars(cost.call.median)}/call`;
}
