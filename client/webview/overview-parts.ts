import type { FromResults } from '../results/messages.ts';
import { element } from './element.ts';

/** What the overview asks of the page. */
export interface OverviewListener {
  send(message: FromResults): void;
  /** Shows only these cases in the table. */
  filter(show: 'not-passed' | 'unanswered'): void;
}

/** A part of the page under a heading. */
export function section(title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...children);
}

/** A plot with its caption. */
export function createFigure(caption: string, plot: SVGElement): HTMLElement {
  return element('figure', {}, element('figcaption', { class: 'quiet' }, caption), plot);
}
