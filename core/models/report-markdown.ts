import { formatPercent } from '../format-percent.ts';
import { hover, hoverCode, hoverText } from '../printing/hover.ts';
import { markdownTable } from '../printing/markdown-table.ts';
import { joinParagraphs, type SafeText } from '../printing/safe-text.ts';
import { count, dollars, size, spread } from './figures.ts';
import type { TokenReport } from './token-report.ts';

/** `≈ ` before figures that are estimates. */
export function approximately(report: { readonly exact: boolean }): string {
  return report.exact ? '' : '≈ ';
}

/** The whole breakdown as a table and notes, for a hover. */
export function breakdown(report: TokenReport): SafeText<'hover'> {
  const { tokens, context, cost, prices } = report;
  const about = approximately(report);
  const rows: readonly (readonly [SafeText<'hover'>, string])[] = [
    [hover`Tokens per call`, `${about}${spread(tokens.call)}`],
    [hover`Static text`, `${about}${count(tokens.static)}`],
    ...Object.entries(tokens.variables).map(
      ([name, figure]) => [hoverCode(`{{${name}}}`), `${about}${spread(figure)}`] as const,
    ),
    [hover`Chat overhead`, `≈ ${count(tokens.overhead)}`],
    [hover`Cacheable prefix`, `${about}${count(tokens.cacheablePrefix)}`],
    ...when(context, ({ share, window }) => [
      hover`Context window`,
      `${formatPercent(share)} of ${size(window)} (longest call)`,
    ]),
    ...when(cost, () => [hover`Cost per call`, costText(report)]),
    ...when(cost, ({ per1000 }) => [hover`Cost of 1,000 calls`, dollars(per1000)]),
    ...when(cost?.goldenSet, (usd) => [hover`Cost of the golden set`, dollars(usd)]),
    ...when(cost?.perMonth, (usd) => [hover`Cost per month`, dollars(usd)]),
    ...when(cost?.cache && cost.cache.perCall > 0 ? cost.cache : null, (saved) => [
      hover`Saved per cached call`,
      `${dollars(saved.perCall)} (${count(saved.tokens)} tokens${saved.automatic ? '' : ', on request'})`,
    ]),
  ];
  return joinParagraphs(
    markdownTable(
      [{ heading: hover`` }, { heading: hover``, isNumber: true }],
      rows.map(([name, value]) => [name, hoverText(value)]),
    ),
    isSpread(report) && hover`Three figures: least / median / most over the test rows.`,
    report.basis && hover`≈ ${hoverText(report.basis)}.`,
    !report.cost && report.model !== null && hover`The price of this model is not known.`,
    prices && hover`Prices: ${hoverText(prices.source)}, ${hoverText(prices.date)}.`,
  );
}

/** One row where there is a value, else none. */
function when<T>(
  value: T | null | undefined,
  row: (value: T) => readonly [SafeText<'hover'>, string],
): readonly (readonly [SafeText<'hover'>, string])[] {
  return value === null || value === undefined ? [] : [row(value)];
}

/** The cost of a call, and whether its answer is in it. */
export function costText({ cost }: TokenReport): string {
  if (!cost) return 'unknown';
  const { min, median, max } = cost.call;
  const figures = min === max ? [min] : [min, median, max];
  const money = figures.map(dollars).join(' / ');
  switch (cost.output.basis) {
    case 'none':
      return `${money} + the answer`;
    case 'max-tokens':
      return `at most ${money} (${count(cost.output.tokens)} tokens of answer)`;
    case 'traffic':
      return `${money} (${count(cost.output.tokens)} tokens of answer)`;
    default:
      return cost.output.basis satisfies never;
  }
}

function isSpread({ tokens }: TokenReport): boolean {
  return tokens.call.min !== tokens.call.max;
}
