import { formatPercent } from '#core/format-percent.ts';
import { formatCount } from '#core/models/figures.ts';
import type { RenderedMessage } from '#core/protocol.ts';
import type { FromPreview } from '../preview/messages.ts';
import { element } from './element.ts';
import { computeHeat } from './heat.ts';

/** What the parts of the preview share. */
export interface View {
  readonly send: (message: FromPreview) => void;
}

/** The shares of a message and its variables in all tokens, from 0 to 1. */
export interface Shares {
  readonly message: number;
  readonly variables: ReadonlyMap<string, number>;
}

/** Further values are not marked: more buttons make the page slow. */
const MAX_MARKS = 500;

/** One message as it is sent, with its share of the tokens; its values are buttons. */
export function createMessageView(
  view: View,
  message: RenderedMessage,
  index: number,
  shares: Shares,
): HTMLElement {
  const fill = element('span');
  fill.style.width = `${100 * shares.message}%`;
  const title = element(
    'div',
    { class: 'title' },
    element('h2', {}, createRevealButton(view, formatRole(message, index), { message: index })),
    element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
    element('span', { class: 'quiet' }, formatSize(message.tokens, shares.message)),
  );
  const content = element(
    'div',
    { class: 'content', 'data-heat': String(computeHeat(shares.message)) },
    ...createPieces(view, message, index, shares),
  );
  const missing = message.missing.map((name) => `{{${name}}}`).join(', ');
  return element(
    'section',
    { class: 'message' },
    title,
    message.content === '' ? element('p', { class: 'quiet' }, 'This message is empty.') : content,
    ...(missing
      ? [element('p', { class: 'missing' }, `⚠ No value; sent unchanged: ${missing}`)]
      : []),
  );
}

/** `1. system` */
export function formatRole({ role }: RenderedMessage, index: number): string {
  return `${index + 1}. ${role ?? 'no role'}`;
}

/** A button that shows a message, or a placeholder in it, in the editor. */
export function createRevealButton(
  { send }: View,
  text: string,
  place: { readonly message: number; readonly name?: string },
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: 'link', title: 'Show in Editor', 'data-key': text },
    text,
  );
  made.addEventListener('click', () => send({ kind: 'reveal', ...place }));
  return made;
}

/** A button cannot be broken over lines, so values are marks that behave like one. */
function createPieces(
  { send }: View,
  { content, spans }: RenderedMessage,
  index: number,
  { variables }: Shares,
): (Node | string)[] {
  let marks = 0;
  return spans.map(({ name, span, tokens }, i) => {
    const text = content.slice(span.start, span.end);
    if (name === null || ++marks > MAX_MARKS) return text;
    const share = variables.get(name) ?? 0;
    const mark = element(
      'mark',
      {
        class: 'value',
        role: 'button',
        tabindex: '0',
        title: [`{{${name}}}`, formatSize(tokens, share)].filter(Boolean).join(' · '),
        'data-heat': String(computeHeat(share)),
        'data-key': `${index}/${i}`,
      },
      text,
    );
    const press = () => send({ kind: 'reveal', message: index, name });
    mark.addEventListener('click', press);
    mark.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      press();
    });
    return mark;
  });
}

function formatSize(tokens: number | null, share: number): string {
  return tokens === null ? '' : `${formatCount(tokens)} tokens · ${formatPercent(share)}`;
}
