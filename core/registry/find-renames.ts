import type { Message, PromptDocument } from '../prompt/document.ts';
import { diffLists, type Replacement } from './diff-lists.ts';
import { isWordToken, splitTokens, type TextToken } from './split-words.ts';

/** Messages that differ by more edits are not searched. */
const MAX_EDITS = 400;

/** A placeholder that is replaced together with more tokens than this is not known to be the same one. */
const MAX_REPLACED = 10;

/** The variables of a prompt that have another name in the next, by their old names. */
export type Renames = ReadonlyMap<string, string>;

/**
 * Finds variables that were renamed: the old name is gone, the new one is new, and every place in the messages
 * that had the old one has the new one.
 */
export function findRenames(before: PromptDocument, after: PromptDocument): Renames {
  const [left, right] = [listNames(before), listNames(after)];
  const gone = new Set([...left].filter((name) => !right.has(name)));
  const come = new Set([...right].filter((name) => !left.has(name)));
  const renames = new Map<string, string>();
  if (gone.size === 0 || come.size === 0) return renames;
  const places = new PlaceList();
  for (const [was, is] of pairMessages(before.messages, after.messages))
    findPlaces(was, is, gone, come, places);
  for (const name of gone) {
    const other = places.findPartner(name);
    if (other !== null) renames.set(name, other);
  }
  return renames;
}

function listNames({ variables, messages }: PromptDocument): Set<string> {
  const used = messages.flatMap(({ content }) => content?.placeholders ?? []);
  return new Set([...variables, ...used].map(({ name }) => name));
}

/** Messages at the same place; from the end, where the request is, when their numbers differ. */
function pairMessages(left: readonly Message[], right: readonly Message[]): [string, string][] {
  const shift = right.length - left.length;
  const pairs = left.map((one, i): [Message, Message | undefined] => [one, right[i + shift]]);
  const lost = shift > 0 ? right.slice(0, shift) : [];
  return [
    ...pairs.map(([was, is]): [string, string] =>
      is && is.role === was.role
        ? [was.content?.text ?? '', is.content?.text ?? '']
        : [was.content?.text ?? '', ''],
    ),
    ...lost.map(({ content }): [string, string] => ['', content?.text ?? '']),
  ];
}

/** What stands in the place of what. A place without a partner is `null`. */
class PlaceList {
  readonly #after = new Map<string, Set<string | null>>();
  readonly #before = new Map<string, Set<string | null>>();

  add(was: string | null, is: string | null): void {
    if (was !== null) this.#after.set(was, (this.#after.get(was) ?? new Set()).add(is));
    if (is !== null) this.#before.set(is, (this.#before.get(is) ?? new Set()).add(was));
  }

  /** The one name that stands in all places of another, and in no others. */
  findPartner(was: string): string | null {
    const [other = null, ...more] = this.#after.get(was) ?? [];
    if (other === null || more.length > 0) return null;
    return this.#before.get(other)?.size === 1 ? other : null;
  }
}

function findPlaces(
  was: string,
  is: string,
  gone: ReadonlySet<string>,
  come: ReadonlySet<string>,
  places: PlaceList,
): void {
  const [left, right] = [splitTokens(was), splitTokens(is)];
  const whole = { removed: left, added: right, removedAt: 0, addedAt: 0 };
  const edits = diffLists(left, right, MAX_EDITS, (a, b) => a.text === b.text) ?? [whole];
  const kept =
    left.filter(isWordToken).length -
    edits.flatMap(({ removed }) => removed).filter(isWordToken).length;
  for (const edit of edits) {
    const [old, now] = [pickNames(edit.removed, gone), pickNames(edit.added, come)];
    const isSame = old.length === now.length && isSamePlace(edit, kept > 0, old.length);
    if (isSame) for (const [i, name] of old.entries()) places.add(name, now[i] ?? null);
    else {
      for (const name of old) places.add(name, null);
      for (const name of now) places.add(null, name);
    }
  }
}

/** True for a short replacement with text around it, or between messages that are placeholders only. */
function isSamePlace(edit: Replacement<TextToken>, hasText: boolean, names: number): boolean {
  const sizes = [edit.removed, edit.added].map((tokens) => tokens.filter(isWordToken).length);
  return hasText ? Math.max(...sizes) <= MAX_REPLACED : sizes.every((size) => size === names);
}

function pickNames(tokens: readonly TextToken[], names: ReadonlySet<string>): string[] {
  return tokens.flatMap(({ text }) => {
    const name = text.startsWith('{{') ? text.slice(2, -2) : '';
    return names.has(name) ? [name] : [];
  });
}
