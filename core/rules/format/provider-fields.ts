import type { Problem } from '../../lint/engine/rule.ts';
import { findEntry, type MapEntry, type Node } from '../../prompt/node.ts';

/** Fields of requests that some providers have; what resembles them in the format means something else. */
const PROVIDER_FIELDS: ReadonlySet<string> = new Set([
  'top_k',
  'min_p',
  'top_a',
  'typical_p',
  'repetition_penalty',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'service_tier',
  'verbosity',
  'n',
]);

/** True for a field of requests that `modelParameters` may hold under `extra` only. */
export function isProviderField(key: string): boolean {
  return PROVIDER_FIELDS.has(key);
}

/** `extra` is sent as it stands. */
export function reportProviderField(entry: MapEntry, holder: Node): Problem {
  const { source: key, span } = entry.key;
  const message = `\`${key}\` has no effect here. Fields that only some providers have go under \`extra\`.`;
  const { value } = entry;
  if (findEntry(holder, 'extra') || value.type !== 'scalar' || value.alias)
    return { message, span };
  const edits = [
    {
      span: { start: span.start, end: value.span.end },
      text: `extra: { ${key}: ${value.source} }`,
    },
  ];
  return { message, span, fixes: [{ title: 'Move it to `extra`', safe: false, edits }] };
}
