import { createInterface } from 'node:readline/promises';
import type { EvalSession } from '#app/eval/session.ts';
import { dollars } from '#core/models/figures.ts';
import type { Arguments, CommandContext } from './command.ts';
import { dollarsOrUnknown } from './reporters/figures.ts';

/** Asks on a terminal when it costs; without one, says why not and answers no when it is over the limit. */
export async function confirm(
  { path, forecast, maxCost, isFree, confirmAbove }: EvalSession,
  args: Arguments,
  { terminal, signal }: CommandContext,
): Promise<boolean> {
  if (isFree) return true;
  const expected = forecast.cost?.median;
  if (expected !== undefined && maxCost !== undefined && expected > maxCost) {
    terminal.note(
      `promptsmith: ${path}: the run would cost ≈ ${dollars(expected)}, over the limit of ${dollars(maxCost)}: raise --max-cost, or choose cases with --filter.`,
    );
    return false;
  }
  if (
    args.flag('yes') ||
    !terminal.isInteractive ||
    (expected !== undefined && expected <= confirmAbove)
  )
    return true;
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
