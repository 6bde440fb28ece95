import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { describeSessionCost } from './answer-texts.ts';

/** The cost of model calls since the window was opened, in the status bar after the first call. */
export class SessionCost implements Disposable {
  #item: StatusBarItem | undefined;
  #calls = 0;
  #unknown = 0;
  /** USD */
  #sum = 0;

  /** Counts a call; `cost` in USD, null = unknown. */
  add(cost: number | null): void {
    this.#calls++;
    if (cost === null) this.#unknown++;
    else this.#sum += cost;
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
