import type { EncodingName } from '#core/tokens/encoding.ts';
import {
  type CountVerification,
  type ReferenceCounter,
  verifyCounts,
} from '#core/tokens/verify-counts.ts';
import { collectRows, type PromptInput } from './prompt-input.ts';
import type { PromptKnowledge } from './prompt-knowledge.ts';

/**
 * Counts a prompt again with another tokenizer. Counts of models whose own tokenizer is not public are
 * compared before they are scaled.
 */
export async function verifyTokens(
  { prompt, settings, tests }: PromptInput,
  knowledge: PromptKnowledge,
  openReference: (encoding: EncodingName) => ReferenceCounter,
): Promise<CountVerification> {
  const models = await knowledge.catalogue(settings.models);
  const counter = await knowledge.encodingCounter(prompt.model, models);
  const whole = { ...prompt, rows: collectRows({ prompt, tests }) };
  return verifyCounts(whole, counter, openReference(counter.encoding));
}
