import { element } from './element.ts';
import { visible } from './visible.ts';

/** Of a list or map so many entries are shown at first, and with each further press. */
const MOST_ENTRIES = 200;

/** A JSON value as a tree: branches are made when they are opened. */
export function jsonTree(value: unknown, name = '', isOpen = true): HTMLElement {
  const key = name === '' ? [] : [element('span', { class: 'key' }, `${visible(name)}: `)];
  if (typeof value !== 'object' || value === null)
    return element('div', { class: 'leaf' }, ...key, leaf(value));
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  const made = element('details', {}, element('summary', {}, ...key, size));
  const fill = () => {
    if (made.childElementCount === 1) made.append(...branches(entries));
  };
  made.addEventListener('toggle', fill);
  made.open = isOpen;
  if (isOpen) fill();
  return made;
}

function branches(entries: readonly [string, unknown][]): Node[] {
  const shown = entries.slice(0, MOST_ENTRIES).map(([name, value]) => jsonTree(value, name, false));
  const rest = entries.slice(MOST_ENTRIES);
  if (rest.length === 0) return shown;
  const more = element('button', { type: 'button', class: 'link' }, `… ${rest.length}`);
  more.addEventListener('click', () => more.replaceWith(...branches(rest)));
  return [...shown, more];
}

function leaf(value: unknown): HTMLElement {
  return element('span', { class: typeof value }, visible(JSON.stringify(value)));
}
