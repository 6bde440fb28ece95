import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Registry, RegistryError } from '#core/registry/registry.ts';
import { type Consent, hasConsent } from '../models/keys.ts';
import { readDotenv } from '../models/read-dotenv.ts';
import { getTrustFilePath, readConsents } from '../models/trust-file.ts';
import { DirectoryRegistry } from './directory.ts';

/** Where a registry is when the settings do not say. */
const DEFAULT_ADDRESS = './registry';

export interface RegistrySources {
  /** The project root: a path starts there, `.env` is read there, and consents are for it. */
  readonly root: string;
  /** `registry` of the settings. */
  readonly setting: string | undefined;
  /** The user's own choice for this call, over the setting: no consent is needed for it. */
  readonly own?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Origins that the user trusts for this one call. */
  readonly trusted?: readonly string[];
  /** Consents that are kept elsewhere than in the trust file. */
  readonly consents?: readonly Consent[];
}

/** An address as it is written, with what it needs. */
export type RegistryAddress =
  | { readonly kind: 'directory'; readonly path: string }
  | {
      readonly kind: 'postgres';
      /** With `${env:NAME}` as written. */
      readonly written: string;
      /** `postgres://host:port`: what a consent is for. */
      readonly origin: string;
      /** Names of the variables in it. */
      readonly variables: readonly string[];
    };

/** Reads an address. Throws RegistryError (`invalid`) when it is neither a path nor `postgres://…`. */
export function parseAddress(written: string, root: string): RegistryAddress {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(written))
    return { kind: 'directory', path: resolve(root, written) };
  if (!/^postgres(?:ql)?:\/\//i.test(written))
    throw new RegistryError(
      'invalid',
      'a registry is a folder, or an address that begins with postgres://',
    );
  const names = [...written.matchAll(VARIABLE)].map((match) => match[1] ?? '');
  const origin = findPostgresOrigin(written.replace(VARIABLE, 'x'));
  if (origin === null)
    throw new RegistryError(
      'invalid',
      'the address of the registry is not a URL such as postgres://user:${env:PGPASSWORD}@host/database',
    );
  return { kind: 'postgres', written, origin, variables: names };
}

const VARIABLE = /\$\{env:([A-Za-z_]\w{0,99})\}/g;

/** `postgres://host:port` of an address; null when it is none. A socket's host is the one named in the URL. */
export function findPostgresOrigin(address: string): string | null {
  try {
    const { protocol, hostname, port, searchParams } = new URL(address);
    if (!/^postgres(?:ql)?:$/.test(protocol) || hostname === '') return null;
    // Only the folder of a socket on this machine may stand there: another host or port would hide behind this one.
    const host = searchParams.get('host');
    if (host !== null && (!host.startsWith('/') || hostname !== 'localhost')) return null;
    if (searchParams.has('port')) return null;
    return `postgres://${hostname.toLowerCase()}:${port === '' ? '5432' : port}`;
  } catch {
    return null;
  }
}

/** The consent that a project's registry would need; null for a folder. */
export function findRegistryConsent(setting: string | undefined, root: string): Consent | null {
  const address = setting === undefined ? null : parseAddress(setting, root);
  if (address?.kind !== 'postgres') return null;
  return { root, origin: address.origin, key: keyOf(address.variables) };
}

/**
 * True where a registry was made, or a database is named. Other projects have a folder of that name, too: ours
 * has a file that keeps its line endings.
 */
export async function registryExists(setting: string | undefined, root: string): Promise<boolean> {
  const address = parseAddress(setting ?? DEFAULT_ADDRESS, root);
  if (address.kind === 'postgres') return true;
  const kept = await readFile(join(address.path, '.gitattributes'), 'utf8').catch(() => '');
  return kept.includes('* -text');
}

/** What stands between a project and its registry. */
export interface RegistryNeeds {
  /** What the user has not agreed to yet; null when nothing is left to agree to. */
  readonly consent: Consent | null;
  /** Variables of the address that nobody has set. */
  readonly missing: readonly string[];
}

/**
 * What opening a registry still needs. Rejects with RegistryError when the address is none, or the user's
 * consents cannot be read.
 */
export async function checkRegistryNeeds(sources: RegistrySources): Promise<RegistryNeeds> {
  const { root, setting, own, env, trusted = [], consents = [] } = sources;
  const address = parseAddress(own ?? setting ?? DEFAULT_ADDRESS, root);
  if (address.kind === 'directory') return { consent: null, missing: [] };
  const { origin, variables } = address;
  const values = await resolveVariables(sources);
  const missing = variables.filter((name) => !values(name));
  if (own !== undefined || trusted.some((one) => findPostgresOrigin(one) === origin))
    return { consent: null, missing };
  const given = await readConsents(getTrustFilePath(env)).catch((error: Error) => {
    throw new RegistryError('denied', error.message);
  });
  const key = keyOf(variables);
  const isGiven = hasConsent(key, origin, { root, given: [...given, ...consents] });
  return { consent: isGiven ? null : { root, origin, key }, missing };
}

/**
 * The registry of a project. A database that a workspace file names is opened only after consent: nothing is
 * sent to it before. Rejects with RegistryError; no message has a password.
 */
export async function openRegistry(sources: RegistrySources): Promise<Registry> {
  const address = parseAddress(sources.own ?? sources.setting ?? DEFAULT_ADDRESS, sources.root);
  if (address.kind === 'directory') return new DirectoryRegistry(address.path);
  const { written, origin, variables } = address;
  const { consent, missing } = await checkRegistryNeeds(sources);
  if (consent)
    throw new RegistryError(
      'denied',
      `.promptsmith.yaml names the registry ${origin}: allow it with \`promptsmith trust ${origin}\`${variables.length > 0 ? `, which lets ${variables.join(', ')} go there` : ''}`,
    );
  if (missing.length > 0)
    throw new RegistryError(
      'denied',
      `the registry at ${origin} needs ${missing.join(' and ')}: set it in the environment or in .env`,
    );
  const values = await resolveVariables(sources);
  const url = written.replace(VARIABLE, (_, name: string) =>
    encodeURIComponent(values(name) ?? ''),
  );
  const { PostgresRegistry } = await import('./postgres.ts');
  return new PostgresRegistry(url);
}

/** The values of variables: of the environment, else of the project's `.env`. */
async function resolveVariables({
  root,
  env,
}: Pick<RegistrySources, 'root' | 'env'>): Promise<(name: string) => string | undefined> {
  const dotenv = await readDotenv(root);
  return (name) => env[name] ?? dotenv.get(name);
}

/** One consent lets all variables of the address go there, and says which. */
function keyOf(variables: readonly string[]): string {
  return [...new Set(variables)].sort().join(',');
}
