import { Disposable, type Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { History } from './history.ts';
import type { PlaygroundState } from './messages.ts';
import { PlaygroundPanel } from './panel.ts';
import {
  PLAYGROUND_TYPE,
  type PlaygroundContext,
  type PlaygroundRequest,
  type PlaygroundServices,
} from './playground-context.ts';

/** Playgrounds: one panel per prompt, beside its editor. */
export class Playground implements PlaygroundContext, Disposable {
  readonly services: PlaygroundServices;
  readonly knowledge = new PromptKnowledge(today());
  readonly history: History;
  readonly #panels = new Map<string, PlaygroundPanel>();
  readonly #parts: Disposable;

  constructor(services: PlaygroundServices) {
    this.services = services;
    this.history = new History(services.storage);
    this.#parts = Disposable.from(
      workspace.onDidChangeTextDocument(({ document }) =>
        this.#panels.get(document.uri.toString())?.changed(),
      ),
    );
  }

  /** Opens the playground of a prompt, or brings it to the front. */
  async show(uri: Uri, opening: PlaygroundRequest = {}): Promise<void> {
    const known = this.#panels.get(uri.toString());
    const panel =
      known ??
      this.#fill(
        uri,
        window.createWebviewPanel(
          PLAYGROUND_TYPE,
          'Playground',
          { viewColumn: ViewColumn.Beside, preserveFocus: true },
          { enableFindWidget: true },
        ),
      );
    if (known) known.reveal();
    await panel.begin(opening);
  }

  /** Fills a panel that was open when the window was closed. */
  async restore(panel: WebviewPanel, uri: Uri, state: PlaygroundState): Promise<void> {
    await this.#fill(uri, panel).restore(state);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
    this.#parts.dispose();
  }

  #fill(uri: Uri, webview: WebviewPanel): PlaygroundPanel {
    const panel = new PlaygroundPanel(this, uri, webview);
    this.#panels.set(uri.toString(), panel);
    webview.onDidDispose(() => this.#panels.delete(uri.toString()));
    return panel;
  }
}
