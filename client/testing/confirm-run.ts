import { type Memento, type Uri, window } from 'vscode';
import { type EvalEstimate, totalEstimate } from '#app/eval/estimate.ts';
import { dollars } from '#core/models/figures.ts';
import { readConfirmAbove } from '../settings.ts';
import { estimateText } from './run-text.ts';

/** Models whose calls somebody wants to make although nobody knows what they cost. */
const MEMENTO = 'promptsmith.unpricedModels';

/**
 * Asks before money is spent: above the threshold, and where the cost is unknown. `prompts` are what
 * will run.
 */
export async function confirmRun(
  prompts: readonly { readonly name: string; readonly uri: Uri }[],
  estimates: readonly EvalEstimate[],
  memory: Memento,
): Promise<boolean> {
  const total = totalEstimate(estimates);
  if (total.isFree) return true;
  const threshold = total.confirmAbove ?? readConfirmAbove(prompts.map(({ uri }) => uri));
  const what = prompts.length === 1 ? prompts[0]?.name : `${prompts.length} prompts`;
  const run = 'Evaluate';
  if (total.cost === null) return await confirmUnknown(what ?? '', total, memory);
  if (total.cost <= threshold) return true;
  const question = `Evaluate ${what ?? ''} for about ${dollars(total.cost)}?`;
  const detail = estimateText(total);
  return (await window.showWarningMessage(question, { modal: true, detail }, run)) === run;
}

/** Why an eval may not begin: what it would cost, and what is left of the month's budget, in USD. */
export function overBudget(
  { cost, limit }: EvalEstimate,
  month: { readonly budget: number; readonly spent: number } | null,
): string | null {
  if (cost !== null && limit !== null && cost > limit)
    return `It would cost about ${dollars(cost)}, over the limit of ${dollars(limit)} that \`budget.maxCostPerRun\` of the file sets.`;
  if (month && month.spent + (cost ?? 0) > month.budget)
    return `It would cost about ${cost === null ? 'an unknown amount' : dollars(cost)}; ${dollars(month.spent)} of the ${dollars(month.budget)} of this month are spent (setting \`promptsmith.budget.month\`).`;
  return null;
}

async function confirmUnknown(
  what: string,
  total: EvalEstimate,
  memory: Memento,
): Promise<boolean> {
  const known = memory.get<readonly string[]>(MEMENTO, []);
  if (total.unknownPrices.every((model) => known.includes(model))) return true;
  const run = 'Evaluate';
  const always = 'Evaluate, and Do Not Ask Again for This Model';
  const chosen = await window.showWarningMessage(
    `Evaluate ${what}? What it costs is unknown.`,
    {
      modal: true,
      detail: `${estimateText(total)}. Prices can be given under \`models\` in .promptsmith.yaml.`,
    },
    run,
    always,
  );
  if (chosen === always)
    await memory.update(MEMENTO, [...new Set([...known, ...total.unknownPrices])]);
  return chosen === run || chosen === always;
}
