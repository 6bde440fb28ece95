import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { describeVerdict, formatPoints } from '#core/eval/compare/describe-verdict.ts';
import { formatDollars } from '#core/models/figures.ts';
import { summarizeChanges } from '#core/registry/summarize-changes.ts';

/** A part of a diff's summary: a short text and its explanation. */
export interface DiffSummaryPart {
  readonly text: string;
  readonly meaning: string;
}

/** Summarizes a diff in half the width of an editor: changes, tokens, cost, quality. */
export function summarizeDiff(diff: PromptDiff): DiffSummaryPart[] {
  const { bump, changes, tokens, cost, eval: comparison } = diff;
  const what = changes.map(({ text }) => text).join('; ');
  return [
    bump === 'none'
      ? { text: 'same', meaning: 'No relevant changes' }
      : { text: `${bump}: ${summarizeChanges(changes)}`, meaning: what },
    {
      text: `${formatSigned(Math.round(tokens.to - tokens.from), String)} tokens`,
      meaning: `Tokens of a median call: ${Math.round(tokens.from)} → ${Math.round(tokens.to)}`,
    },
    cost
      ? {
          text: formatSigned(cost.to - cost.from, formatDollars),
          meaning: `Cost of a median call: ${formatDollars(cost.from)} → ${formatDollars(cost.to)}`,
        }
      : { text: 'cost unknown', meaning: 'The price of a model is unknown' },
    comparison
      ? {
          text: `eval ${formatPoints(comparison.delta)}: ${comparison.verdict.replace('-', ' ')}`,
          meaning: describeVerdict(comparison),
        }
      : { text: 'no eval', meaning: 'No two stored evals use the same cases' },
  ];
}

/** The summary for the title of a tab: `minor, +38 tokens`. */
export function formatDiffTitle({ bump, tokens }: PromptDiff): string {
  const delta = Math.round(tokens.to - tokens.from);
  if (bump === 'none') return 'same';
  return delta === 0 ? bump : `${bump}, ${formatSigned(delta, String)} tokens`;
}

function formatSigned(value: number, text: (size: number) => string): string {
  if (Math.abs(value) < 1e-9) return `±${text(0)}`;
  return `${value > 0 ? '+' : '−'}${text(Math.abs(value))}`;
}
