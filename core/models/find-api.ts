import type { ModelApi } from './model-api.ts';
import { parseModelId } from './model-id.ts';
import { PRESETS } from './presets.ts';

/**
 * OpenAI's models that only the Responses API serves.
 * Source: https://developers.openai.com/api/docs/models (checked on 2026-12-01).
 */
const RESPONSES_ONLY =
  /^(?:o\d+-pro|gpt-\d+(?:\.\d+)?-pro|gpt-\d+(?:\.\d+)?-codex|codex-|o\d+(?:-mini)?-deep-research|computer-use-preview)/;

/**
 * The interface for a model at a provider: the setting's, else what the provider's preset needs. `preset` is the
 * name of the provider, or of the preset that has its address.
 */
export function findApi(preset: string | null, model: string, setting?: ModelApi): ModelApi {
  if (setting !== undefined) return setting;
  const known = preset !== null && Object.hasOwn(PRESETS, preset) ? PRESETS[preset] : undefined;
  const { api = 'chat', hasResponses = false } = known ?? {};
  return hasResponses && RESPONSES_ONLY.test(parseModelId(model).name) ? 'responses' : api;
}
