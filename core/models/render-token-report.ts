import { formatPercent } from '../format-percent.ts';
import { escapeForHover, formatHoverCode, hover } from '../printing/hover.ts';
import { renderMarkdownTable } from '../printing/markdown-table.ts';
import { joinParagraphs, type SafeText } from '../printing/safe-text.ts';
import { describeExpectedOutput } from './expected-output.ts';
import { formatCount, formatDollars, formatSpread, formatTokenSize } from './figures.ts';
import type { TokenReport } from './token-report.ts';

/** `≈ ` before figures that are estimates. */
export function formatApproximation(report: { readonly exact: boolean }): string {
  return report.exact ? '' : '≈ ';
}

/** The whole breakdown as a table and notes, for a hover. */
export function renderTokenReport(report: TokenReport): SafeText<'hover'> {
  const { tokens, context, cost, prices } = report;
  const about = formatApproximation(report);
  const rows: readonly (readonly [SafeText<'hover'>, string])[] = [
    [hover`Tokens per call`, `${about}${formatSpread(tokens.call)}`],
    [hover`Static text`, `${about}${formatCount(tokens.static)}`],
    ...Object.entries(tokens.variables).map(
      ([name, figure]) =>
        [formatHoverCode(`{{${name}}}`), `${about}${formatSpread(figure)}`] as const,
    ),
    [hover`Chat overhead`, `≈ ${formatCount(tokens.overhead)}`],
    [hover`Cacheable prefix`, `${about}${formatCount(tokens.cacheablePrefix)}`],
    ...addRow(context, ({ share, window }) => [
      hover`Context window`,
      `${formatPercent(share)} of ${formatTokenSize(window)} (longest call)`,
    ]),
    ...addRow(cost, () => [hover`Cost per call`, describeCost(report)]),
    ...addRow(cost, ({ per1000 }) => [hover`Cost of 1,000 calls`, `≈ ${formatDollars(per1000)}`]),
    ...addRow(cost?.goldenSet, (usd) => [hover`Cost of the golden set`, `≈ ${formatDollars(usd)}`]),
    ...addRow(cost?.perMonth, (usd) => [hover`Cost per month`, `≈ ${formatDollars(usd)}`]),
    ...addRow(cost?.cache && cost.cache.perCall > 0 ? cost.cache : null, (saved) => [
      hover`Saved per cached call`,
      `${formatDollars(saved.perCall)} (${formatCount(saved.tokens)} tokens${saved.automatic ? '' : ', on request'})`,
    ]),
  ];
  return joinParagraphs(
    renderMarkdownTable(
      [{ heading: hover`` }, { heading: hover``, isNumber: true }],
      rows.map(([name, value]) => [name, escapeForHover(value)]),
    ),
    isSpread(report) && hover`Values are min / median / max over the test rows.`,
    report.basis && hover`≈ ${escapeForHover(report.basis)}.`,
    !report.cost && report.model !== null && hover`The price of this model is not known.`,
    prices && hover`Prices: ${escapeForHover(describePriceSource(prices))}.`,
  );
}

/** One row where there is a value, else none. */
function addRow<T>(
  value: T | null | undefined,
  row: (value: T) => readonly [SafeText<'hover'>, string],
): readonly (readonly [SafeText<'hover'>, string])[] {
  return value === null || value === undefined ? [] : [row(value)];
}

/** The expected cost of a call, what it assumes of the answer, and the most that the prompt allows. */
export function describeCost({ cost }: TokenReport): string {
  if (!cost) return 'unknown';
  const { min, median, max } = cost.call;
  const figures = min === max ? [min] : [min, median, max];
  const money = figures.map(formatDollars).join(' / ');
  const most = cost.most === null ? '' : `, at most ${formatDollars(cost.most)}`;
  return `≈ ${money} (${describeExpectedOutput(cost.output)})${most}`;
}

/** `@pydantic/genai-prices 0.1.8, 2026-09-23`; `settings`. */
export function describePriceSource({ source, date }: NonNullable<TokenReport['prices']>): string {
  return date === null ? source : `${source}, ${date}`;
}

function isSpread({ tokens }: TokenReport): boolean {
  return tokens.call.min !== tokens.call.max;
}
