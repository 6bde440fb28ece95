import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { describeVerdict, formatPoints } from '#core/eval/compare/describe-verdict.ts';
import { dollars } from '#core/models/figures.ts';
import { summarizeChanges } from '#core/registry/summarize-changes.ts';

/** A part of a diff's head: a few words, and what they mean. */
export interface DiffSummaryPart {
  readonly text: string;
  readonly meaning: string;
}

/** What a diff says at a glance: what changed, tokens, cost, quality. Half an editor has room for it. */
export function summarizeDiff(diff: PromptDiff): DiffSummaryPart[] {
  const { bump, changes, tokens, cost, eval: comparison } = diff;
  const what = changes.map(({ text }) => text).join('; ');
  return [
    bump === 'none'
      ? { text: 'same', meaning: 'Nothing differs that counts' }
      : { text: `${bump}: ${summarizeChanges(changes)}`, meaning: what },
    {
      text: `${formatSigned(Math.round(tokens.to - tokens.from), String)} tokens`,
      meaning: `Tokens of a median call: ${Math.round(tokens.from)} → ${Math.round(tokens.to)}`,
    },
    cost
      ? {
          text: formatSigned(cost.to - cost.from, dollars),
          meaning: `Cost of a median call: ${dollars(cost.from)} → ${dollars(cost.to)}`,
        }
      : { text: 'cost unknown', meaning: 'The price of a model is not known' },
    comparison
      ? {
          text: `eval ${formatPoints(comparison.delta)}: ${comparison.verdict.replace('-', ' ')}`,
          meaning: describeVerdict(comparison),
        }
      : { text: 'no eval', meaning: 'No two stored evals on the same cases can be compared' },
  ];
}

/** The same, as short as a tab wants it: `minor, +38 tokens`. */
export function formatDiffTitle({ bump, tokens }: PromptDiff): string {
  const delta = Math.round(tokens.to - tokens.from);
  if (bump === 'none') return 'same';
  return delta === 0 ? bump : `${bump}, ${formatSigned(delta, String)} tokens`;
}

function formatSigned(value: number, text: (size: number) => string): string {
  if (Math.abs(value) < 1e-9) return `±${text(0)}`;
  return `${value > 0 ? '+' : '−'}${text(Math.abs(value))}`;
}
