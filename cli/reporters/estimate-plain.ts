import type { PreparedEval } from '#app/eval/prepare-eval.ts';
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
  const judges = calls.judges > 0 ? ` and ${pluralize(calls.judges, 'judge call')}` : '';
  const price = cost
    ? `≈ ${formatDollars(cost.median)} (${formatDollars(cost.min)} to ${formatDollars(cost.max)})`
    : `cost unknown (no price for ${unknownPrices.join(', ')})`;
  const total = isReplay
    ? 'answers from recordings, no cost'
    : `${pluralize(calls.answers, 'call')}${judges}, ${exact ? '' : '≈ '}${formatCount(tokens.input)} input tokens, ${price}`;
  terminal.print(terminal.style(`  ${total}`, 'dim'));
  if (kept > 0)
    terminal.print(
      terminal.style(
        `  ${pluralize(kept, 'answer')} from the cache; --no-cache sends the requests again`,
        'dim',
      ),
    );
  if (selfJudged.length > 0)
    terminal.note(
      `  note: ${selfJudged.join(', ')} judges its own answers; use another model as the judge`,
    );
}
