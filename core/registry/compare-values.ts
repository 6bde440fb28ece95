import { jsonEquals } from '../json.ts';
import type { Json } from '../prompt/node.ts';
import { type Bump, type Change, excerpt } from './change.ts';

/** Values that are longer as JSON are not printed in the line of a change. */
const MAX_LENGTH = 48;

/** What a change is reported as. */
export interface ChangeKind {
  readonly part: Change['part'];
  readonly bump: Bump;
}

/**
 * The change of a single value, with both values where they are short; none when they are equal. Undefined
 * stands for a value that is not set.
 */
export function compareValues(
  kind: ChangeKind,
  which: string,
  was: unknown,
  is: unknown,
): Change[] {
  if (was === undefined && is === undefined) return [];
  if (was === undefined)
    return [{ ...kind, text: `${which} was added${isShort(is) ? `: ${formatValue(is)}` : ''}` }];
  if (is === undefined)
    return [
      { ...kind, text: `${which} was removed${isShort(was) ? `: ${formatValue(was)}` : ''}` },
    ];
  if (jsonEquals(was, is)) return [];
  const text = `${which} changed${formatReplacement(was, is)}`;
  return typeof was === 'string' && typeof is === 'string' && !(isShort(was) && isShort(is))
    ? [{ ...kind, text, wording: { name: which, before: was, after: is } }]
    : [{ ...kind, text }];
}

/** `: 1500 → 1400`; nothing when a value is too long. */
export function formatReplacement(was: unknown, is: unknown): string {
  return isShort(was) && isShort(is) ? `: ${formatValue(was)} → ${formatValue(is)}` : '';
}

/** The changes of a map's members, one for each path that differs. Lists are compared as a whole. */
export function compareMembers(
  kind: ChangeKind,
  path: string,
  was: Json | undefined,
  is: Json | undefined,
): Change[] {
  if (!isMap(was) || !isMap(is)) return compareValues(kind, `\`${excerpt(path)}\``, was, is);
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].flatMap((name) => compareMembers(kind, `${path}.${name}`, was[name], is[name]));
}

/** True for a JSON object. */
export function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): boolean {
  return formatValue(value).length <= MAX_LENGTH;
}

function formatValue(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
