import { PRESETS, type ProviderPreset, parseOrigin } from '#core/models/presets.ts';
import type { ProviderSetting } from '#core/settings.ts';

/** A provider's address and what is known of its key. */
export interface ProviderAddress {
  readonly name: string;
  readonly baseUrl: string;
  /** Scheme, host and port: what a key belongs to. */
  readonly origin: string;
  /** Variables that may hold its key; empty = it takes none. */
  readonly keys: readonly string[];
  /** A settings file says `key:` itself. */
  readonly namesKey: boolean;
  /** True when address and key are the user's own choice, not a file's in the workspace. */
  readonly ownChoice: boolean;
  readonly timeoutMs?: number;
}

export interface ProviderSources {
  /** `providers` of `.promptsmith.yaml`. */
  readonly workspace: Readonly<Record<string, ProviderSetting>>;
  /** The same from the user's own settings or flags. */
  readonly user?: Readonly<Record<string, ProviderSetting>>;
  /** The real environment, never `.env`: only it may say OPENAI_BASE_URL or AZURE_OPENAI_ENDPOINT. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a provider is, or one sentence that says why that is not known. */
export function findProviderAddress(
  name: string,
  { workspace, user = {}, env }: ProviderSources,
): ProviderAddress | { readonly error: string } {
  const file = getOwn(workspace, name) ?? {};
  const mine = getOwn(user, name) ?? {};
  const preset = getOwn(PRESETS, name);
  const baseUrl = file.baseUrl ?? mine.baseUrl ?? fromEnvironment(preset, env) ?? preset?.baseUrl;
  if (baseUrl === undefined) return { error: unknownAddress(name, preset) };
  const origin = parseOrigin(baseUrl);
  if (origin === null) {
    return {
      error: `\`providers.${name}.baseUrl\` must be an http or https address without user, query and fragment`,
    };
  }
  const key = file.key ?? mine.key;
  if (key !== undefined && key !== 'none' && !/^[A-Za-z_]\w{0,99}$/.test(key)) {
    return {
      error: `\`providers.${name}.key\` must be the name of an environment variable, or none`,
    };
  }
  const timeoutMs = file.timeoutMs ?? mine.timeoutMs;
  return {
    name,
    baseUrl: baseUrl.trim().replace(/(?<!\/)\/+$/, ''),
    origin,
    keys: key === 'none' ? [] : key !== undefined ? [key] : (preset?.keys ?? []),
    namesKey: key !== undefined,
    ownChoice: file.baseUrl === undefined && file.key === undefined,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

/** True when an origin is this machine. */
export function isLoopback(origin: string): boolean {
  const host = new URL(origin).hostname;
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The header that a key goes into: Azure has one of its own, all others take a bearer token. */
export function selectKeyHeader(origin: string): 'authorization' | 'api-key' {
  const isAzure = /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us)$/;
  return isAzure.test(new URL(origin).hostname) ? 'api-key' : 'authorization';
}

function fromEnvironment(
  preset: ProviderPreset | undefined,
  env: ProviderSources['env'],
): string | undefined {
  if (!preset?.address) return undefined;
  const { variable, path } = preset.address;
  const given = env[variable]?.trim().replace(/(?<!\/)\/+$/, '');
  if (!given) return undefined;
  return given.endsWith(path) ? given : given + path;
}

function unknownAddress(name: string, preset: ProviderPreset | undefined): string {
  const ways = preset?.address ? `set ${preset.address.variable}, or give` : 'give';
  const what = preset
    ? `the address of ${name} is not known`
    : `the provider "${name}" is not known`;
  return `${what}: ${ways} its \`baseUrl\` under \`providers\``;
}

function getOwn<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
