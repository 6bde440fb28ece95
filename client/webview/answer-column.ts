import { showInvisible } from '#core/printing/show-invisible.ts';
import type { AnswerView, CheckView, FromPlayground } from '../playground/messages.ts';
import { AnswerText } from './answer-text.ts';
import { element } from './element.ts';
import { createJsonTree } from './json-tree.ts';
import { PHASES } from './phases.ts';

/** Longer answers are not shown as a tree, in UTF-16 units. */
const MAX_TREE = 2_000_000;

/** One answer: its text as it comes, then its figures and what can be done with it. */
export class AnswerColumn {
  readonly element = element('section', { class: 'answer' });
  readonly #send: (message: FromPlayground) => void;
  readonly #index: number;
  readonly #phase = element('span', { class: 'phase' });
  readonly #notes = element('ul', { class: 'notes' });
  readonly #error = element('p', { class: 'error' });
  readonly #remedy = element('p', { class: 'remedy' });
  readonly #text: AnswerText;
  readonly #tree = element('div', { class: 'tree' });
  readonly #verdict = element('p', { class: 'verdict' });
  readonly #figures = element('table', { class: 'figures' });
  readonly #checks = element('ul', { class: 'checks' });
  readonly #actions = element('div', { class: 'actions' });
  #whole = '';

  constructor(
    send: (message: FromPlayground) => void,
    index: number,
    { view, text }: { readonly view: AnswerView; readonly text: string },
  ) {
    this.#send = send;
    this.#index = index;
    this.#text = new AnswerText(view.title);
    this.element.append(
      element('div', { class: 'title' }, element('h2', {}, view.title), this.#phase),
      ...[this.#error, this.#remedy, this.#notes, this.#verdict, this.#tree, this.#text.element],
      ...[this.#checks, this.#figures, this.#actions],
    );
    this.append(text);
    this.show(view);
  }

  append(text: string): void {
    this.#whole += text;
    this.#text.append(text);
  }

  clear(): void {
    this.#whole = '';
    this.#text.clear();
  }

  show(view: AnswerView): void {
    const { phase, notes, error, remedy, figures, checks } = view;
    if (phase !== 'waiting' && phase !== 'streaming') this.#text.end();
    this.#phase.textContent = PHASES[phase];
    this.element.dataset.phase = phase;
    this.element.setAttribute('aria-busy', String(phase === 'waiting' || phase === 'streaming'));
    this.#error.textContent = error === null ? '' : `✗ ${showInvisible(error)}`;
    this.#remedy.textContent = remedy ?? '';
    this.#notes.replaceChildren(...notes.map((note) => element('li', {}, showInvisible(note))));
    this.#figures.replaceChildren(
      element(
        'tbody',
        {},
        ...figures.map(([name, figure]) =>
          element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, figure)),
        ),
      ),
    );
    this.#checks.replaceChildren(...checks.map((check) => this.#check(check)));
    this.#showTree(view);
    this.#showActions(view);
  }

  #showTree({ json }: AnswerView): void {
    this.#verdict.textContent =
      json === null ? '' : `${json.ok ? '✓' : '✗'} ${showInvisible(json.verdict)}`;
    this.#verdict.dataset.ok = String(json?.ok);
    this.#tree.replaceChildren();
    if (json === null || this.#whole.length > MAX_TREE) return;
    try {
      this.#tree.append(createJsonTree(JSON.parse(this.#whole)));
    } catch {
      // The verdict reports it.
    }
  }

  #check({ name, passed, detail, expected, actual }: CheckView): HTMLElement {
    const [mark, said] =
      passed === null ? ['–', 'not measured'] : passed ? ['✓', 'passed'] : ['✗', 'failed'];
    const more = [
      ...(expected === undefined ? [] : [`expected: ${expected}`]),
      ...(actual === undefined ? [] : [`actual: ${actual}`]),
    ];
    return element(
      'li',
      { 'data-passed': String(passed) },
      element('strong', {}, `${mark} ${showInvisible(name)}: ${said}`),
      ` ${showInvisible(detail)}`,
      ...more.map((line) => element('div', { class: 'quiet' }, showInvisible(line))),
    );
  }

  #showActions({ phase, needsKey = false }: AnswerView): void {
    const isOver = phase === 'done' || phase === 'stopped' || phase === 'failed';
    const isDone = phase === 'done';
    const actions = [
      { text: 'Set API Key…', type: 'key', isOffered: needsKey },
      { text: 'Save as Golden Case…', type: 'save', isOffered: isDone },
      { text: 'Run Checks', type: 'check', isOffered: isDone },
      { text: 'Show Differences', type: 'diff', isOffered: isOver && this.#index > 0 },
      { text: 'Open as Text', type: 'open', isOffered: isOver },
    ] as const;
    const focused = document.activeElement?.getAttribute('data-action');
    const isHere = this.#actions.contains(document.activeElement);
    this.#actions.replaceChildren(
      ...actions.flatMap(({ text, type, isOffered }) => {
        if (!isOffered) return [];
        const made = element('button', { type: 'button', 'data-action': type }, text);
        made.addEventListener('click', () => this.#send({ kind: type, index: this.#index }));
        return made;
      }),
    );
    if (isHere && focused)
      this.#actions.querySelector<HTMLElement>(`[data-action="${focused}"]`)?.focus();
  }
}
