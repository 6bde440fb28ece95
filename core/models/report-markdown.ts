import { count, dollars, percent, size, spread } from './figures.ts';
import type { TokenReport } from './token-report.ts';

/** `≈ ` before figures that are estimates. */
export function approximately(report: { readonly exact: boolean }): string {
  return report.exact ? '' : '≈ ';
}

/** The whole breakdown as a Markdown table. */
export function breakdown(report: TokenReport): string {
  const { tokens, context, cost, prices } = report;
  const about = approximately(report);
  const rows = [
    ['Tokens per call', `${about}${spread(tokens.call)}`],
    ['Static text', `${about}${count(tokens.static)}`],
    ...Object.entries(tokens.variables).map(([name, figure]) => [
      `\`{{${name}}}\``,
      `${about}${spread(figure)}`,
    ]),
    ['Chat overhead', `≈ ${count(tokens.overhead)}`],
    ['Cacheable prefix', `${about}${count(tokens.cacheablePrefix)}`],
    ...(context
      ? [['Context window', `${percent(context.share)} of ${size(context.window)} (longest call)`]]
      : []),
    ...(cost ? [['Cost per call', costText(report)]] : []),
    ...(cost ? [['Cost of 1,000 calls', dollars(cost.per1000)]] : []),
    ...(cost?.goldenSet != null ? [['Cost of the golden set', dollars(cost.goldenSet)]] : []),
    ...(cost?.perMonth != null ? [['Cost per month', dollars(cost.perMonth)]] : []),
    ...(cost?.cache && cost.cache.perCall > 0
      ? [
          [
            'Saved per cached call',
            `${dollars(cost.cache.perCall)} (${count(cost.cache.tokens)} tokens${cost.cache.automatic ? '' : ', on request'})`,
          ],
        ]
      : []),
  ];
  const notes = [
    isSpread(report) && 'Three figures: least / median / most over the test rows.',
    report.basis && `≈ ${report.basis}.`,
    !report.cost && report.model !== null && 'The price of this model is not known.',
    prices && `Prices: ${prices.source}, ${prices.date}.`,
  ];
  const table = ['| | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
  return [table.join('\n'), ...notes.filter(Boolean)].join('\n\n');
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
