import { findClosest } from '../../find-closest.ts';
import type { Fix, RuleContext } from '../../lint/engine/rule.ts';
import { appendItem, insertEntry } from '../../prompt/edit.ts';
import { child } from '../../prompt/node.ts';
import { isName } from '../../prompt/template.ts';

/** Finds the unused name with a value that a placeholder most likely meant. */
export function findNearestName(
  name: string,
  given: ReadonlySet<string>,
  { prompt, uses }: RuleContext,
): string | undefined {
  if (name.length < 3) return undefined;
  const free: string[] = [];
  for (const other of given) {
    if (!uses.names.has(other) && (isName(other) || prompt.oddKeys.has(other))) free.push(other);
    if (free.length === 200) break;
  }
  return findClosest(name, free);
}

/** Renames every placeholder of this name. */
export function renamePlaceholders(name: string, to: string, { templates }: RuleContext): Fix {
  const edits = templates
    .flatMap(({ template }) => template.placeholders)
    .filter((placeholder) => placeholder.name === name)
    .map(({ nameSpan }) => ({ span: nameSpan, text: to }));
  return { title: `Rename it to \`{{${to}}}\``, safe: false, edits };
}

/** Adds a declaration to `variables`; null if there is none yet to follow. */
export function declareVariable(name: string, { prompt }: RuleContext): Fix | null {
  const { root, text } = prompt;
  const list = child(root, 'variables');
  // A name that YAML reads as another type would need quotes.
  if (!list || list.alias || !/^[\p{L}_]/u.test(name) || !isName(name)) return null;
  const edit =
    list.type === 'list' && list.items.length > 0
      ? appendItem(list, list.flow ? `{ name: ${name} }` : `name: ${name}`, text)
      : list.type === 'map' && list.entries.length > 0
        ? insertEntry(list, name, '{}', text)
        : null;
  return edit && { title: `Declare \`${name}\``, safe: false, edits: [edit] };
}
