import { formatDollars } from '#core/models/figures.ts';
import type { CaseColumn, ResultRow, ResultsChoice } from '../results/messages.ts';
import { describeRepeats, formatChange, formatOutcome } from './case-texts.ts';
import { fitColumns, WIDTHS } from './column-widths.ts';
import { element } from './element.ts';
import { computeChange } from './result-rows.ts';

/** The height of a line in px, as in results.css. */
const LINE = 26;
/** Lines drawn beyond the visible ones. */
const SPARE = 12;

const HEADINGS: Readonly<Record<CaseColumn, string>> = {
  result: 'Result',
  case: 'Case',
  model: 'Model',
  score: 'Score',
  repeats: 'Passed',
  baseline: 'Baseline',
  change: 'Change',
  latency: 'Latency',
  cost: 'Cost',
  tags: 'Tags',
};

/** Receives the actions of the table's user. */
export interface TableListener {
  sort(column: CaseColumn): void;
  open(row: ResultRow): void;
}

/** The cases as a virtual table: only visible lines exist, so that 10,000 scroll like ten. */
export class CaseTable {
  readonly element: HTMLElement;
  readonly #listener: TableListener;
  readonly #scroller: HTMLElement;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  #columns: readonly CaseColumn[] = [];
  /** Those of which the page has room for some. */
  #wanted: readonly CaseColumn[] = [];
  #choice: ResultsChoice | undefined;
  #rows: readonly ResultRow[] = [];
  #active = 0;
  #frame = 0;

  constructor(listener: TableListener) {
    this.#listener = listener;
    this.#head = element('div', { role: 'row', class: 'head' });
    this.#body = element('div', { role: 'rowgroup', class: 'body' });
    this.#scroller = element(
      'div',
      { role: 'grid', class: 'grid', tabindex: '0', 'aria-label': 'Cases' },
      element('div', { role: 'rowgroup', class: 'headgroup' }, this.#head),
      this.#body,
    );
    this.element = this.#scroller;
    this.#scroller.addEventListener('scroll', () => this.#drawSoon());
    this.#scroller.addEventListener('keydown', (event) => this.#press(event));
    new ResizeObserver(() => this.#fit()).observe(this.#scroller);
  }

  /** Shows these lines; the chosen order is marked in the head. */
  show(rows: readonly ResultRow[], columns: readonly CaseColumn[], choice: ResultsChoice): void {
    this.#rows = rows;
    this.#wanted = columns;
    this.#choice = choice;
    this.#active = Math.min(this.#active, Math.max(0, rows.length - 1));
    this.#body.style.height = `${rows.length * LINE}px`;
    this.#scroller.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#showHead(this.#chooseColumns(), choice);
    this.#draw();
  }

  /** After a change of the width. */
  #fit(): void {
    const columns = this.#chooseColumns();
    if (this.#choice && columns.join() !== this.#columns.join())
      this.#showHead(columns, this.#choice);
    this.#drawSoon();
  }

  /** The columns for which the page has room: those that a case shows when it is opened are left out first. */
  #chooseColumns(): readonly CaseColumn[] {
    const em = Number.parseFloat(getComputedStyle(this.#scroller).fontSize) || 13;
    return fitColumns(this.#wanted, this.#scroller.clientWidth / em);
  }

  #showHead(columns: readonly CaseColumn[], choice: ResultsChoice): void {
    this.#columns = columns;
    this.#head.replaceChildren(...columns.map((column) => this.#headCell(column, choice)));
    this.#scroller.dataset.columns = columns.join(' ');
    const width = columns.reduce((sum, column) => sum + WIDTHS[column], 0);
    this.#scroller.style.setProperty('--row-width', `${width}em`);
  }

  #headCell(column: CaseColumn, { sort, descending }: ResultsChoice): HTMLElement {
    const isSorted = sort === column;
    const button = element(
      'button',
      { type: 'button', class: 'link' },
      HEADINGS[column],
      isSorted ? (descending ? ' ▼' : ' ▲') : '',
    );
    button.addEventListener('click', () => this.#listener.sort(column));
    const cell = element(
      'div',
      {
        role: 'columnheader',
        class: `cell ${column}`,
        'aria-sort': isSorted ? (descending ? 'descending' : 'ascending') : 'none',
      },
      button,
    );
    cell.style.width = `${WIDTHS[column]}em`;
    return cell;
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / LINE) - SPARE);
    const last = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / LINE) + SPARE);
    const lines = this.#rows.slice(first, last).map((row, i) => this.#line(row, first + i));
    this.#body.replaceChildren(...lines);
    if (this.#rows.length > 0)
      this.#scroller.setAttribute('aria-activedescendant', `row-${this.#active}`);
  }

  #line(row: ResultRow, index: number): HTMLElement {
    const line = element(
      'div',
      {
        role: 'row',
        id: `row-${index}`,
        class: `line ${row.outcome}`,
        'aria-rowindex': String(index + 2),
        'aria-selected': String(index === this.#active),
      },
      ...this.#columns.map((column) => {
        const text = this.#text(row, column);
        const isCut = column === 'case' || column === 'model' || column === 'tags';
        const more = isCut && text !== '' ? { title: text } : {};
        const cell = element('div', { role: 'gridcell', class: `cell ${column}`, ...more }, text);
        cell.style.width = `${WIDTHS[column]}em`;
        return cell;
      }),
    );
    line.style.top = `${index * LINE}px`;
    line.addEventListener('click', () => {
      this.#active = index;
      this.#draw();
      this.#listener.open(row);
    });
    return line;
  }

  #text(row: ResultRow, column: CaseColumn): string {
    switch (column) {
      case 'result':
        return formatOutcome(row.outcome);
      case 'case':
        return row.name;
      case 'model':
        return row.model ?? '';
      case 'score':
        return row.score === null ? '' : row.score.toFixed(2);
      case 'repeats':
        return describeRepeats(row);
      case 'baseline':
        return row.base
          ? `${formatOutcome(row.base.outcome)} ${row.base.passed}/${row.base.repeats}`
          : '';
      case 'change':
        return formatChange(computeChange(row));
      case 'latency':
        return row.latencyMs === null ? '' : `${Math.round(row.latencyMs)} ms`;
      case 'cost':
        return row.cost === null ? '?' : formatDollars(row.cost);
      case 'tags':
        return [row.group ?? '', ...row.tags].filter((text) => text !== '').join(', ');
      default:
        return column satisfies never;
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#scroller) return;
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / LINE) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: this.#rows.length - 1,
    };
    const row = this.#rows[this.#active];
    if ((event.key === 'Enter' || event.key === ' ') && row) this.#listener.open(row);
    else if (!(event.key in steps)) return;
    event.preventDefault();
    const to = steps[event.key];
    if (to === undefined) return;
    this.#active = Math.max(0, Math.min(this.#rows.length - 1, to));
    this.#reveal();
    this.#draw();
  }

  #reveal(): void {
    const top = this.#active * LINE;
    const { scrollTop, clientHeight } = this.#scroller;
    const head = this.#head.offsetHeight;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + LINE > scrollTop + clientHeight - head)
      this.#scroller.scrollTop = top + LINE - clientHeight + head;
  }
}
