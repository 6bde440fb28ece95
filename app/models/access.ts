import type { Connection, Model } from '#core/eval/model.ts';
import type { ModelTarget } from '#core/eval/ports.ts';
import { matchesWildcard } from '#core/glob.ts';
import { isEditorModel, isUnnamed, parseModelId } from '#core/models/model-id.ts';
import { findPreset, PRESETS } from '#core/models/presets.ts';
import { findPublisher, listSpellings } from '#core/models/publishers.ts';
import { findSentName } from '#core/models/sent-name.ts';
import type { ProviderSetting, Route, Settings } from '#core/settings.ts';
import type { Remedy } from '#core/user-error.ts';
import type { Endpoint } from '#io/models/endpoint.ts';
import { bindKey, type Consent, type Consents, type KeyBinding } from '#io/models/keys.ts';
import { findProviderAddress, type ProviderAddress } from '#io/models/providers.ts';
import { readDotenv } from '#io/models/read-dotenv.ts';
import { getTrustFilePath, readConsents } from '#io/models/trust-file.ts';

export interface AccessSources {
  /** The project root: `.env` is read there, and consents are for it. */
  readonly root: string;
  readonly settings: Pick<Settings, 'providers' | 'routes'>;
  /** The real environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Origins that the user trusts for this one command. */
  readonly trusted?: readonly string[];
  /** `providers` of the user's own settings. */
  readonly user?: Settings['providers'];
  /** Keys that the user stored, by the origin they belong to. */
  readonly stored?: ReadonlyMap<string, string>;
  /** The user's consents; default: those of the file that the command line keeps. */
  readonly consents?: readonly Consent[];
  /** Providers that the program itself is the way to: they have no address and no key. */
  readonly hosted?: Readonly<Record<string, Model>>;
}

/** Why a provider cannot be called, and what would help. */
export interface NoAccess {
  readonly error: string;
  readonly remedy?: Remedy;
}

/** Which provider serves a model, where it is and which key it gets. */
export class ModelAccess {
  readonly #settings: AccessSources['settings'];
  readonly #user: Settings['providers'];
  readonly #env: AccessSources['env'];
  readonly #stored: ReadonlyMap<string, string>;
  readonly #hosted: Readonly<Record<string, Model>>;
  readonly #dotenv: ReadonlyMap<string, string>;
  readonly #consents: Consents;

  private constructor(
    sources: AccessSources,
    dotenv: ReadonlyMap<string, string>,
    given: readonly Consent[],
  ) {
    this.#settings = sources.settings;
    this.#user = sources.user ?? {};
    this.#env = sources.env;
    this.#stored = sources.stored ?? new Map();
    this.#hosted = sources.hosted ?? {};
    this.#dotenv = dotenv;
    this.#consents = { root: sources.root, given, origins: sources.trusted ?? [] };
  }

  /**
   * Reads `.env` and the consents. Rejects when the file of consents is unreadable, and with UserError when
   * `.env` is not UTF-8.
   */
  static async open(sources: AccessSources): Promise<ModelAccess> {
    const dotenv = await readDotenv(sources.root);
    const consents = sources.consents ?? (await readConsents(getTrustFilePath(sources.env)));
    return new ModelAccess(sources, dotenv, consents);
  }

  /** Where calls of a model id go, whether or not there is a key; or one sentence that says what is missing. */
  target(id: string): ModelTarget | { readonly error: string } {
    const provider = this.#providerOf(id);
    return typeof provider === 'string' ? this.#targetAt(provider, id) : provider;
  }

  /** Where calls of a model id may go when its provider is down, in the order of its route. */
  fallbacks(id: string): (ModelTarget | { readonly error: string })[] {
    const route = this.#routeOf(id);
    return (route?.fallback ?? []).map((provider) => this.#targetAt(provider, id));
  }

  /** The model of a provider that needs no endpoint. */
  hosted(provider: string): Model | undefined {
    return Object.hasOwn(this.#hosted, provider) ? this.#hosted[provider] : undefined;
  }

  /** Null when calls can be made; else one sentence that says what is missing. */
  missing(provider: string): NoAccess | null {
    if (this.hosted(provider)) return null;
    const endpoint = this.endpoint(provider);
    return 'error' in endpoint ? endpoint : null;
  }

  /** What `openaiModel` needs to call a provider; or one sentence that says what is missing. */
  endpoint(provider: string): Endpoint | NoAccess {
    const address = this.#address(provider);
    if ('error' in address) return address;
    const binding = this.#bind(address);
    switch (binding.kind) {
      case 'key':
      case 'none':
        return {
          baseUrl: address.baseUrl,
          key: binding.kind === 'key' ? binding.key : null,
          ...(address.timeoutMs === undefined ? {} : { timeoutMs: address.timeoutMs }),
          ...(PRESETS[findPreset(address.origin) ?? '']?.hasCharge ? { hasCharge: true } : {}),
        };
      case 'missing':
        return { error: binding.message, remedy: 'key' };
      case 'needs-consent':
        return { error: binding.message, remedy: 'consent' };
      default:
        return binding satisfies never;
    }
  }

  /** The key that calls of a provider carry, or why there is none. */
  binding(provider: string): KeyBinding | { readonly kind: 'unknown'; readonly message: string } {
    const address = this.#address(provider);
    return 'error' in address ? { kind: 'unknown', message: address.error } : this.#bind(address);
  }

  /** Calls at once that a provider's settings allow. */
  concurrency(provider: string): number | undefined {
    return this.#setting(provider, 'concurrency');
  }

  /** Calls a minute that a provider's settings allow. */
  requestsPerMinute(provider: string): number | undefined {
    return this.#setting(provider, 'requestsPerMinute');
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
    const settings = [this.#settings.providers, this.#user].flatMap((all) => Object.values(all));
    const named = settings.map(({ key }) => key ?? '');
    const variables = [...Object.values(PRESETS).flatMap(({ keys }) => keys), ...named];
    return variables
      .flatMap((name) => [this.#env[name] ?? '', this.#dotenv.get(name) ?? ''])
      .concat(...this.#stored.values())
      .filter((key) => key !== '');
  }

  /** The providers that settings name, then those that are known anyway; without those nobody can call. */
  addresses(): ProviderAddress[] {
    const named = [this.#settings.providers, this.#user, PRESETS].flatMap(Object.keys);
    return [...new Set(named)].flatMap((name) => {
      const address = this.#address(name);
      return 'error' in address ? [] : [address];
    });
  }

  #address(provider: string): ProviderAddress | { readonly error: string } {
    const workspace = this.#settings.providers;
    return findProviderAddress(provider, { workspace, user: this.#user, env: this.#env });
  }

  #setting<K extends keyof ProviderSetting>(provider: string, name: K) {
    return this.#settings.providers[provider]?.[name] ?? this.#user[provider]?.[name];
  }

  #bind(address: ProviderAddress): KeyBinding {
    const stored = (origin: string) => this.#stored.get(origin);
    return bindKey(address, { env: this.#env, dotenv: this.#dotenv, stored }, this.#consents);
  }

  #targetAt(provider: string, id: string): ModelTarget | { readonly error: string } {
    if (this.hosted(provider)) {
      const model = id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id;
      const connection: Connection = { api: 'vscode', address: '' };
      return { id, provider, origin: `${provider}:`, model, connection };
    }
    const address = this.#address(provider);
    if ('error' in address) return address;
    return { id, provider, origin: address.origin, model: findSentName(provider, id) };
  }

  #isProvider(name: string): boolean {
    return [this.#settings.providers, this.#user, PRESETS, this.#hosted].some((all) =>
      Object.hasOwn(all, name),
    );
  }

  /** The route that an id takes; one that names a service other than the maker means that service. */
  #routeOf(id: string): Route | undefined {
    const parsed = parseModelId(id);
    const prefix = id.split(/[/:]/)[0] ?? '';
    const namesService = this.#isProvider(prefix) && prefix !== parsed.publisher;
    const spellings = namesService ? [id] : [id, parsed.id, parsed.name];
    return this.#settings.routes.find(({ model }) =>
      spellings.some((spelling) => matchesWildcard(spelling, model)),
    );
  }

  /** A route of the settings, else the provider that the id names, else OpenAI where its address was set. */
  #providerOf(id: string): string | { readonly error: string } {
    const parsed = parseModelId(id);
    if (isUnnamed(parsed))
      return { error: `"${id}" names no model: say which one, such as openai/gpt-4o-mini` };
    const route = this.#routeOf(id);
    if (route) return route.provider;
    const known = listProviderNames(id).find((name) => this.#isProvider(name));
    if (known !== undefined) return known;
    if (isEditorModel(id))
      return {
        error: `${id} is a model of VS Code itself, which answers there and nowhere else: name another one here`,
      };
    if (this.#env.OPENAI_BASE_URL?.trim()) return 'openai';
    return {
      error: `no provider serves ${id}: add a route under \`routes\` in .promptsmith.yaml, such as { model: "${id}", provider: openrouter }`,
    };
  }
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
