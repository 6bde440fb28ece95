import { sha256Hex } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import { API_NAMES } from '../models/model-api.ts';
import type { Connection } from './model.ts';
import type { ModelTarget } from './ports.ts';

/** How each of these models is called, by its id, to be stored: without the values of the address's query. */
export function listConnections(models: readonly ModelTarget[]): Record<string, Connection> {
  return Object.fromEntries(
    models.flatMap(({ id, connection }) =>
      connection ? [[id, { ...connection, address: hideQuery(connection.address) }]] : [],
    ),
  );
}

/** A key may stand in a query: its names stay, and a few digits that tell one query from another. */
function hideQuery(address: string): string {
  const [place = '', query] = address.split('?', 2);
  if (query === undefined) return address;
  const names = [...new URLSearchParams(query).keys()].join('&');
  return `${place}?${names} (${sha256Hex(query).slice(0, 8)})`;
}

/** True if two connections may give different answers. What is not known of one is no difference. */
export function isOtherConnection(
  one: Connection | undefined,
  other: Connection | undefined,
): boolean {
  return one !== undefined && other !== undefined && canonicalJson(one) !== canonicalJson(other);
}

/** `Chat Completions at https://lab.example/v1, with body and headers (x-team)`, without values. */
export function describeConnection({ api, address, headers, body, traits }: Connection): string {
  const added = [
    ...(body ? [`body (${Object.keys(body).sort().join(', ')})`] : []),
    ...(headers ? [`headers (${headers.join(', ')})`] : []),
    ...(traits ? [`traits (${Object.keys(traits).sort().join(', ')})`] : []),
  ];
  const place = address === '' ? '' : ` at ${address}`;
  return `${API_NAMES[api]}${place}${added.length === 0 ? '' : `, with ${added.join(' and ')}`}`;
}
