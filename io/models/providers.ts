import type { ModelApi } from '#core/models/model-api.ts';
import { findPreset, PRESETS, type ProviderPreset, parseOrigin } from '#core/models/presets.ts';
import type { ProviderSetting } from '#core/settings.ts';

/** A provider's address and what is known of its key. */
export interface ProviderAddress {
  readonly name: string;
  readonly baseUrl: string;
  /** Scheme, host and port: what a key belongs to. */
  readonly origin: string;
  /** Variables that may hold its key; empty = it takes none. */
  readonly keys: readonly string[];
  /** Added headers; `${env:NAME}` stands for a variable. */
  readonly headers: Readonly<Record<string, string>>;
  /** A settings file says `key:` itself. */
  readonly namesKey: boolean;
  /** True when address and key are the user's own choice, not a file's in the workspace. */
  readonly ownChoice: boolean;
  readonly api?: ProviderSetting['api'];
  /** Parameters that are added to the address. */
  readonly query?: Readonly<Record<string, string>>;
  /** Fields that are added to the body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly stream?: boolean;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
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
  const given = file.baseUrl ?? mine.baseUrl ?? fromEnvironment(preset, env) ?? preset?.baseUrl;
  if (given === undefined) return { error: unknownAddress(name, preset) };
  const origin = parseOrigin(given);
  if (origin === null) {
    const { variable } = preset?.address ?? {};
    if (variable !== undefined && (file.baseUrl ?? mine.baseUrl) === undefined)
      return {
        error: `${variable} must be an http or https address without user, query and fragment`,
      };
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
  const headers = { ...mine.headers, ...file.headers };
  const refused = Object.keys(headers).find((header) => !isHeaderName(header));
  if (refused !== undefined) {
    return { error: `\`providers.${name}.headers\` cannot set ${refused}` };
  }
  const deployment = file.deployment ?? mine.deployment;
  const rest = pickGiven(file, mine, ['api', 'query', 'body', 'stream', 'timeoutMs', 'idleMs']);
  return {
    name,
    baseUrl: buildBaseUrl(given, deployment),
    origin,
    keys: key === 'none' ? [] : key !== undefined ? [key] : (preset?.keys ?? []),
    namesKey: key !== undefined,
    headers,
    ownChoice: [file.baseUrl, file.key, file.headers].every((setting) => setting === undefined),
    ...rest,
  };
}

/** The settings that the workspace's file gives, else the user's. */
function pickGiven<K extends keyof ProviderSetting>(
  file: ProviderSetting,
  mine: ProviderSetting,
  names: readonly K[],
): Pick<ProviderSetting, K> {
  const given = names.flatMap((name) => {
    const value = file[name] ?? mine[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given) as Pick<ProviderSetting, K>;
}

/** Azure's address with `api-version` names the deployment; its v1 interface does not. */
function buildBaseUrl(given: string, deployment: string | undefined): string {
  const base = given.trim().replace(/(?<!\/)\/+$/, '');
  if (deployment === undefined) return base;
  const resource = base.replace(/\/openai(?:\/v1)?$/, '');
  return `${resource}/openai/deployments/${encodeURIComponent(deployment)}`;
}

/** Headers that belong to the connection, or that we set. */
const OWN_HEADERS =
  /^(?:host|connection|keep-alive|content-length|content-type|content-encoding|transfer-encoding|te|trailer|upgrade|expect|accept|accept-encoding|proxy-.*)$/i;

function isHeaderName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !OWN_HEADERS.test(name);
}

/** True when an origin is this machine. */
export function isLoopback(origin: string): boolean {
  const host = new URL(origin).hostname;
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** True for addresses that exist only within one network segment, among them the metadata services of clouds. */
export function isLinkLocal(origin: string): boolean {
  const host = new URL(origin).hostname;
  return /^169\.254(?:\.\d{1,3}){2}$|^\[fe[89ab][\da-f]:/.test(host) || METADATA.test(host);
}

const METADATA = /^metadata\.(?:google\.internal|goog)$/;

/**
 * The header that a key goes into: the Messages API and Azure have one of their own, all others take a bearer token.
 */
export function selectKeyHeader(
  origin: string,
  api: ModelApi = 'chat',
): 'authorization' | 'api-key' | 'x-api-key' {
  if (api === 'messages' && findPreset(origin) !== 'openrouter') return 'x-api-key';
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
