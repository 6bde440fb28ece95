import { canonicalJson } from '../json.ts';
import { API_NAMES } from '../models/model-api.ts';
import type { Connection } from './model.ts';
import type { ModelTarget } from './ports.ts';

/** How each of these models is called, by its id. */
export function listConnections(models: readonly ModelTarget[]): Record<string, Connection> {
  return Object.fromEntries(
    models.flatMap(({ id, connection }) => (connection ? [[id, connection]] : [])),
  );
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
