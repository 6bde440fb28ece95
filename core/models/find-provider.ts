import { matchesWildcard } from '../glob.ts';
import type { Route } from '../settings.ts';
import { isEditorModel, isUnnamed, parseModelId } from './model-id.ts';
import { findPublisher, listSpellings } from './publishers.ts';

/** What decides which provider serves a model. */
export interface ProviderLookup {
  readonly routes: readonly Route[];
  /** True for the name of a provider of the settings, or of a preset. */
  isProvider(name: string): boolean;
  /** The real environment says where OpenAI's interface is. */
  readonly hasOpenaiAddress: boolean;
}

/**
 * The provider that serves a model id: a route's, else the one that the id names, else OpenAI where its address was
 * set. An error is one sentence that says what is missing.
 */
export function findProvider(
  id: string,
  lookup: ProviderLookup,
): string | { readonly error: string } {
  if (isUnnamed(parseModelId(id)))
    return { error: `"${id}" names no model: say which one, such as openai/gpt-4o-mini` };
  const route = findRoute(id, lookup);
  if (route) return route.provider;
  const known = listProviderNames(id).find((name) => lookup.isProvider(name));
  if (known !== undefined) return known;
  if (isEditorModel(id))
    return {
      error: `${id} is a model of VS Code itself, which answers there and nowhere else: name another one here`,
    };
  if (lookup.hasOpenaiAddress) return 'openai';
  return {
    error: `no provider serves ${id}: add a route under \`routes\` in .promptsmith.yaml, such as { model: "${id}", provider: openrouter }`,
  };
}

/** The route that an id takes; one that names a service other than the maker means that service. */
export function findRoute(id: string, { routes, isProvider }: ProviderLookup): Route | undefined {
  const parsed = parseModelId(id);
  const prefix = id.split(/[/:]/)[0] ?? '';
  const namesService = isProvider(prefix) && prefix !== parsed.publisher;
  const spellings = namesService ? [id] : [id, parsed.id, parsed.name];
  return routes.find(({ model }) => spellings.some((spelling) => matchesWildcard(spelling, model)));
}

/** The providers that an id may mean, the likeliest first. */
function listProviderNames(id: string): string[] {
  const { host, publisher, spelling } = parseModelId(id);
  const prefix = id.trim().split(/[/:]/)[0] ?? '';
  // `mistral:7b` is a model of Ollama with its tag.
  const isTagged = spelling === 'ollama' && findPublisher(prefix) !== null;
  return [
    ...(isTagged ? [] : [prefix]),
    ...(host === null ? [] : [host]),
    ...(publisher === null ? [] : listSpellings(publisher)),
  ];
}
