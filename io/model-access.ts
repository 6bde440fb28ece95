import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelTarget } from '#core/eval/ports.ts';
import { matchesWildcard } from '#core/glob.ts';
import { namesNoModel, parseModelId } from '#core/models/model-id.ts';
import type { Settings } from '#core/settings.ts';
import { bindKey, type Consent, type Consents, parseDotenv } from './keys.ts';
import type { Endpoint } from './openai.ts';
import { PRESETS, type ProviderAddress, providerAddress } from './providers.ts';
import { readConsents, trustFilePath } from './trust-file.ts';

export interface AccessSources {
  /** The project root: `.env` is read there, and consents are for it. */
  readonly root: string;
  readonly settings: Pick<Settings, 'providers' | 'routes'>;
  /** The real environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Origins that the user trusts for this one command. */
  readonly trusted?: readonly string[];
}

/** Which provider serves a model, where it is and which key it gets. */
export class ModelAccess {
  readonly #settings: AccessSources['settings'];
  readonly #env: AccessSources['env'];
  readonly #dotenv: ReadonlyMap<string, string>;
  readonly #consents: Consents;

  private constructor(
    sources: AccessSources,
    dotenv: ReadonlyMap<string, string>,
    given: readonly Consent[],
  ) {
    this.#settings = sources.settings;
    this.#env = sources.env;
    this.#dotenv = dotenv;
    this.#consents = { root: sources.root, given, origins: sources.trusted ?? [] };
  }

  /** Reads `.env` and the consents. Rejects when the file of consents is unreadable. */
  static async open(sources: AccessSources): Promise<ModelAccess> {
    const dotenv = await readFile(join(sources.root, '.env'), 'utf8').then(
      parseDotenv,
      () => new Map(),
    );
    return new ModelAccess(sources, dotenv, await readConsents(trustFilePath(sources.env)));
  }

  /** Where calls of a model id go, whether or not there is a key; or one sentence that says what is missing. */
  target(id: string): ModelTarget | { readonly error: string } {
    const provider = this.#providerOf(id);
    if (typeof provider !== 'string') return provider;
    const address = this.#address(provider);
    if ('error' in address) return address;
    return { id, provider, origin: address.origin, model: this.#nameAt(provider, id) };
  }

  /** What `openaiModel` needs to call a provider; or one sentence that says what is missing. */
  endpoint(provider: string): Endpoint | { readonly error: string } {
    const address = this.#address(provider);
    if ('error' in address) return address;
    const binding = bindKey(address, { env: this.#env, dotenv: this.#dotenv }, this.#consents);
    switch (binding.t) {
      case 'key':
      case 'none':
        return {
          baseUrl: address.baseUrl,
          key: binding.t === 'key' ? binding.key : null,
          ...(address.timeoutMs === undefined ? {} : { timeoutMs: address.timeoutMs }),
        };
      case 'missing':
      case 'needs-consent':
        return { error: binding.message };
      default:
        return binding satisfies never;
    }
  }

  /** Calls at once that a provider's settings allow. */
  concurrency(provider: string): number | undefined {
    return this.#settings.providers[provider]?.concurrency;
  }

  /** The consent that calls to an origin would need; null when no provider of the project is there. */
  consentFor(origin: string): Consent | null {
    for (const name of Object.keys(this.#settings.providers)) {
      const address = this.#address(name);
      if ('error' in address || address.origin !== origin) continue;
      const key =
        address.keys.find((variable) => this.#env[variable] ?? this.#dotenv.get(variable)) ??
        address.keys[0];
      if (key !== undefined) return { root: this.#consents.root, origin, key };
    }
    return null;
  }

  /** Every key that could be read: what must appear nowhere. */
  secrets(): string[] {
    const named = Object.values(this.#settings.providers).map(({ key }) => key ?? '');
    const variables = [...Object.values(PRESETS).flatMap(({ keys }) => keys), ...named];
    return variables
      .flatMap((name) => [this.#env[name] ?? '', this.#dotenv.get(name) ?? ''])
      .filter((key) => key !== '');
  }

  #address(provider: string): ProviderAddress | { readonly error: string } {
    return providerAddress(provider, { workspace: this.#settings.providers, env: this.#env });
  }

  /** A route of the settings, else the provider that the id names, else OpenAI where its address was set. */
  #providerOf(id: string): string | { readonly error: string } {
    const parsed = parseModelId(id);
    if (namesNoModel(parsed))
      return { error: `"${id}" names no model: say which one, such as openai/gpt-4o-mini` };
    const isProvider = (name: string): boolean =>
      Object.hasOwn(this.#settings.providers, name) || Object.hasOwn(PRESETS, name);
    const prefix = id.split(/[/:]/)[0] ?? '';
    // An id that names a service other than the maker means that service, whatever the model is.
    const namesService = isProvider(prefix) && prefix !== parsed.publisher;
    const spellings = namesService ? [id] : [id, parsed.id, parsed.name];
    const route = this.#settings.routes.find(({ model }) =>
      spellings.some((spelling) => matchesWildcard(spelling, model)),
    );
    if (route) return route.provider;
    const known = [prefix, parsed.host ?? '', parsed.publisher ?? ''].find(isProvider);
    if (known !== undefined) return known;
    if (this.#env.OPENAI_BASE_URL?.trim()) return 'openai';
    return {
      error: `no provider serves ${id}: add a route under \`routes\` in .promptsmith.yaml, such as { model: "${id}", provider: openrouter }`,
    };
  }

  /** Makers take the bare name, services that serve many makers' models the whole id. */
  #nameAt(provider: string, id: string): string {
    const parsed = parseModelId(id);
    const tag = parsed.tag === null ? '' : `:${parsed.tag}`;
    if (provider === parsed.publisher || provider === 'ollama' || parsed.host === 'github-models')
      return `${parsed.name}${tag}`;
    return id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id;
  }
}
