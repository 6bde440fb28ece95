import { listProxySecrets, type Network } from './network.ts';

/** Where calls to a provider go. */
export interface Endpoint {
  readonly baseUrl: string;
  /** Sent to the origin of `baseUrl` and nowhere else; null = none. */
  readonly key: string | null;
  /** Added headers by name, with the values of their variables. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Values in headers that must appear nowhere, like the key. */
  readonly secrets?: readonly string[];
  /** Added to the address of each call. */
  readonly query?: Readonly<Record<string, string>>;
  /** False: answers come as a whole. */
  readonly stream?: boolean;
  /** The longest a call may take as a whole, in milliseconds; default 5 minutes. */
  readonly timeoutMs?: number;
  /** The longest silence once the answer has begun, in milliseconds; default 1 minute. */
  readonly idleMs?: number;
  /** Default: no proxies but those that the program around us brings. */
  readonly network?: Network;
  /** Its `usage.cost` is what the provider charges, in USD. */
  readonly hasCharge?: boolean;
}

/** The key, the secret headers and the proxies' passwords of an endpoint. */
export function listSecrets({ key, secrets = [], network = {} }: Endpoint): string[] {
  return [...(key === null ? [] : [key]), ...secrets, ...listProxySecrets(network)];
}
