import type { Variable } from './document.ts';
import { ROW_NESTING } from './keys.ts';
import { child, type MapNode, type Node } from './node.ts';
import { isName } from './template.ts';

/**
 * Collects the keys of rows and declarations that do not look like a name (`Size (cm)`): `{{Size (cm)}}` is a
 * placeholder only because of them. Empty if the text has no placeholder at all.
 */
export function collectOddKeys(
  root: MapNode | null,
  variables: readonly Variable[],
  text: string,
): ReadonlySet<string> {
  const odd = new Set<string>();
  if (!text.includes('{{')) return odd;
  const seen = new Set<string>();
  const add = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    if (canBeOdd(key)) odd.add(key);
  };
  for (const { name } of variables) add(name);
  const rows = child(root, 'testData');
  for (const row of rows?.type === 'list' ? rows.items : []) addKeys(row, add, true);
  return odd;
}

/** Adds the keys of rows of test files to those of the prompt. */
export function addOddKeys(
  known: ReadonlySet<string>,
  rows: readonly { readonly values: ReadonlyMap<string, unknown> }[],
): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { values } of rows) for (const key of values.keys()) seen.add(key);
  const more = [...seen].filter((key) => !known.has(key) && canBeOdd(key));
  return more.length === 0 ? known : new Set([...known, ...more]);
}

function canBeOdd(key: string): boolean {
  return key !== '' && !isName(key) && !/[{}\r\n]/.test(key);
}

function addKeys(row: Node, add: (key: string) => void, isRow: boolean): void {
  for (const { key, value } of row.type === 'map' ? row.entries : []) {
    if (isRow && key.source === '$case') continue;
    add(key.source);
    if (isRow && ROW_NESTING.has(key.source)) addKeys(value, add, false);
  }
}
