import { findClosest } from '../find-closest.ts';
import { TOP_LEVEL_KEYS } from './keys.ts';
import { findEntry, type MapEntry, type Node } from './node.ts';

/** The keys that decide what is sent and judged, and the type of their values. */
const BASE_KEYS: ReadonlyMap<string, Node['type']> = new Map([
  ['messages', 'list'],
  ['model', 'scalar'],
  ['modelParameters', 'map'],
  ['responseFormat', 'scalar'],
  ['jsonSchema', 'scalar'],
  ['testData', 'list'],
  ['evaluators', 'list'],
]);

/** Keys of other formats that resemble one of these. */
const FOREIGN: ReadonlySet<string> = new Set(['mode', 'models']);

/**
 * The base key that a top-level entry was most likely meant to have: `messages` for `mesages:` with a list. Undefined
 * for keys of the format, for values of another type, and if the map has that key.
 */
export function findMeantKey({ key, value }: MapEntry, root: Node): string | undefined {
  const name = key.source;
  if (TOP_LEVEL_KEYS.has(name) || FOREIGN.has(name) || name.length < 4) return undefined;
  const near = findClosest(name, BASE_KEYS.keys());
  if (near === undefined || findEntry(root, near)) return undefined;
  const isEmpty = value.type === 'scalar' && value.value === null;
  return isEmpty || value.type === BASE_KEYS.get(near) ? near : undefined;
}
