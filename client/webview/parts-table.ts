import { formatPercent } from '#core/format-percent.ts';
import { count } from '#core/models/figures.ts';
import type { RenderedMessage } from '#core/protocol.ts';
import { element } from './element.ts';
import type { Part } from './heat.ts';
import { createRevealButton, formatRole, type View } from './message-view.ts';

/** The dearest ones: who pays attention to the hundredth part? */
const MAX_ROWS = 100;

/** The heat as a table: every part with its tokens, dearest first. */
export function createPartsTable(
  view: View,
  messages: readonly RenderedMessage[],
  parts: readonly Part[],
): HTMLTableElement {
  const rows = parts.slice(0, MAX_ROWS).map(({ message, name, tokens, share }) => {
    const sent = messages[message];
    const role = sent ? formatRole(sent, message) : '';
    const text = `${role}: ${name === null ? 'own text' : `{{${name}}}`}`;
    const place = name === null ? { message } : { message, name };
    return element(
      'tr',
      {},
      element('td', {}, createRevealButton(view, text, place)),
      element('td', { class: 'number' }, count(tokens)),
      element('td', { class: 'number' }, formatPercent(share)),
    );
  });
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'part'),
    element('th', { scope: 'col', class: 'number' }, 'tokens'),
    element('th', { scope: 'col', class: 'number' }, 'share'),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}
