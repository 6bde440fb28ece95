import type { ModelError } from '#core/eval/model.ts';
import type { ApiError } from './api-error.ts';
import { findProxy, type Network, type ProxyRoute } from './network.ts';

/** Codes of Node for a host that cannot be reached. */
const UNREACHABLE: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ECONNRESET',
]);

/** What is known of a connection that was not made. */
interface Cause {
  readonly code?: unknown;
  readonly statusCode?: number;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
}

/** An error that a proxy is behind; null for others. `said` is what came with the status 407, without keys. */
export function findProxyFault(
  { status, cause }: Pick<ApiError, 'status' | 'cause'>,
  { origin, said }: { readonly origin: string; readonly said: string },
  network: Network,
): Pick<ModelError, 'kind' | 'message'> | null {
  const route = findProxy(origin, network);
  // Only proxies answer with 407: also one that VS Code or the machine brings.
  if (status === 407)
    return { kind: 'not-found', message: `${describeRefusal(407, origin, route)}: ${said}` };
  if (!route) return null;
  const { code, statusCode = 0, ...place } = (cause ?? {}) as Cause;
  if (route.obstacle !== null)
    return UNREACHABLE.has(code)
      ? {
          kind: 'network',
          message: `${origin} cannot be reached (${code}), and the proxy of ${route.variable} is not followed: ${route.obstacle}`,
        }
      : null;
  if (code === 'ERR_PROXY_TUNNEL') {
    // What it refuses it will refuse again.
    const kind = statusCode >= 400 && statusCode < 500 ? 'not-found' : 'network';
    return { kind, message: describeRefusal(statusCode, origin, route) };
  }
  return UNREACHABLE.has(code) && isAt(place, route)
    ? {
        kind: 'network',
        message: `${describe(route)} cannot be reached (${code}): is ${route.variable} right?`,
      }
    : null;
}

function describeRefusal(status: number, origin: string, route: ProxyRoute | null): string {
  const proxy = describe(route);
  if (status === 407) {
    const where = route ? ` in ${route.variable}, as user:password@ before its host` : '';
    return `${proxy} wants a user and a password${where} (407)`;
  }
  return `${proxy} makes no connection to ${origin}${status === 0 ? '' : ` (${status})`}`;
}

function describe(route: ProxyRoute | null): string {
  return route?.address ? `the proxy ${route.address.origin}` : `the proxy`;
}

function isAt({ hostname, address, port }: Cause, { address: proxy }: ProxyRoute): boolean {
  if (!proxy) return false;
  if (hostname !== undefined) return hostname === proxy.hostname;
  const usual = proxy.protocol === 'https:' ? 443 : 80;
  return port === (proxy.port === '' ? usual : Number(proxy.port)) && address !== undefined;
}
