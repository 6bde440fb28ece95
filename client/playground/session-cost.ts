import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import { dollars } from '#core/models/figures.ts';

/** What calls of models cost since the window was opened, in the status bar once there is one. */
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
    this.#item.text = `$(credit-card) ${dollars(this.#sum)}${this.#unknown > 0 ? ' + ?' : ''}`;
    const total = `Promptsmith spent ${dollars(this.#sum)} in ${this.#calls} calls since this window was opened.`;
    const rest = this.#unknown > 0 ? ` The cost of ${this.#unknown} of them is unknown.` : '';
    this.#item.tooltip = total + rest;
    this.#item.accessibilityInformation = { label: total + rest };
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
  }
}
