import type { TokenReport } from '#core/models/token-report.ts';
import type { MessageCounts } from '#core/tokens/counts.ts';
import type { Analysis } from '../analysis.ts';

/** Tokens, context window and cost of an analyzed prompt; null while they are loading. */
export function createTokenReport(analysis: Analysis): TokenReport | null {
  return analysis.tokenReport;
}

/** The token counts of each message by its index in the prompt; null for messages without content. */
export function countMessages(analysis: Analysis): (MessageCounts | null)[] {
  const { counts, prompt } = analysis;
  let next = 0;
  return prompt.messages.map(({ content }) =>
    content && counts ? (counts.messages[next++] ?? null) : null,
  );
}
