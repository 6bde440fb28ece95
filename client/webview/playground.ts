import './theme.css';
import './playground.css';
import { showInvisible } from '#core/printing/show-invisible.ts';
import type {
  FromPlayground,
  PlaygroundState,
  PromptView,
  ToPlayground,
} from '../playground/messages.ts';
import { createAnnouncer } from './announcer.ts';
import { AnswerColumn } from './answer-column.ts';
import { element } from './element.ts';
import { PHASES } from './phases.ts';
import { openPort } from './port.ts';
import { VariablesForm } from './variables-form.ts';

const port = openPort<FromPlayground, ToPlayground>(receive);

const title = element('h1');
const run = button('Run', { kind: 'run' }, 'primary');
const stop = button('Stop', { kind: 'stop' }, 'primary');
const forecast = element('span', { class: 'quiet' });
const models = element('span', { class: 'quiet' });
const cases = element('select');
const caseLabel = element('label', {}, 'Golden case', cases);
const problem = element('p', { class: 'problem', role: 'alert' });
const form = new VariablesForm((name, value) => port.send({ kind: 'value', name, value }));
const messages = element('div');
const startOver = button('Reset Conversation', { kind: 'restart' });
const sent = element(
  'details',
  {},
  element('summary', {}, 'Rendered messages'),
  messages,
  startOver,
);
const answers = element('div', { class: 'answers' });
const none = element('p', { class: 'quiet' }, 'No answers yet.');
const replyText = element('textarea', { rows: '2', id: 'reply' });
const send = element('button', { type: 'button' }, 'Send');
const reply = element(
  'div',
  { class: 'reply' },
  element('label', { for: 'reply' }, 'Continue the conversation'),
  replyText,
  send,
);
const spoken = createAnnouncer();
const main = element('main');
let columns: AnswerColumn[] = [];
let phases: string[] = [];

main.append(
  problem,
  element('h2', {}, 'Variables'),
  form.element,
  sent,
  element('h2', {}, 'Answers'),
  none,
  answers,
  reply,
);
document.body.append(
  element(
    'header',
    {},
    title,
    element('div', { class: 'toolbar' }, run, stop, forecast),
    element(
      'div',
      { class: 'toolbar' },
      button('Models…', { kind: 'models' }),
      button('Compare with Revision…', { kind: 'revision' }),
      button('History…', { kind: 'history' }),
      button('Copy as…', { kind: 'copy' }),
      caseLabel,
    ),
    models,
    spoken.element,
  ),
  main,
);
cases.addEventListener('change', () => port.send({ kind: 'case', id: cases.value }));
send.addEventListener('click', sendReply);
replyText.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sendReply();
});
document.addEventListener('keydown', (event) => {
  const isRun = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (isRun && event.target !== replyText) port.send({ kind: 'run' });
  if (event.key === 'Escape' && !stop.hidden) port.send({ kind: 'stop' });
});
showPhases();
port.send({ kind: 'ready' });

function receive(message: ToPlayground): void {
  switch (message.kind) {
    case 'prompt':
      main.hidden = false;
      showPrompt(message.prompt);
      break;
    case 'nothing':
      title.textContent = message.reason;
      main.hidden = true;
      break;
    case 'answers':
      columns = message.answers.map((one, i) => new AnswerColumn(port.send, i, one));
      phases = message.answers.map(({ view }) => view.phase);
      answers.replaceChildren(...columns.map((column) => column.element));
      showPhases();
      break;
    case 'text':
      columns[message.index]?.append(message.text);
      break;
    case 'clear':
      columns[message.index]?.clear();
      break;
    case 'answer': {
      const { index, view } = message;
      columns[index]?.show(view);
      if (phases[index] !== view.phase) spoken.say(`${view.title}: ${PHASES[view.phase]}`);
      phases[index] = view.phase;
      showPhases();
      break;
    }
    default:
      message satisfies never;
  }
}

function showPrompt(prompt: PromptView): void {
  const state: PlaygroundState = {
    uri: prompt.uri,
    case: prompt.case,
    models: prompt.models,
    values: prompt.typed,
  };
  port.keep(state);
  title.textContent = prompt.title;
  models.textContent = [
    ...prompt.models,
    ...(prompt.revision === null ? [] : [`↔ ${prompt.revision}`]),
  ].join(' · ');
  forecast.textContent = prompt.forecast;
  problem.textContent = prompt.problem === null ? '' : `⚠ ${showInvisible(prompt.problem)}`;
  showCases(prompt);
  form.show(prompt.fields, prompt.case);
  startOver.hidden = prompt.turns === 0;
  messages.replaceChildren(
    ...prompt.messages.map(({ role, content }) =>
      element(
        'div',
        { class: 'message' },
        element('h3', {}, role),
        element('div', { class: 'content' }, showInvisible(content)),
      ),
    ),
  );
}

function showCases({ cases: ids, caseNames, case: chosen }: PromptView): void {
  const wanted = ['None (defaults)', ...caseNames];
  const shown = [...cases.options].map(({ value, text }) => `${value} ${text}`);
  if (shown.join('\n') !== wanted.map((name, i) => `${['', ...ids][i]} ${name}`).join('\n')) {
    const options = wanted.map((name, i) =>
      element('option', { value: ['', ...ids][i] ?? '' }, name),
    );
    cases.replaceChildren(...options);
  }
  cases.value = chosen ?? '';
  caseLabel.hidden = ids.length === 0;
}

function showPhases(): void {
  const isBusy = phases.some((phase) => phase === 'waiting' || phase === 'streaming');
  const hadFocus = document.activeElement === run || document.activeElement === stop;
  run.hidden = isBusy;
  stop.hidden = !isBusy;
  if (hadFocus) (isBusy ? stop : run).focus();
  none.hidden = columns.length > 0;
  reply.hidden = columns.length !== 1 || phases[0] !== 'done';
}

function sendReply(): void {
  port.send({ kind: 'reply', text: replyText.value });
  replyText.value = '';
}

function button(text: string, message: FromPlayground, kind = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind }, text);
  made.addEventListener('click', () => port.send(message));
  return made;
}
