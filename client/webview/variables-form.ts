import type { Field } from '../playground/messages.ts';
import { element } from './element.ts';

type Input = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

/** The form of the variables. The field that the user types in is never overwritten. */
export class VariablesForm {
  readonly element = element('div', { class: 'form' });
  readonly #typed: (name: string, value: string) => void;
  #shape = '';
  readonly #inputs = new Map<string, { input: Input; problem: HTMLElement }>();

  constructor(typed: (name: string, value: string) => void) {
    this.#typed = typed;
  }

  show(fields: readonly Field[], shownCase: string | null): void {
    const shape = JSON.stringify([
      shownCase,
      fields.map(({ value: _, problem: __, ...rest }) => rest),
    ]);
    if (shape !== this.#shape) this.#build(fields);
    this.#shape = shape;
    for (const { name, value, problem } of fields) {
      const known = this.#inputs.get(name);
      if (!known) continue;
      const { input } = known;
      if (input.value !== value && document.activeElement !== input) input.value = value;
      known.problem.textContent = problem === null ? '' : `⚠ ${problem}`;
      input.setAttribute('aria-invalid', String(problem !== null));
    }
  }

  #build(fields: readonly Field[]): void {
    const focused = document.activeElement?.id;
    this.#inputs.clear();
    const rows = fields.map((field) => this.#row(field));
    this.element.replaceChildren(
      ...(rows.length > 0
        ? rows
        : [element('p', { class: 'quiet' }, 'This prompt has no variables.')]),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  #row(field: Field): HTMLElement {
    const { name, type, description, required } = field;
    const id = `value-${name}`;
    const input = createInput(field, { id, 'aria-describedby': `${id}-about ${id}-problem` });
    input.addEventListener('input', () => this.#typed(name, input.value));
    const problem = element('span', { id: `${id}-problem`, class: 'problem' });
    this.#inputs.set(name, { input, problem });
    const about = [type, required ? 'required' : '', description].filter(Boolean);
    return element(
      'div',
      { class: 'field' },
      element('label', { for: id }, name),
      element('span', { id: `${id}-about`, class: 'quiet' }, about.join(' · ')),
      input,
      problem,
    );
  }
}

function createInput({ type, options, value }: Field, attributes: Record<string, string>): Input {
  if (options.length > 0) {
    const all = options.includes(value) ? options : [value, ...options];
    const select = element('select', attributes, ...all.map((one) => element('option', {}, one)));
    select.value = value;
    return select;
  }
  if (type === 'number' || type === 'integer') {
    const input = element('input', { ...attributes, type: 'text', inputmode: 'decimal' });
    input.value = value;
    return input;
  }
  const area = element('textarea', { ...attributes, rows: '1', spellcheck: 'false' });
  area.value = value;
  return area;
}
