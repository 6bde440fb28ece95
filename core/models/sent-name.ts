import { parseModelId } from './model-id.ts';
import { findHost, findPublisherByPrefix } from './publishers.ts';

/**
 * The name that a provider is asked for. What follows the provider's own prefix is sent as written, because
 * servers compare names exactly; only a maker's other spelling (`x-ai/` for `xai`) is dropped, too. A service that
 * serves many makers' models gets the whole id.
 */
export function findSentName(provider: string, id: string): string {
  const written = id.trim();
  const { prefix, rest } = splitPrefix(written);
  if (prefix !== null && namesProvider(prefix, provider)) return restoreOwnName(provider, rest);
  const azure = AZUREML.exec(written)?.[1];
  if (azure !== undefined) return azure;
  const parsed = parseModelId(id);
  const isMakers =
    parsed.host === 'github-models' ||
    (parsed.publisher !== null && findPublisherByPrefix(provider) === parsed.publisher);
  const isOllamas = provider === 'ollama' && findPublisherByPrefix(prefix ?? '') !== null;
  if (!isMakers && !isOllamas) return written;
  const name = parsed.tag === null ? parsed.name : `${parsed.name}:${parsed.tag}`;
  const end = written.slice(-name.length);
  return end.toLowerCase() === name ? end : name;
}

/** `vllm`, `x-ai` or `together_ai` for `together`: the provider itself, or another spelling of it. */
function namesProvider(prefix: string, provider: string): boolean {
  if (prefix.toLowerCase() === provider.toLowerCase()) return true;
  const host = findHost(prefix);
  return host !== null && host === findHost(provider);
}

function splitPrefix(written: string): { prefix: string | null; rest: string } {
  const cut = written.search(/[/:]/);
  if (cut <= 0 || cut === written.length - 1) return { prefix: null, rest: written };
  const rest = written.slice(cut + 1);
  return {
    prefix: written.slice(0, cut),
    rest: written[cut] === ':' ? rest.replace(API_SEGMENT, '') : rest,
  };
}

/** Models that a service lists under its own name; ids leave it out once (`openrouter/auto`). */
const OWN_NAMES: ReadonlyMap<string, RegExp> = new Map([
  ['openrouter', /^[^/]+$/],
  ['groq', /^compound(?:-mini)?$/],
]);

function restoreOwnName(provider: string, name: string): string {
  return OWN_NAMES.get(provider)?.test(name) ? `${provider}/${name}` : name;
}

/** `openai:chat:gpt-4o`: the interface that promptfoo ids name between provider and model. */
const API_SEGMENT = /^(?:chat|messages|completion|responses|text):/i;
const AZUREML = /^azureml:\/\/registries\/[^/]+\/models\/([^/]+)/i;
