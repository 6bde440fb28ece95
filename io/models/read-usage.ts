import type { Usage } from '#core/eval/model.ts';

/** What a usage object may hold beside what every server sends; each provider has names of its own. */
interface WireUsage {
  readonly prompt_tokens?: unknown;
  readonly completion_tokens?: unknown;
  readonly total_tokens?: unknown;
  readonly prompt_tokens_details?: WireDetails | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: unknown } | null;
  readonly reasoning_tokens?: unknown;
  readonly cached_tokens?: unknown;
  readonly prompt_cache_hit_tokens?: unknown;
  readonly cache_read_input_tokens?: unknown;
  readonly cache_creation_input_tokens?: unknown;
  readonly cost?: unknown;
}

interface WireDetails {
  readonly cached_tokens?: unknown;
  readonly cache_write_tokens?: unknown;
  readonly cache_creation_tokens?: unknown;
}

/**
 * The tokens that a provider bills, from the `usage` of a response; null where it counts nothing. Numbers
 * that are not finite, negative or absurd are passed over. `hasCharge`: the provider documents `cost` as what
 * it charges, in USD; of any other server that field means nothing.
 */
export function readUsage(wire: unknown, hasCharge = false): Usage | null {
  if (typeof wire !== 'object' || wire === null) return null;
  const usage = wire as WireUsage;
  const total = readCount(usage.total_tokens);
  const completion = readCount(usage.completion_tokens);
  const prompt = readCount(usage.prompt_tokens) ?? subtract(total, completion);
  if (prompt === null) return null;
  const counted = completion ?? subtract(total, prompt);
  if (counted === null) return null;

  const prompted = usage.prompt_tokens_details;
  const cachedInput = readLargest(
    prompted?.cached_tokens,
    usage.cached_tokens,
    usage.prompt_cache_hit_tokens,
    usage.cache_read_input_tokens,
  );
  const cacheWrite = readLargest(
    prompted?.cache_write_tokens,
    prompted?.cache_creation_tokens,
    usage.cache_creation_input_tokens,
  );
  const stated = readLargest(
    usage.completion_tokens_details?.reasoning_tokens,
    usage.reasoning_tokens,
  );
  const beside = Math.max(0, (total ?? 0) - prompt - counted);
  const cached = cachedInput + cacheWrite;
  // Anthropic's way of counting leaves cached tokens out of the prompt's; the total may have them.
  const isApart = cached > prompt || (cached > 0 && beside === cached && stated < beside);
  // Grok and Gemini leave thinking out of the completion and bill it as output: the total decides.
  const hidden = isApart ? Math.max(0, beside - cached) : beside;
  const output = counted + hidden;
  const reasoning = Math.min(output, Math.max(stated, hidden));
  const charged = hasCharge ? readCount(usage.cost) : null;
  return {
    input: isApart ? prompt + cached : prompt,
    output,
    ...(cachedInput > 0 ? { cachedInput } : {}),
    ...(cacheWrite > 0 ? { cacheWrite } : {}),
    ...(reasoning > 0 ? { reasoning } : {}),
    ...(charged === null ? {} : { charged }),
  };
}

/** The same from the `usage` of the Responses API, which has other names for them. */
export function readResponsesUsage(wire: unknown, hasCharge = false): Usage | null {
  if (typeof wire !== 'object' || wire === null) return null;
  const { input_tokens, input_tokens_details, output_tokens, output_tokens_details, ...rest } =
    wire as Record<string, unknown>;
  return readUsage(
    {
      ...rest,
      prompt_tokens: input_tokens,
      prompt_tokens_details: input_tokens_details,
      completion_tokens: output_tokens,
      completion_tokens_details: output_tokens_details,
    },
    hasCharge,
  );
}

/** A count of tokens, or an amount; null when it is none that can be. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** One count may come under several names. */
function readLargest(...values: readonly unknown[]): number {
  return Math.max(0, ...values.map((value) => readCount(value) ?? 0));
}

function subtract(total: number | null, part: number | null): number | null {
  return total === null || part === null || part > total ? null : total - part;
}
