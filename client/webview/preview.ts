import './theme.css';
import './preview.css';
import { formatCount } from '#core/models/figures.ts';
import type { RenderedPrompt } from '#core/protocol.ts';
import type { FromPreview, PreviewState, ToPreview } from '../preview/messages.ts';
import { createAnnouncer } from './announcer.ts';
import { element } from './element.ts';
import { listParts, type Part } from './heat.ts';
import { createMessageView, type Shares, type View } from './message-view.ts';
import { createPartsTable } from './parts-table.ts';
import { openPort } from './port.ts';

const port = openPort<FromPreview, ToPreview>(show);
const view: View = { send: port.send };

const title = element('h1');
const choice = element('select');
const label = element('label', {}, 'Golden case', choice);
const figures = element('span', { class: 'quiet' });
const spoken = createAnnouncer();
const messages = element('div');
const table = element('div');
const details = element('details', { open: '' }, element('summary', {}, 'Token breakdown'), table);

document.body.append(
  element('header', {}, title, label, figures, spoken.element),
  element('main', {}, messages, details),
);
choice.addEventListener('change', () => port.send({ kind: 'case', id: choice.value }));
port.send({ kind: 'ready' });

function show(message: ToPreview): void {
  switch (message.kind) {
    case 'prompt': {
      const { prompt, uri } = message;
      port.keep({ uri, case: prompt.case } satisfies PreviewState);
      title.textContent = message.title;
      showCases(prompt);
      showFigures(prompt, message.medianCall);
      showMessages(prompt);
      break;
    }
    case 'nothing':
      title.textContent = '';
      label.hidden = true;
      details.hidden = true;
      figures.textContent = '';
      spoken.say(message.reason);
      messages.replaceChildren(element('p', { class: 'quiet' }, message.reason));
      break;
    default:
      message satisfies never;
  }
}

function showCases({ cases, caseNames, case: shown }: RenderedPrompt): void {
  label.hidden = false;
  choice.disabled = cases.length === 0;
  const wanted = choice.disabled
    ? ['None (defaults and examples)']
    : cases.map((id, i) => (caseNames[i] === id ? `${i + 1}. ${id}` : (caseNames[i] ?? id)));
  // An open list would close if its options were recreated.
  if (JSON.stringify(wanted) !== choice.dataset.shown) {
    choice.dataset.shown = JSON.stringify(wanted);
    choice.replaceChildren(
      ...wanted.map((text, i) => element('option', { value: cases[i] ?? '' }, text)),
    );
  }
  if (shown !== null) choice.value = shown;
}

function showFigures({ messages }: RenderedPrompt, medianCall: string): void {
  const isCounted = messages.every(({ tokens }) => tokens !== null);
  const sum = messages.reduce((all, { tokens }) => all + (tokens ?? 0), 0);
  const text = [
    ...(isCounted ? [`${formatCount(sum)} tokens`] : []),
    ...(medianCall ? [`median call: ${medianCall}`] : []),
  ].join(' · ');
  figures.textContent = text;
  spoken.say(text);
}

function showMessages(prompt: RenderedPrompt): void {
  const parts = listParts(prompt.messages);
  const scroll = document.documentElement.scrollTop;
  const focused = document.activeElement?.getAttribute('data-key');
  const shares = computeShares(prompt, parts);
  messages.replaceChildren(
    ...prompt.messages.map((message, i) =>
      createMessageView(view, message, i, shares[i] ?? { message: 0, variables: new Map() }),
    ),
    ...(prompt.messages.length > 0
      ? []
      : [element('p', { class: 'quiet' }, 'This prompt has no messages.')]),
  );
  details.hidden = parts.length === 0;
  table.replaceChildren(createPartsTable(view, prompt.messages, parts));
  document.documentElement.scrollTop = scroll;
  if (focused) document.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function computeShares({ messages }: RenderedPrompt, parts: readonly Part[]): Shares[] {
  const total = messages.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);
  const shares = messages.map(({ tokens }) => ({
    message: total > 0 ? (tokens ?? 0) / total : 0,
    variables: new Map<string, number>(),
  }));
  for (const { message, name, share } of parts)
    if (name !== null) shares[message]?.variables.set(name, share);
  return shares;
}
