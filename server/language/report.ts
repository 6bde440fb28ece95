import { buildTokenReport, type TokenReport } from '#core/models/token-report.ts';
import type { MessageCounts } from '#core/tokens/counts.ts';
import type { Analysis } from '../analysis.ts';

/** Tokens, window and cost of an analysed prompt; null while they are being loaded. */
export function createTokenReport(analysis: Analysis): TokenReport | null {
  const { counts, prompt, models, file } = analysis;
  return counts && buildTokenReport(prompt, counts, models, file.settings, file.path);
}

/** The figures of each message by its index in the prompt; messages without content have none. */
export function countMessages(analysis: Analysis): (MessageCounts | null)[] {
  const { counts, prompt } = analysis;
  let next = 0;
  return prompt.messages.map(({ content }) =>
    content && counts ? (counts.messages[next++] ?? null) : null,
  );
}
