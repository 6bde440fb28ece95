import { showInvisible } from '#core/printing/show-invisible.ts';
import { element } from './element.ts';

/** Entries of an array or object that are shown at first, and with each further click. */
const MAX_ENTRIES = 200;

/** A JSON value as a tree: branches are made when they are opened. */
export function createJsonTree(value: unknown, name = '', isOpen = true): HTMLElement {
  const key = name === '' ? [] : [element('span', { class: 'key' }, `${showInvisible(name)}: `)];
  if (typeof value !== 'object' || value === null)
    return element('div', { class: 'leaf' }, ...key, createLeaf(value));
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  const made = element('details', {}, element('summary', {}, ...key, size));
  const fill = () => {
    if (made.childElementCount === 1) made.append(...createBranches(entries));
  };
  made.addEventListener('toggle', fill);
  made.open = isOpen;
  if (isOpen) fill();
  return made;
}

function createBranches(entries: readonly [string, unknown][]): Node[] {
  const shown = entries
    .slice(0, MAX_ENTRIES)
    .map(([name, value]) => createJsonTree(value, name, false));
  const rest = entries.slice(MAX_ENTRIES);
  if (rest.length === 0) return shown;
  const more = element('button', { type: 'button', class: 'link' }, `… ${rest.length}`);
  more.addEventListener('click', () => more.replaceWith(...createBranches(rest)));
  return [...shown, more];
}

function createLeaf(value: unknown): HTMLElement {
  return element('span', { class: typeof value }, showInvisible(JSON.stringify(value)));
}
