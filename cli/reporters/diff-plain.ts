import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { describeVerdict, formatPoints } from '#core/eval/compare/describe-verdict.ts';
import { formatDollars } from '#core/models/figures.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Terminal } from '../terminal.ts';
import { printChanges } from './changes-plain.ts';

/** Prints a diff: its sides, the changes, then tokens, cost and quality. */
export function printDiff(diff: PromptDiff, terminal: Terminal): void {
  const { from, to, bump, changes, tokens, cost } = diff;
  terminal.print(
    `${terminal.style(escapeForTerminal(`${from} → ${to}`), 'bold')}  ${bumpText(bump)}`,
  );
  printChanges(changes, terminal);
  terminal.print(
    `  ${['tokens per call', signed(tokens.to - tokens.from), `(${tokens.from} → ${tokens.to})`].join(' ')}`,
  );
  const costs = cost
    ? `${costText(cost.to - cost.from)} (${formatDollars(cost.from)} → ${formatDollars(cost.to)})`
    : 'unknown';
  terminal.print(`  cost per call ${costs}`);
  terminal.print(
    `  ${diff.eval ? `${formatPoints(diff.eval.delta)} points, ${describeVerdict(diff.eval)}` : 'eval: no comparable runs'}`,
  );
}

function bumpText(bump: PromptDiff['bump']): string {
  return bump === 'none' ? 'no relevant changes' : bump;
}

function signed(n: number): string {
  return n === 0 ? '±0' : n > 0 ? `+${n}` : `−${-n}`;
}

function costText(n: number): string {
  return n === 0 ? '±$0' : n > 0 ? `+${formatDollars(n)}` : `−${formatDollars(-n)}`;
}
