import type { Connection, Model } from '#core/eval/model.ts';
import type { ModelTarget } from '#core/eval/ports.ts';
import { findProvider, findRoute, type ProviderLookup } from '#core/models/find-provider.ts';
import { findPreset, PRESETS } from '#core/models/presets.ts';
import { findSentName } from '#core/models/sent-name.ts';
import type { ProviderSetting, Settings } from '#core/settings.ts';
import type { Remedy } from '#core/user-error.ts';
import type { Endpoint } from '#io/models/endpoint.ts';
import { bindHeaders, type HeaderBinding, listHeaderVariables } from '#io/models/headers.ts';
import {
  bindKey,
  type Consent,
  type Consents,
  type KeyBinding,
  type KeySources,
} from '#io/models/keys.ts';
import type { Network } from '#io/models/network.ts';
import { findProviderAddress, isLinkLocal, type ProviderAddress } from '#io/models/providers.ts';
import { readDotenv } from '#io/models/read-dotenv.ts';
import { getTrustFilePath, readConsents } from '#io/models/trust-file.ts';
import { buildConnection } from './build-connection.ts';

export interface AccessSources {
  /** The project root: `.env` is read there, and consents are for it. */
  readonly root: string;
  readonly settings: Pick<Settings, 'providers' | 'routes'> & Partial<Pick<Settings, 'models'>>;
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
  /** Proxies and authorities of the user and the real environment. */
  readonly network?: Network;
  /** Providers that the program itself is the way to: they have no address and no key. */
  readonly hosted?: Readonly<Record<string, Model>>;
}

/** Why a provider cannot be called, and what would help. */
export interface NoAccess {
  readonly error: string;
  readonly remedy?: Remedy;
}

/** The key of a provider, or why it cannot be called. */
export type ProviderBinding = KeyBinding | { readonly kind: 'unknown'; readonly message: string };

/** Which provider serves a model, where it is and which key it gets. */
export class ModelAccess {
  readonly #settings: AccessSources['settings'];
  readonly #user: Settings['providers'];
  readonly #env: AccessSources['env'];
  readonly #stored: ReadonlyMap<string, string>;
  readonly #network: Network;
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
    this.#network = sources.network ?? {};
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
    const provider = findProvider(id, this.#providers);
    return typeof provider === 'string' ? this.#targetAt(provider, id) : provider;
  }

  /** Where calls of a model id may go when its provider is down, in the order of its route. */
  fallbacks(id: string): (ModelTarget | { readonly error: string })[] {
    const route = findRoute(id, this.#providers);
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

  /** What calls of a provider need; or one sentence that says what is missing. */
  endpoint(provider: string): Endpoint | NoAccess {
    const address = this.#address(provider);
    if ('error' in address) return address;
    const binding = this.#bind(address);
    switch (binding.kind) {
      case 'key':
      case 'none': {
        const bound = this.#bindHeaders(address);
        const { hasCharge } = PRESETS[findPreset(address.origin) ?? ''] ?? {};
        return {
          ...pickEndpoint(address),
          key: binding.kind === 'key' ? binding.key : null,
          ...pickHeaders(bound),
          ...(Object.keys(this.#network).length === 0 ? {} : { network: this.#network }),
          ...(hasCharge ? { hasCharge } : {}),
        };
      }
      case 'unknown':
        return { error: binding.message };
      case 'missing':
        return { error: binding.message, remedy: 'key' };
      case 'needs-consent':
        return { error: binding.message, remedy: 'consent' };
      default:
        return binding satisfies never;
    }
  }

  /** The key that calls of a provider carry, or why there is none or they cannot be made. */
  binding(provider: string): ProviderBinding {
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

  /** Tokens a minute that a provider's settings allow. */
  tokensPerMinute(provider: string): number | undefined {
    return this.#setting(provider, 'tokensPerMinute');
  }

  /** Calls of a request beyond the first that a provider's settings allow. */
  retries(provider: string): number | undefined {
    return this.#setting(provider, 'retries');
  }

  /** The consents that calls to an origin would need; none when no provider of the project is there. */
  consentsFor(origin: string): Consent[] {
    const names = Object.keys(this.#settings.providers);
    const addresses = names.flatMap((name) => {
      const address = this.#address(name);
      return 'error' in address || address.origin !== origin ? [] : [address];
    });
    const keys = addresses.flatMap((address) => {
      const known = address.keys.find((name) => this.#env[name] ?? this.#dotenv.get(name));
      const key = known ?? address.keys[0] ?? (isLinkLocal(origin) ? 'none' : undefined);
      return [...(key === undefined ? [] : [key]), ...listHeaderVariables(address)];
    });
    return [...new Set(keys)].map((key) => ({ root: this.#consents.root, origin, key }));
  }

  /** Every key that could be read: what must appear nowhere. */
  secrets(): string[] {
    const settings = [this.#settings.providers, this.#user].flatMap((all) => Object.values(all));
    const named = settings.flatMap(({ key = '', headers = {} }) => [
      key,
      ...listHeaderVariables({ headers }),
    ]);
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

  #bind(address: ProviderAddress): ProviderBinding {
    const key = bindKey(address, this.#keySources, this.#consents);
    if (key.kind !== 'key' && key.kind !== 'none') return key;
    const headers = this.#bindHeaders(address);
    switch (headers.kind) {
      case 'headers':
        return key;
      case 'needs-consent':
        return headers;
      case 'missing':
        return { kind: 'unknown', message: headers.message };
      default:
        return headers satisfies never;
    }
  }

  #bindHeaders(address: ProviderAddress): HeaderBinding {
    return bindHeaders(address, this.#keySources, this.#consents);
  }

  get #keySources(): KeySources {
    const stored = (origin: string) => this.#stored.get(origin);
    return { env: this.#env, dotenv: this.#dotenv, stored };
  }

  #targetAt(provider: string, id: string): ModelTarget | { readonly error: string } {
    if (this.hosted(provider)) {
      const model = id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id;
      const connection: Connection = { api: 'vscode', address: '' };
      return { id, provider, origin: `${provider}:`, model, connection };
    }
    const address = this.#address(provider);
    if ('error' in address) return address;
    const model = findSentName(provider, id);
    const connection = buildConnection(address, id, this.#settings.models);
    return { id, provider, origin: address.origin, model, connection };
  }

  get #providers(): ProviderLookup {
    const { routes, providers } = this.#settings;
    const known = [providers, this.#user, PRESETS, this.#hosted];
    return {
      routes,
      isProvider: (name) => known.some((all) => Object.hasOwn(all, name)),
      hasOpenaiAddress: Boolean(this.#env.OPENAI_BASE_URL?.trim()),
    };
  }
}

function pickHeaders(bound: HeaderBinding): Pick<Endpoint, 'headers' | 'secrets'> {
  if (bound.kind !== 'headers' || Object.keys(bound.headers).length === 0) return {};
  return { headers: bound.headers, secrets: bound.secrets };
}

function pickEndpoint({
  baseUrl,
  query,
  stream,
  timeoutMs,
  idleMs,
}: ProviderAddress): Omit<Endpoint, 'key'> {
  return {
    baseUrl,
    ...(query === undefined ? {} : { query }),
    ...(stream === undefined ? {} : { stream }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(idleMs === undefined ? {} : { idleMs }),
  };
}
