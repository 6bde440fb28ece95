import { formatPercent } from '#core/format-percent.ts';
import { count, dollars, spread } from '#core/models/figures.ts';
import { approximately } from '#core/models/report-markdown.ts';
import { hover, hoverText } from '#core/printing/hover.ts';
import { joinParagraphs, type SafeText } from '#core/printing/safe-text.ts';
import type { Analysis } from '../analysis.ts';
import { countMessages, createTokenReport } from '../language/report.ts';

/** Tokens, cost and share of one message; null while the token table is not loaded. */
export function describeMessage(analysis: Analysis, index: number): SafeText<'hover'> | null {
  const counts = countMessages(analysis)[index];
  const report = createTokenReport(analysis);
  const message = analysis.prompt.messages[index];
  if (!counts || !report || !message) return null;
  const about = approximately(report);
  const { total, static: fixed } = counts;
  const input = analysis.models?.find(report.model)?.prices?.input;
  const share = total.median / Math.max(1, report.tokens.call.median);
  const role = message.role ? ` (${message.role})` : '';
  return joinParagraphs(
    hover`**${hoverText(`Message ${index + 1}${role}: ${about}${spread(total)} tokens`)}**`,
    hoverText(`Static text ${about}${count(fixed)} · ${formatPercent(share)} of a call`),
    input !== undefined &&
      hoverText(`${dollars((total.median * input) / 1e6)} of a call’s input cost`),
    report.context &&
      hoverText(`${formatPercent(total.max / report.context.window)} of the context window`),
    total.min !== total.max && hover`Three figures: least / median / most over the test rows.`,
  );
}
