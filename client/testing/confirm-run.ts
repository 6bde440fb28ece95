import { l10n, type Memento, type Uri, window } from 'vscode';
import { type EvalEstimate, totalEstimate } from '#app/eval/estimate.ts';
import { dollars } from '#core/models/figures.ts';
import { confirmAbove } from '../confirm-above.ts';
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
  const threshold = total.confirmAbove ?? confirmAbove(prompts.map(({ uri }) => uri));
  const what = prompts.length === 1 ? prompts[0]?.name : l10n.t('{0} prompts', prompts.length);
  const run = l10n.t('Evaluate');
  if (total.cost === null) return await confirmUnknown(what ?? '', total, memory);
  if (total.cost <= threshold) return true;
  const question = l10n.t('Evaluate {0} for about {1}?', what ?? '', dollars(total.cost));
  const detail = estimateText(total);
  return (await window.showWarningMessage(question, { modal: true, detail }, run)) === run;
}

/** Why an eval may not begin: what it would cost, and what is left of the month's budget, in USD. */
export function overBudget(
  { cost, limit }: EvalEstimate,
  month: { readonly budget: number; readonly spent: number } | null,
): string | null {
  if (cost !== null && limit !== null && cost > limit)
    return l10n.t(
      'It would cost about {0}, over the limit of {1} that `budget.maxCostPerRun` of the file sets.',
      dollars(cost),
      dollars(limit),
    );
  if (month && month.spent + (cost ?? 0) > month.budget)
    return l10n.t(
      'It would cost about {0}; {1} of the {2} of this month are spent (setting `promptsmith.budget.month`).',
      cost === null ? l10n.t('an unknown amount') : dollars(cost),
      dollars(month.spent),
      dollars(month.budget),
    );
  return null;
}

async function confirmUnknown(
  what: string,
  total: EvalEstimate,
  memory: Memento,
): Promise<boolean> {
  const known = memory.get<readonly string[]>(MEMENTO, []);
  if (total.unknownPrices.every((model) => known.includes(model))) return true;
  const run = l10n.t('Evaluate');
  const always = l10n.t('Evaluate, and Do Not Ask Again for This Model');
  const chosen = await window.showWarningMessage(
    l10n.t('Evaluate {0}? What it costs is unknown.', what),
    {
      modal: true,
      detail: l10n.t(
        '{0}. Prices can be given under `models` in .promptsmith.yaml.',
        estimateText(total),
      ),
    },
    run,
    always,
  );
  if (chosen === always)
    await memory.update(MEMENTO, [...new Set([...known, ...total.unknownPrices])]);
  return chosen === run || chosen === always;
}
