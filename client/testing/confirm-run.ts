import { type Memento, type Uri, window } from 'vscode';
import { type EvalEstimate, totalEstimate } from '#app/eval/estimate-eval.ts';
import { formatDollars } from '#core/models/figures.ts';
import { readConfirmAbove } from '../settings.ts';
import { askAboutCost } from './cost-question.ts';
import { describeEstimate } from './describe-eval.ts';

/** Models that the user wants to call although their price is unknown. */
const MEMENTO = 'promptsmith.unpricedModels';

/** Asks before money is spent: above the threshold, and where the cost is unknown. */
export async function confirmRun(
  prompts: readonly { readonly name: string; readonly uri: Uri }[],
  estimates: readonly EvalEstimate[],
  memory: Memento,
): Promise<boolean> {
  const total = totalEstimate(estimates);
  const threshold = total.confirmAbove ?? readConfirmAbove(prompts.map(({ uri }) => uri));
  const accepted = memory.get<readonly string[]>(MEMENTO, []);
  const what = prompts.length === 1 ? (prompts[0]?.name ?? '') : `${prompts.length} prompts`;
  const question = askAboutCost(total, threshold, accepted);
  switch (question) {
    case 'none':
      return true;
    case 'over-threshold': {
      const text = `Evaluate ${what} for ≈ ${formatDollars(total.cost ?? 0)}?`;
      const detail = describeEstimate(total);
      const run = 'Evaluate';
      return (await window.showWarningMessage(text, { modal: true, detail }, run)) === run;
    }
    case 'unknown-cost': {
      const answer = await confirmUnknown(what, total);
      if (answer === 'always')
        await memory.update(MEMENTO, [...new Set([...accepted, ...total.unknownPrices])]);
      return answer !== 'no';
    }
    default:
      return question satisfies never;
  }
}

async function confirmUnknown(
  what: string,
  total: EvalEstimate,
): Promise<'once' | 'always' | 'no'> {
  const once = 'Evaluate';
  const always = 'Evaluate and Do Not Ask Again for This Model';
  const chosen = await window.showWarningMessage(
    `Evaluate ${what}? The cost is unknown.`,
    {
      modal: true,
      detail: `${describeEstimate(total)}. Add prices under \`models\` in .promptsmith.yaml.`,
    },
    once,
    always,
  );
  if (chosen === always) return 'always';
  return chosen === once ? 'once' : 'no';
}
