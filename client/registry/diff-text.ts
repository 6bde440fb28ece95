import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { describeVerdict, formatPoints } from '#core/eval/compare/describe-verdict.ts';
import { dollars } from '#core/models/figures.ts';
import { summarizeChanges } from '#core/registry/summarize-changes.ts';

/** A part of a diff's head: a few words, and what they mean. */
export interface DiffWord {
  readonly text: string;
  readonly meaning: string;
}

/** What a diff says at a glance: what changed, tokens, cost, quality. Half an editor has room for it. */
export function diffWords(diff: PromptDiff): DiffWord[] {
  const { bump, changes, tokens, cost, eval: comparison } = diff;
  const what = changes.map(({ text }) => text).join('; ');
  return [
    bump === 'none'
      ? { text: 'same', meaning: 'Nothing differs that counts' }
      : { text: `${bump}: ${summarizeChanges(changes)}`, meaning: what },
    {
      text: `${signed(Math.round(tokens.to - tokens.from), String)} tokens`,
      meaning: `Tokens of a median call: ${Math.round(tokens.from)} → ${Math.round(tokens.to)}`,
    },
    cost
      ? {
          text: signed(cost.to - cost.from, dollars),
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
export function diffTitle({ bump, tokens }: PromptDiff): string {
  const delta = Math.round(tokens.to - tokens.from);
  if (bump === 'none') return 'same';
  return delta === 0 ? bump : `${bump}, ${signed(delta, String)} tokens`;
}

function signed(value: number, text: (size: number) => string): string {
  if (Math.abs(value) < 1e-9) return `±${text(0)}`;
  return `${value > 0 ? '+' : '−'}${text(Math.abs(value))}`;
}
