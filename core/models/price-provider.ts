import { listModelNames, type ModelId } from './model-id.ts';
import { findPriceModel, type PriceModel, type PriceProvider } from './price-data.ts';
import { listSpellings } from './publishers.ts';

/** The makers that sell their own models, by the price list's name for them. */
export const MAKERS: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'google'],
  ['mistral', 'mistral-ai'],
  ['cohere', 'cohere'],
  ['deepseek', 'deepseek'],
  ['x-ai', 'xai'],
  ['moonshotai', 'moonshotai'],
  ['zai', 'zai'],
  ['zhipuai', 'zai'],
  ['minimax', 'minimax'],
  ['perplexity', 'perplexity'],
]);

/** Services whose prices the list has, by our name for the host. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['azure', 'azure'],
  ['aws', 'aws'],
  ['vertex', 'google'],
  ['openrouter', 'openrouter'],
  ['groq', 'groq'],
  ['together', 'together'],
  ['fireworks', 'fireworks'],
  ['cerebras', 'cerebras'],
  ['novita', 'novita'],
  ['baseten', 'baseten'],
  ['github-copilot', 'github-copilot'],
]);

/** A model of the price list, and whose list it is. */
export interface ListedModel {
  readonly model: PriceModel;
  readonly provider: string;
}

/**
 * Where the price list has a model: at the service that the id names, else at its maker. GitHub Models
 * and a custom key have no prices of their own: the maker's hold.
 */
export function findPrices(
  id: ModelId,
  providers: ReadonlyMap<string, PriceProvider>,
): ListedModel | null {
  for (const providerId of listProviderIds(id)) {
    const provider = providers.get(providerId);
    if (!provider) continue;
    for (const candidate of [provider, ...listFallbacks(provider, providers)]) {
      for (const name of listNames(id)) {
        const model = findPriceModel(candidate, name);
        if (model) return { model, provider: candidate.id };
      }
    }
  }
  return null;
}

function listProviderIds({ host, publisher }: ModelId): readonly string[] {
  if (host !== null && host !== 'github-models' && host !== 'custom') {
    const provider = HOSTS.get(host);
    return provider === undefined ? [] : [provider];
  }
  const makers = [...MAKERS]
    .filter(([, maker]) => maker === publisher)
    .map(([provider]) => provider);
  // Microsoft sells its Phi models through Azure only.
  return publisher === 'microsoft' ? ['azure'] : makers;
}

function listFallbacks(
  provider: PriceProvider,
  providers: ReadonlyMap<string, PriceProvider>,
): PriceProvider[] {
  return (provider.fallback_model_providers ?? []).flatMap((id) => providers.get(id) ?? []);
}

/** The names to look for: with the tag first, and as resellers write them, with a publisher before. */
function listNames(id: ModelId): readonly string[] {
  // A fine-tuned model costs more than the one it was made from.
  const own = id.name.startsWith('ft:') ? [id.name] : listModelNames(id);
  const names = own.flatMap((name) =>
    id.tag === null ? [name, `${name}-latest`] : [`${name}:${id.tag}`],
  );
  if (id.host === null || id.publisher === null) return names;
  // Bedrock's names begin with the maker's.
  if (id.host === 'aws') {
    const written = id.written.toLowerCase().replace(/^(?:.*[:/])(?=[a-z][a-z-]*\.)/, '');
    return [written, ...names.map((name) => `${id.publisher}.${name}`), ...names];
  }
  if (id.host === 'fireworks')
    return [...names.map((name) => `accounts/fireworks/models/${name}`), ...names];
  const { publisher } = id;
  return [
    ...names,
    ...listSpellings(publisher).flatMap((spelling) => names.map((name) => `${spelling}/${name}`)),
  ];
}
