import type { PreparedEval } from '#app/eval/prepare-eval.ts';
import type { RunEstimate } from '#core/eval/run/estimate-run.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import type { Terminal } from '../terminal.ts';
import { pluralize } from './findings-plain.ts';

/** What a run will call and cost, printed before the first call. */
export function printEstimate(
  { path, plan, runEstimate, isReplay }: PreparedEval,
  terminal: Terminal,
): void {
  const { calls, kept, tokens, cost, unknownPrices, selfJudged, exact } = runEstimate;
  const models = plan.models.map(({ id }) => id).join(', ');
  const repeats = plan.repeat > 1 ? ` × ${plan.repeat}` : '';
  terminal.print(
    `${terminal.style(path, 'bold')}  ${models}, ${pluralize(plan.cases.length, 'case')}${repeats}`,
  );
  const has = describeAnswers(runEstimate);
  const judges = calls.judges > 0 ? ` and ${pluralize(calls.judges, 'judge call')}` : '';
  const price = cost
    ? `≈ ${formatDollars(cost.median)} (${formatDollars(cost.min)} to ${formatDollars(cost.max)})`
    : `cost unknown (no price for ${unknownPrices.join(', ')})`;
  const made = `${pluralize(calls.answers, 'call')}${judges}, ${exact ? '' : '≈ '}${formatCount(tokens.input)} input tokens, ${price}`;
  const isCalling = calls.answers + calls.judges > 0;
  const nothing = has === '' ? 'no calls' : `no calls: ${has}`;
  const total = isReplay ? 'answers from recordings, no cost' : isCalling ? made : nothing;
  terminal.print(terminal.style(`  ${total}`, 'dim'));
  const again = kept > 0 ? '; --no-cache sends the requests again' : '';
  if (has !== '' && isCalling) terminal.print(terminal.style(`  ${has}${again}`, 'dim'));
  if (selfJudged.length > 0)
    terminal.note(
      `  note: ${selfJudged.join(', ')} judges its own answers; use another model as the judge`,
    );
}

/** `36 answers of this run, 12 answers from the cache`: what need not be asked; '' for nothing. */
function describeAnswers({ stored, kept }: RunEstimate): string {
  const parts = [
    stored > 0 ? `${pluralize(stored, 'answer')} of this run` : '',
    kept > 0 ? `${pluralize(kept, 'answer')} from the cache` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
