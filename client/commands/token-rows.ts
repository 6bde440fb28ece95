import { formatPercent } from '#core/format-percent.ts';
import { formatCount, formatDollars, formatSpread, formatTokenSize } from '#core/models/figures.ts';
import { describeCost, formatApproximation } from '#core/models/render-token-report.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import { formatCallCost } from '../summary-text.ts';

/** A row of the token breakdown. */
export interface TokenRow {
  readonly label: string;
  readonly description: string;
  /** The counted message that the row is about. */
  readonly message?: number;
}

/** Where the tokens of a call go: messages, variables, overhead; then what calls cost. */
export function listTokenRows(report: TokenReport): TokenRow[] {
  const { tokens, context, cost } = report;
  const about = formatApproximation(report);
  const share = (part: number) =>
    formatPercent(tokens.call.median > 0 ? part / tokens.call.median : 0);
  const row = (label: string, description: string, message?: number): TokenRow => ({
    label,
    description,
    ...(message === undefined ? {} : { message }),
  });
  return [
    row('Call', `${about}${formatSpread(tokens.call)} tokens`),
    ...tokens.messages.map(({ role, total }, i) =>
      row(
        `$(comment) ${i + 1}. ${role ?? 'message'}`,
        `${about}${formatSpread(total)} · ${share(total.median)}`,
        i,
      ),
    ),
    ...Object.entries(tokens.variables).map(([name, figure]) =>
      row(
        `$(symbol-variable) {{${name}}}`,
        `${about}${formatSpread(figure)} · ${share(figure.median)}`,
      ),
    ),
    row('Chat overhead', `≈ ${formatCount(tokens.overhead)} · ${share(tokens.overhead)}`),
    row('Cacheable prefix', `${about}${formatCount(tokens.cacheablePrefix)}`),
    ...(context
      ? [
          row(
            'Context window',
            `${formatPercent(context.share)} of ${formatTokenSize(context.window)}`,
          ),
        ]
      : []),
    row(
      'Cost per call',
      cost ? describeCost(report) : formatCallCost(report) || 'unknown: no model set',
    ),
    ...(cost ? [row('Cost per 1,000 calls', `≈ ${formatDollars(cost.per1000)}`)] : []),
    ...(cost?.goldenSet != null
      ? [row('Cost of the golden set', `≈ ${formatDollars(cost.goldenSet)}`)]
      : []),
    ...(cost?.perMonth != null ? [row('Cost per month', `≈ ${formatDollars(cost.perMonth)}`)] : []),
  ];
}
