import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { EventCost } from '#core/eval/report/event-cost.ts';
import { describeSessionCost } from './playground/answer-texts.ts';

/** The cost of model calls since the window was opened, in the status bar after the first call. */
export class SessionCost implements Disposable {
  #item: StatusBarItem | undefined;
  #calls = 0;
  #unknown = 0;
  /** USD */
  #sum = 0;

  /** Counts calls. */
  add({ calls, usd, unknown }: EventCost): void {
    if (calls === 0) return;
    this.#calls += calls;
    this.#unknown += unknown;
    this.#sum += usd;
    this.#item ??= window.createStatusBarItem('promptsmith.spent', StatusBarAlignment.Right, 100);
    this.#item.name = 'Promptsmith: Session Cost';
    const { text, tooltip } = describeSessionCost({
      calls: this.#calls,
      unknown: this.#unknown,
      cost: this.#sum,
    });
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: tooltip };
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
  }
}
