import { PRESETS, parseOrigin } from '#core/models/presets.ts';
import { isLinkLocal, isLoopback, type ProviderAddress } from './providers.ts';

/** The user let a project (`root`) send a variable's value to an origin. */
export interface Consent {
  readonly root: string;
  readonly origin: string;
  /** Name of the variable. */
  readonly key: string;
}

export interface KeySources {
  /** The real environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project's `.env`: it gives keys, never addresses. */
  readonly dotenv: ReadonlyMap<string, string>;
  /** A key that the user stored for this very origin. */
  stored?(origin: string): string | undefined;
}

export interface Consents {
  /** The project root that a consent is for. */
  readonly root: string;
  readonly given: readonly Consent[];
  /** Origins that the user trusts for this one command. */
  readonly origins?: readonly string[];
}

/** What may be sent to a provider. No key is ever in a message. */
export type KeyBinding =
  | { readonly kind: 'key'; readonly key: string }
  /** It takes none, or needs none on this machine. */
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly variables: readonly string[]; readonly message: string }
  | { readonly kind: 'needs-consent'; readonly consent: Consent; readonly message: string };

/**
 * The key for a provider. A key belongs to an origin: one stored for it, a variable of the preset with
 * that origin, or a variable of the same real environment as OPENAI_BASE_URL. To an origin that a
 * workspace file names any other key goes only after consent.
 */
export function bindKey(
  address: ProviderAddress,
  sources: KeySources,
  consents: Consents,
): KeyBinding {
  const stored = sources.stored?.(address.origin);
  if (stored) return { kind: 'key', key: stored };
  if (address.keys.length === 0) {
    if (isLinkLocal(address.origin) && !address.ownChoice)
      return bindNothing(address.origin, consents);
    // Headers of its own may be all that a gateway asks for.
    const needsNone = address.namesKey || Object.keys(address.headers).length > 0;
    return isLoopback(address.origin) || needsNone ? { kind: 'none' } : unnamed(address);
  }
  const variable = address.keys.find((name) => findSecret(name, sources) !== undefined);
  const key = variable === undefined ? undefined : findSecret(variable, sources);
  const isLocal = isLoopback(address.origin) && !address.namesKey;
  if (variable === undefined || key === undefined) {
    const message = `no key for ${address.origin}: set ${address.keys.join(' or ')}`;
    return isLocal ? { kind: 'none' } : { kind: 'missing', variables: address.keys, message };
  }
  if (isBound(variable, address, sources)) return { kind: 'key', key };
  // A key that only happens to be set is not for a server on this machine.
  if (isLocal) return { kind: 'none' };
  if (mayGoTo(address.origin, variable, consents)) return { kind: 'key', key };
  const consent = { root: consents.root, origin: address.origin, key: variable };
  const message = `${variable} would go to ${address.origin}, which is not its own address: allow it with \`promptsmith trust ${address.origin}\``;
  return { kind: 'needs-consent', consent, message };
}

/** True when a variable may go to an origin that a workspace file names, in a provider or a registry. */
export function hasConsent(
  key: string,
  origin: string,
  { root, given, origins = [] }: Consents,
): boolean {
  return (
    origins.some((trusted) => parseOrigin(trusted) === origin) ||
    given.some((c) => c.root === root && c.origin === origin && c.key === key)
  );
}

/**
 * Reads a `.env` text: `NAME=value`, with or without `export` and quotes; nothing is expanded. `parseEnv` of
 * `node:util` does not fit: it ends a value at any `#`, which passwords contain, and joins a line without
 * `=` with the next one.
 */
export function parseDotenv(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', raw = ''] = match;
    const value = raw.trim();
    const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(value)?.[2];
    values.set(name, quoted ?? value.replace(/(?:^|\s)#.*$/, '').trim());
  }
  return values;
}

/** A server on this machine is the user's own; to any other origin a variable goes after consent. */
export function mayGoTo(origin: string, variable: string, consents: Consents): boolean {
  return isLoopback(origin) || hasConsent(variable, origin, consents);
}

/** A link-local address answers for the machine it runs on, often with secrets: a project may not send calls there. */
function bindNothing(origin: string, consents: Consents): KeyBinding {
  if (hasConsent('none', origin, consents)) return { kind: 'none' };
  const consent = { root: consents.root, origin, key: 'none' };
  const message = `calls would go to ${origin}, a link-local address: allow it with \`promptsmith trust ${origin}\``;
  return { kind: 'needs-consent', consent, message };
}

/**
 * The variable belongs to this origin without anybody's consent: by its preset, or because address and
 * value are both the user's own. A value from the project's `.env` has only its preset.
 */
export function isBound(
  variable: string,
  { origin, ownChoice }: ProviderAddress,
  { env }: KeySources,
): boolean {
  const presets = Object.values(PRESETS).filter((preset) => preset.keys.includes(variable));
  if (presets.some(({ baseUrl }) => baseUrl && parseOrigin(baseUrl) === origin)) return true;
  return ownChoice && Boolean(env[variable]?.trim());
}

/** The value of a variable, from the real environment or from `.env`. */
export function findSecret(variable: string, { env, dotenv }: KeySources): string | undefined {
  return env[variable]?.trim() || dotenv.get(variable)?.trim() || undefined;
}

function unnamed({ name, origin }: ProviderAddress): KeyBinding {
  const message = `no key for ${origin}: set \`providers.${name}.key\` to the name of an environment variable, or to none`;
  return { kind: 'missing', variables: [], message };
}
