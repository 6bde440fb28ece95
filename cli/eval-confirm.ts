import { createInterface } from 'node:readline/promises';
import type { PreparedEval } from '#app/eval/prepare-eval.ts';
import { formatDollars } from '#core/models/figures.ts';
import type { CommandContext } from './command.ts';
import { dollarsOrUnknown } from './reporters/figures.ts';

/**
 * Whether a run may start. Asks on a terminal above the threshold; a run over its limit is refused with
 * the reason.
 */
export async function confirmCost(
  { path, runEstimate, costLimit, isFree, confirmAbove }: PreparedEval,
  assumesYes: boolean,
  { terminal, signal }: CommandContext,
): Promise<boolean> {
  if (isFree) return true;
  const expected = runEstimate.cost?.median;
  if (expected !== undefined && costLimit !== null && expected > costLimit.usd) {
    terminal.note(
      `promptsmith: ${path}: the run would cost ≈ ${formatDollars(expected)}, over the limit of ${formatDollars(costLimit.usd)} set by ${costLimit.source}: raise it, or select cases with --filter.`,
    );
    return false;
  }
  const isCheap = expected !== undefined && expected <= confirmAbove;
  if (assumesYes || !terminal.isInteractive || isCheap) return true;
  const prompter = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompter.question(`Run for ≈ ${dollarsOrUnknown(expected)}? [y/N] `, {
      signal,
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompter.close();
  }
}
