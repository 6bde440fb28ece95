import type { ModelApi } from './model-api.ts';
import { parseModelId } from './model-id.ts';
import { PRESETS } from './presets.ts';

/**
 * OpenAI's models that only the Responses API serves: what `ResponsesModel` of the package `openai` 7.59.0 has beside
 * `ChatModel`, and the other versions of `pro` and `codex`.
 * Source: https://developers.openai.com/api/docs/models (checked on 2026-12-01).
 */
const RESPONSES_ONLY = [
  /^o\d+-pro(?:-|$)/,
  /^gpt-\d+(?:\.\d+)?-(?:pro|codex|cyber|rosalind)(?:-|$)/,
  /^gpt-\d+(?:\.\d+)?-astra-law(?:-|$)/,
  /^gpt-(?:daybreak|rosalind)-/,
  /^codex-/,
  /^o\d+(?:-mini)?-deep-research/,
  /^computer-use-preview/,
];

/**
 * The interface for a model at a provider: the setting's, else what the provider's preset needs. `preset` is the
 * name of the provider, or of the preset that has its address.
 */
export function findApi(preset: string | null, model: string, setting?: ModelApi): ModelApi {
  if (setting !== undefined) return setting;
  const known = preset !== null && Object.hasOwn(PRESETS, preset) ? PRESETS[preset] : undefined;
  const { api = 'chat', hasResponses = false } = known ?? {};
  if (!hasResponses) return api;
  const { name } = parseModelId(model);
  return RESPONSES_ONLY.some((pattern) => pattern.test(name)) ? 'responses' : api;
}
