import { isUnnamed, parseModelId } from '../models/model-id.ts';

/**
 * Finds the family of a model: maker, line and generation (`openai/gpt-4`, `anthropic/claude-3`). Sizes, dates,
 * minor versions and modalities stay within a family. Null for an id that does not name a model.
 */
export function modelFamily(id: string | null): string | null {
  const parsed = parseModelId(id);
  if (isUnnamed(parsed)) return null;
  const parts = parsed.name.split(/[^a-z0-9.]+/).filter((part) => part !== '');
  const [head = ''] = parts;
  const line = /^[a-z]+/.exec(head)?.[0] ?? head;
  // `llama3` and `o3` carry the generation in their first word, `claude-sonnet-4-5` in a later one.
  const rest = [head.slice(line.length), ...parts.slice(1)];
  const generation = rest.map((part) => /^v?(\d{1,2})(?:\D|$)/.exec(part)?.[1]).find(Boolean);
  const maker = parsed.publisher === null ? '' : `${parsed.publisher}/`;
  return `${maker}${line}${generation === undefined ? '' : `-${generation}`}`;
}
