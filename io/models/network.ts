import tls from 'node:tls';
import { isLoopback } from './providers.ts';

/** How calls leave this machine. None of it comes from a file of a project: with it, others could listen in. */
export interface Network {
  /** The proxies to follow; none where the program around us brings its own, as VS Code does. */
  readonly proxies?: Proxies;
  /** Certificates of authorities to trust beside those that Node trusts, in PEM. */
  readonly ca?: string;
}

/** The variables that name proxies, as Node's agents take them. */
export type Proxies = Readonly<Partial<Record<(typeof VARIABLES)[number], string>>>;

const VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy'] as const;

/** The proxies of the real environment. */
export function pickProxies(env: Readonly<Record<string, string | undefined>>): Proxies {
  return Object.fromEntries(
    VARIABLES.flatMap((name) => {
      const value = (env[name] ?? env[name.toUpperCase()])?.trim();
      if (!value) return [];
      // As curl takes it: `proxy.example:3128`.
      const isBare = name !== 'no_proxy' && !/^[a-z][a-z\d+.-]*:\/\//i.test(value);
      return [[name, isBare ? `http://${value}` : value]];
    }),
  );
}

/** The proxy that is set for calls to an origin. */
export interface ProxyRoute {
  /** The variable that names it. */
  readonly variable: string;
  /** Without user and password; null where the variable has no address. */
  readonly address: URL | null;
  /** Why it is not followed; null = it is. */
  readonly obstacle: string | null;
}

/** The proxy that is set for an origin; null for none, and for this machine. NO_PROXY is Node's part. */
export function findProxy(
  origin: string,
  { proxies = {} }: Network,
  version = process.versions.node,
): ProxyRoute | null {
  const name = origin.startsWith('https:') ? 'https_proxy' : 'http_proxy';
  const value = proxies[name];
  if (value === undefined || isLoopback(origin)) return null;
  const variable = name.toUpperCase();
  const address = URL.canParse(value) ? new URL(value) : null;
  if (!address || !/^https?:$/.test(address.protocol))
    return { variable, address: null, obstacle: 'it is no http or https address' };
  address.username = '';
  address.password = '';
  const obstacle = canFollow(version) ? null : `Node ${version} does not; Node 22.21 does`;
  return { variable, address, obstacle };
}

/** Node's agents follow proxies from 22.21 and 24.5 on. */
function canFollow(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 22 && minor >= 21) || (major === 24 && minor >= 5) || major > 24;
}

/** What Node's agents need for calls to an origin. */
export function buildAgentOptions(origin: string, network: Network): object {
  const route = findProxy(origin, network);
  return {
    ...(route?.obstacle === null ? { proxyEnv: network.proxies } : {}),
    ...(network.ca === undefined ? {} : { ca: [...listAuthorities(), network.ca] }),
  };
}

function listAuthorities(): readonly string[] {
  // Newer than the types of Node.
  const { getCACertificates } = tls as { getCACertificates?(type: string): readonly string[] };
  const types = ['default', 'system'];
  return getCACertificates
    ? types.flatMap((type) => getCACertificates(type))
    : tls.rootCertificates;
}

/** User and password of the proxies, as they are and as a proxy is sent them: what must appear nowhere. */
export function listProxySecrets({ proxies = {} }: Network): string[] {
  return [proxies.http_proxy, proxies.https_proxy].flatMap((value) => {
    const url = value !== undefined && URL.canParse(value) ? new URL(value) : null;
    if (!url?.password) return [];
    const user = decode(url.username);
    const password = decode(url.password);
    const pair = `${user}:${password}`;
    const all = [Buffer.from(pair).toString('base64'), pair, url.password, password];
    // A shorter one is part of any word.
    return all.filter((secret) => secret.length >= 4);
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
