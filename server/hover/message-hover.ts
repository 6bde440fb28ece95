import { formatPercent } from '#core/format-percent.ts';
import { formatCount, formatDollars, formatSpread } from '#core/models/figures.ts';
import { formatApproximation } from '#core/models/render-token-report.ts';
import { escapeForHover, hover } from '#core/printing/hover.ts';
import { joinParagraphs, type SafeText } from '#core/printing/safe-text.ts';
import type { Analysis } from '../analysis.ts';
import { countMessages, createTokenReport } from '../language/report.ts';

/** Tokens, cost and share of one message; null until the token table is loaded. */
export function describeMessage(analysis: Analysis, index: number): SafeText<'hover'> | null {
  const counts = countMessages(analysis)[index];
  const report = createTokenReport(analysis);
  const message = analysis.prompt.messages[index];
  if (!counts || !report || !message) return null;
  const about = formatApproximation(report);
  const { total, static: fixed } = counts;
  const input = analysis.models?.find(report.model)?.prices?.input;
  const share = total.median / Math.max(1, report.tokens.call.median);
  const role = message.role ? ` (${message.role})` : '';
  return joinParagraphs(
    hover`**${escapeForHover(`Message ${index + 1}${role}: ${about}${formatSpread(total)} tokens`)}**`,
    escapeForHover(`Static text ${about}${formatCount(fixed)} · ${formatPercent(share)} of a call`),
    input !== undefined &&
      escapeForHover(`${formatDollars((total.median * input) / 1e6)} of a call’s input cost`),
    report.context &&
      escapeForHover(`${formatPercent(total.max / report.context.window)} of the context window`),
    total.min !== total.max && hover`Values are min / median / max over the test rows.`,
  );
}
