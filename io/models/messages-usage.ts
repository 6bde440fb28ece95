import type { Usage } from '#core/eval/model.ts';
import { readCount } from './read-usage.ts';

/** What a usage object of the Messages API says, as far as it is read. */
export interface MessagesUsage {
  readonly input_tokens?: unknown;
  readonly cache_creation_input_tokens?: unknown;
  readonly cache_read_input_tokens?: unknown;
  readonly output_tokens?: unknown;
  readonly output_tokens_details?: { readonly thinking_tokens?: unknown } | null;
  readonly cost?: unknown;
}

/**
 * The tokens that a provider bills; null where a count is missing. `input_tokens` has neither what was read from the
 * cache nor what was written to it; `output_tokens` has the thinking. `hasCharge`: `cost` is what it charges, in USD.
 */
export function readMessagesUsage(usage: MessagesUsage, hasCharge: boolean): Usage | null {
  const fresh = readCount(usage.input_tokens);
  const output = readCount(usage.output_tokens);
  if (fresh === null || output === null) return null;
  const cachedInput = readCount(usage.cache_read_input_tokens) ?? 0;
  const cacheWrite = readCount(usage.cache_creation_input_tokens) ?? 0;
  const thinking = readCount(usage.output_tokens_details?.thinking_tokens) ?? 0;
  const reasoning = Math.min(output, thinking);
  const charged = hasCharge ? readCount(usage.cost) : null;
  return {
    input: fresh + cachedInput + cacheWrite,
    output,
    ...(cachedInput > 0 ? { cachedInput } : {}),
    ...(cacheWrite > 0 ? { cacheWrite } : {}),
    ...(reasoning > 0 ? { reasoning } : {}),
    ...(charged === null ? {} : { charged }),
  };
}
