import type { Json } from '../../prompt/node.ts';
import type { CheckParameter } from './check.ts';

/** The parameters of the retrieval kinds. */
export const RETRIEVAL_PARAMETERS: readonly CheckParameter[] = [
  {
    name: 'value',
    alias: 'values',
    type: 'texts',
    required: true,
    fallsBackToExpected: true,
    notEmpty: true,
    description: 'The ids that are relevant.',
  },
  {
    name: 'k',
    type: 'integer',
    required: false,
    description: 'How many of the first ids count.',
  },
];

/**
 * The ids in an answer, best first, each once: a JSON list of ids or of maps with an `id`, or one id a
 * line, or separated by commas.
 */
export function rankedIds(text: string): string[] {
  const items = listOf(text) ?? text.split(text.trim().includes('\n') ? '\n' : ',');
  const ids = new Set<string>();
  for (const item of items) {
    const id = idOf(item);
    if (id !== '') ids.add(id);
  }
  return [...ids];
}

function listOf(text: string): readonly Json[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    return JSON.parse(text) as Json[];
  } catch {
    return null;
  }
}

function idOf(item: Json): string {
  if (item === null || typeof item === 'boolean') return '';
  if (typeof item !== 'object') return String(item).trim();
  if (Array.isArray(item)) return '';
  const { id } = item as { readonly [key: string]: Json };
  return typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
}
