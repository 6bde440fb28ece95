import type { Settings } from '../settings.ts';
import { findApi } from './find-api.ts';
import { findProvider } from './find-provider.ts';
import { findTraits } from './find-traits.ts';
import type { ModelApi } from './model-api.ts';
import { findPreset, PRESETS, parseOrigin } from './presets.ts';
import type { ModelTraits } from './select-parameters.ts';
import { findSentName } from './sent-name.ts';

/** How a model is called, as far as a project's settings say. */
export interface ResolvedApi {
  readonly api: ModelApi;
  /** The name that the provider is asked for. */
  readonly model: string;
  readonly traits?: ModelTraits;
}

/** The editor's own models have no address. */
const EDITOR = 'vscode';

/**
 * The interface that a model is called through; null when no provider serves it. The user's own settings and the
 * environment are not known here.
 */
export function resolveApi(
  id: string | null,
  { providers, routes, models }: Pick<Settings, 'providers' | 'routes' | 'models'>,
): ResolvedApi | null {
  if (id === null) return null;
  const known = [providers, PRESETS, { [EDITOR]: {} }];
  const provider = findProvider(id, {
    routes,
    isProvider: (name) => known.some((all) => Object.hasOwn(all, name)),
    hasOpenaiAddress: false,
  });
  if (typeof provider !== 'string') return null;
  const own = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  const traits = findTraits(models, id);
  const rest = { model: findSentName(provider, id), ...(traits === undefined ? {} : { traits }) };
  if (provider === EDITOR && own === undefined) return { api: 'vscode', ...rest };
  const preset = Object.hasOwn(PRESETS, provider)
    ? provider
    : findPreset(parseOrigin(own?.baseUrl ?? '') ?? '');
  return { api: findApi(preset, id, own?.api), ...rest };
}
