import type { ModelId } from './model-id.ts';

/** The date or number of a version: `2024-11-20`, `20250514`, `2512`. */
const VERSION = /^(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4})$/;

/**
 * The names of a model's dated versions among known ids (`publisher/name`), the newest first. `latest` at the
 * end of the alias is no part of the name.
 */
export function selectSnapshots(
  { publisher, name }: Pick<ModelId, 'publisher' | 'name'>,
  known: readonly string[],
): string[] {
  // DeepSeek's own service has no dated ids: those are the names of its weights elsewhere.
  if (publisher === 'deepseek') return [];
  const begin = `${publisher}/${name.replace(/-latest$/, '')}-`;
  return known
    .filter((id) => id.startsWith(begin) && VERSION.test(id.slice(begin.length)))
    .map((id) => id.slice(id.indexOf('/') + 1))
    .sort()
    .reverse();
}
