import { formatPercent } from '#core/format-percent.ts';
import { formatCount } from '#core/models/figures.ts';
import type { RenderedMessage } from '#core/protocol.ts';
import { element } from './element.ts';
import type { Part } from './heat.ts';
import { createRevealButton, formatRole, type View } from './message-view.ts';

/** Parts beyond the largest ones are too small to matter. */
const MAX_ROWS = 100;

/** The parts of a prompt as a table, largest first. */
export function createPartsTable(
  view: View,
  messages: readonly RenderedMessage[],
  parts: readonly Part[],
): HTMLTableElement {
  const rows = parts.slice(0, MAX_ROWS).map(({ message, name, tokens, share }) => {
    const sent = messages[message];
    const role = sent ? formatRole(sent, message) : '';
    const text = `${role}: ${name === null ? 'prompt text' : `{{${name}}}`}`;
    const place = name === null ? { message } : { message, name };
    return element(
      'tr',
      {},
      element('td', {}, createRevealButton(view, text, place)),
      element('td', { class: 'number' }, formatCount(tokens)),
      element('td', { class: 'number' }, formatPercent(share)),
    );
  });
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'Part'),
    element('th', { scope: 'col', class: 'number' }, 'Tokens'),
    element('th', { scope: 'col', class: 'number' }, 'Share'),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}
