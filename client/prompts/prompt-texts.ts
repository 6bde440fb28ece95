import { describeFewCases } from '#core/eval/statistics/describe-few-cases.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import type { PromptGroup } from './arrange.ts';

/** `3 · $4.20/month`: how many prompts a group has, and what they cost. */
export function describeGroup({ prompts }: Pick<PromptGroup, 'prompts'>): string {
  const month = prompts.reduce((sum, { costPerMonth }) => sum + (costPerMonth ?? 0), 0);
  return [String(prompts.length), month > 0 ? `${formatDollars(month)}/month` : '']
    .filter(Boolean)
    .join(' · ');
}

/** Tokens, cost and the state of the model; what is unknown is left out. */
export function describeFigures({
  tokens,
  costPerMonth,
  costPerCall,
  retirement,
}: Pick<WorkspacePrompt, 'tokens' | 'costPerMonth' | 'costPerCall' | 'retirement'>): string[] {
  const cost =
    costPerMonth !== null
      ? `${formatDollars(costPerMonth)}/month`
      : costPerCall !== null
        ? `${formatDollars(costPerCall)}/call`
        : '';
  const size = tokens ? `${tokens.exact ? '' : '≈ '}${formatCount(tokens.count)} tokens` : '';
  const state =
    retirement === 'retires' ? 'retiring model' : retirement === null ? '' : 'retired model';
  return [size, cost, state].filter(Boolean);
}

/** How many golden cases there are, and what they cannot detect. */
export function describeCases({
  cases,
  hasTestFiles,
}: Pick<WorkspacePrompt, 'cases' | 'hasTestFiles'>): string {
  const few = hasTestFiles ? null : describeFewCases(cases);
  return [formatCount(cases), few ?? ''].filter(Boolean).join(', ');
}

/** `1 error`, `2 notes`: the findings of a prompt, but for hints. */
export function describeFindings({
  error,
  warning,
  info,
}: Pick<WorkspacePrompt, 'error' | 'warning' | 'info'>): string[] {
  return [
    formatFindings(error, 'error'),
    formatFindings(warning, 'warning'),
    formatFindings(info, 'note'),
  ].filter(Boolean);
}

/** The icon of a prompt: that of its worst finding. */
export function chooseIcon({
  error,
  warning,
  info,
}: Pick<WorkspacePrompt, 'error' | 'warning' | 'info'>): {
  readonly icon: string;
  /** A theme color. */
  readonly color?: string;
} {
  if (error > 0) return { icon: 'error', color: 'list.errorForeground' };
  if (warning > 0) return { icon: 'warning', color: 'list.warningForeground' };
  return { icon: info > 0 ? 'info' : 'comment-discussion' };
}

/** Empty for none. */
function formatFindings(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
