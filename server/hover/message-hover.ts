import { count, dollars, percent, spread } from '#core/models/figures.ts';
import { approximately } from '#core/models/report-markdown.ts';
import type { Analysis } from '../analysis.ts';
import { countMessages, createTokenReport } from '../language/report.ts';

/** Tokens, cost and share of one message; null while the token table is not loaded. */
export function describeMessage(analysis: Analysis, index: number): string | null {
  const counts = countMessages(analysis)[index];
  const report = createTokenReport(analysis);
  const message = analysis.prompt.messages[index];
  if (!counts || !report || !message) return null;
  const about = approximately(report);
  const { total, static: fixed } = counts;
  const input = analysis.models?.find(report.model)?.prices?.input;
  const share = total.median / Math.max(1, report.tokens.call.median);
  const parts = [
    `**Message ${index + 1}${message.role ? ` (${message.role})` : ''}: ${about}${spread(total)} tokens**`,
    `Static text ${about}${count(fixed)} · ${percent(share)} of a call`,
    input !== undefined && `${dollars((total.median * input) / 1e6)} of a call’s input cost`,
    report.context && `${percent(total.max / report.context.window)} of the context window`,
    total.min !== total.max && 'Three figures: least / median / most over the test rows.',
  ];
  return parts.filter(Boolean).join('\n\n');
}
